#include "show/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "show/text.h"

namespace sallyport::show {
namespace {

const char* word(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "error";
}

Ink ink(Severity severity) {
  switch (severity) {
    case Severity::note: return Ink::dim;
    case Severity::warning: return Ink::yellow;
    case Severity::error: return Ink::red;
  }
  return Ink::red;
}

std::string with_place(Places& places, Origin origin) {
  return origin ? clean(places.show(origin)) + ": " : std::string();
}

}  // namespace

void diagnostics_member(JsonWriter& json, Places& places, const Diagnostics& diagnostics) {
  json.member_array("diagnostics", [&] {
    for (const Diagnostic& d : diagnostics) {
      json.object([&] {
        json.member("severity", word(d.severity));
        json.member("code", d.code);
        json.member("message", d.message);
        json.member_if("origin", places.show(d.origin));
      });
    }
  });
}

void print_diagnostics(std::string& out, Places& places, const Style& style, const Diagnostics& diagnostics, bool notes,
                       std::size_t most) {
  std::vector<const Diagnostic*> shown;
  for (const Diagnostic& d : diagnostics) {
    if (notes || d.severity != Severity::note) shown.push_back(&d);
  }
  std::stable_sort(shown.begin(), shown.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return a->severity > b->severity; });
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (most > 0 && i == most) {
      out += fmt::format("and {}; `--verbose` shows all\n", count(shown.size() - most, "more diagnostic"));
      break;
    }
    const Diagnostic& d = *shown[i];
    out += fmt::format("{}: {}{}", style.paint(ink(d.severity), word(d.severity)), with_place(places, d.origin),
                       clean(d.message));
    if (!d.code.empty()) out += style.paint(Ink::dim, fmt::format(" [{}]", d.code));
    out += '\n';
  }
}

void print_error(std::string& out, Places& places, const Style& style, const Error& error) {
  out +=
      fmt::format("{}: {}{}\n", style.paint(Ink::red, "error"), with_place(places, error.origin), clean(error.message));
  if (!error.hint.empty()) out += fmt::format("hint: {}\n", clean(error.hint));
}

}  // namespace sallyport::show
