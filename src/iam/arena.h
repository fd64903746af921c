// TextArena: texts that a compiled policy made itself, with addresses that stay.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace sallyport::iam {

class TextArena {
 public:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

 private:
  std::deque<std::string> texts_;
};

}  // namespace sallyport::iam
