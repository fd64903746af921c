// Style: colours of a terminal, or none. Decided by the command line; everything
// here only obeys.
#pragma once

#include <string>
#include <string_view>

#include "net/answer.h"

namespace sallyport::show {

enum class Ink { plain, bold, dim, red, green, yellow, blue };

struct Style {
  bool color = false;

  // The text between the codes of `ink`; unchanged without colour.
  std::string paint(Ink ink, std::string_view text) const;
};

Ink ink(net::Verdict verdict);  // private green, public red, blocked blue, unknown yellow

}  // namespace sallyport::show
