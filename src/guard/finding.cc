#include "guard/finding.h"

#include <fmt/format.h>

namespace sallyport::guard {

const char* name(Level level) {
  switch (level) {
    case Level::low: return "low";
    case Level::medium: return "medium";
    case Level::high: return "high";
    case Level::critical: return "critical";
  }
  return "low";
}

std::optional<Level> parse_level(std::string_view text) {
  for (const Level level : {Level::low, Level::medium, Level::high, Level::critical}) {
    if (text == name(level)) return level;
  }
  return std::nullopt;
}

const char* name(Outcome outcome) {
  switch (outcome) {
    case Outcome::holds: return "holds";
    case Outcome::violated: return "violated";
    case Outcome::unknown: return "unknown";
  }
  return "unknown";
}

std::string fingerprint(std::string_view control, std::string_view cause, Kind kind, std::string_view scope,
                        std::string_view object, std::string_view about) {
  // FNV-1a, 64 bits: short, stable over releases and machines; not for secrets.
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto mix = [&](std::string_view part) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    hash = (hash ^ 0xFFu) * 0x100000001b3;  // a separator that no text contains
  };
  for (const std::string_view part : {control, cause, std::string_view(sallyport::name(kind)), scope, object, about}) {
    mix(part);
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace sallyport::guard
