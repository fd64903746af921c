#include "show/style.h"

namespace sallyport::show {
namespace {

const char* code(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::bold: return "\x1b[1m";
    case Ink::dim: return "\x1b[2m";
    case Ink::red: return "\x1b[31m";
    case Ink::green: return "\x1b[32m";
    case Ink::yellow: return "\x1b[33m";
    case Ink::blue: return "\x1b[34m";
  }
  return "";
}

}  // namespace

std::string Style::paint(Ink ink, std::string_view text) const {
  if (!color || ink == Ink::plain || text.empty()) return std::string(text);
  return std::string(code(ink)).append(text).append("\x1b[0m");
}

Ink ink(net::Verdict verdict) {
  switch (verdict) {
    case net::Verdict::private_: return Ink::green;
    case net::Verdict::public_: return Ink::red;
    case net::Verdict::blocked: return Ink::blue;
    case net::Verdict::unknown: return Ink::yellow;
  }
  return Ink::plain;
}

}  // namespace sallyport::show
