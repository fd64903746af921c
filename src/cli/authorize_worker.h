// AuthorizeWorker: answers lines of `authorize`, in one thread.
//
// What an answer says depends on its line alone, never on the lines before it, so any
// number of workers may share a file. A worker keeps what lines repeat (texts, compiled
// policies) and starts afresh once that is much.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "cli/authorize.h"
#include "read/json/parse.h"

namespace sallyport::cli {

constexpr std::size_t authorize_line_limit = std::size_t{64} << 20;  // bytes

// What some lines gave.
struct AuthorizeAnswers {
  struct Message {
    std::string text;
    bool diagnostic = false;  // only so many are told; errors are told all
  };
  std::string out;  // a line for each line in that is not blank
  std::vector<Message> messages;
  std::size_t diagnostics = 0;  // that there were, also those that were not kept
  AuthorizeCounts counts;
  void clear();
};

class AuthorizeWorker {
 public:
  // `path` stands before messages.
  explicit AuthorizeWorker(std::string path);
  ~AuthorizeWorker();
  AuthorizeWorker(AuthorizeWorker&&) noexcept;
  AuthorizeWorker& operator=(AuthorizeWorker&&) noexcept;

  // Answers `lines`, of which the first has that number (1-based). Adds to `answers`.
  void answer(std::string_view lines, std::size_t number, AuthorizeAnswers& answers);

 private:
  struct Memory;  // from one fresh start to the next
  struct Line;
  void answer_line(const Line& line, AuthorizeAnswers& answers);
  void broken(const Line& line, AuthorizeAnswers& answers);
  void decide(const Line& line, const read::json::Tree& tree, AuthorizeAnswers& answers);
  void refuse(const Line& line, std::string_view id, const Error& error, AuthorizeAnswers& answers) const;

  std::string path_;
  read::json::Parser parser_;
  Diagnostics diagnostics_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace sallyport::cli
