#include "iam/arn_pattern.h"

#include <algorithm>
#include <string>

#include "base/wildcard.h"
#include "iam/glob.h"

namespace sallyport::iam {
namespace {

// An ARN, or the pattern of one, with its service written small: services compare without
// case. (Bytes of wildcards are no letters.)
void make_service_small(std::string& arn) {
  int colons = 0;
  for (char& c : arn) {
    if (c == ':' && ++colons == 3) return;
    if (colons == 2 && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
}

// The two readings of an encoded resource pattern, and where they differ.
struct Readings {
  std::string strict;
  std::string loose;
  bool reaches = false;
};

Readings readings(std::string_view encoded) {
  Readings r{std::string(encoded), std::string(encoded), false};
  int colons = 0;
  for (std::size_t i = 0; i + 1 < encoded.size() && colons < 5; ++i) {
    const char c = encoded[i];
    if (c == ':') {
      ++colons;
    } else if (c == glob::any_char) {
      r.strict[i] = r.loose[i] = glob::char_in_segment;
    } else if (c == glob::any_run) {
      r.strict[i] = glob::run_in_segment;
      if (encoded[i + 1] == ':') {
        r.reaches = true;
      } else {
        r.loose[i] = glob::run_in_segment;
      }
    }
  }
  if (!encoded.empty() && colons < 5 && encoded.back() == glob::any_char) {
    r.strict.back() = r.loose.back() = glob::char_in_segment;
  }
  return r;
}

bool part_matches(std::string_view pattern, std::string_view text) {
  if (pattern.size() == 1 && pattern.front() == glob::any_run) return true;
  return glob::matches(pattern, text);
}

// A service's name compares without case: `arn:aws:SQS:...` is the same service.
bool services_match(const Arn& pattern, const Arn& text, ArnReading reading) {
  return part_matches(pattern.service(), text.service()) ||
         (reading == ArnReading::resource && equals_ignoring_case(pattern.service(), text.service()));
}

bool parts_match(const Arn& pattern, const Arn& text, ArnReading reading) {
  if (!services_match(pattern, text, reading)) return false;
  for (const std::size_t i : {4U, 3U, 1U, 5U}) {  // those that tell most apart first
    if (!part_matches(pattern.parts[i], text.parts[i])) return false;
  }
  return true;
}

// Could the pattern match if its literal service fits? Spares the slow look.
bool same_service(const Arn& pattern, const Arn& text) {
  return pattern.count < 4 || glob::has_wildcard(pattern.service()) ||
         equals_ignoring_case(pattern.service(), text.service());
}

// A pattern of fewer parts, that ends with a run.
bool matches_in_any_case(std::string_view strict, const ArnText& text) {
  if (glob::matches_in_segments(strict, text.text)) return true;
  std::string small(strict);
  make_service_small(small);
  if (small == strict && !text.has_capital_service()) return false;
  std::string asked(text.text);
  make_service_small(asked);
  return glob::matches_in_segments(small, asked);
}

struct Encoded {
  const Arn& parts;
  std::string_view strict;
  std::string_view loose;
  bool reaches;
};

Match match_resource(const Encoded& pattern, const ArnText& text, const Rules& rules, const Why& why) {
  const bool whole = pattern.parts.whole();
  if (whole && text.parts().whole()) {
    if (parts_match(pattern.parts, text.parts(), ArnReading::resource)) return Match::yes;
    if (!pattern.reaches || !same_service(pattern.parts, text.parts())) return Match::no;
  } else if (!whole && !pattern.strict.empty() && pattern.strict.back() == glob::any_run &&
             pattern.strict.starts_with("arn:")) {
    if (matches_in_any_case(pattern.strict, text)) return Match::yes;
    if (!pattern.reaches) return Match::no;
  } else {
    return glob::matches_in_segments(pattern.loose, text.text) ? why.unknown(rules.arn_pattern) : Match::no;
  }
  return glob::matches_in_segments(pattern.loose, text.text) ? why.unknown(rules.middle_star) : Match::no;
}

Match match_condition(const Encoded& pattern, const ArnText& text, const Rules& rules, const Why& why) {
  if (pattern.parts.whole() && text.parts().whole()) {
    return match(parts_match(pattern.parts, text.parts(), ArnReading::condition));
  }
  if (pattern.parts.whole()) return Match::no;
  return glob::matches(pattern.loose, text.text) ? why.unknown(rules.arn_pattern) : Match::no;
}

Match match_encoded(const Encoded& pattern, ArnReading reading, const ArnText& text, const Rules& rules,
                    const Why& why) {
  return reading == ArnReading::resource ? match_resource(pattern, text, rules, why)
                                         : match_condition(pattern, text, rules, why);
}

Match match_filled(std::string_view encoded, ArnReading reading, const ArnText& text, bool odd, const Rules& rules,
                   const Why& why) {
  if (glob::too_long(encoded, text.text)) return why.unknown(rules.too_long);
  if (odd) return glob::matches(encoded, text.text) ? why.unknown(rules.arn_pattern) : Match::no;
  const Readings r =
      reading == ArnReading::resource ? readings(encoded) : Readings{std::string(encoded), std::string(encoded), false};
  if (text.symbolic || glob::has_symbol(encoded)) {
    return why.match(glob::matches_symbolic(r.strict, encoded, text.text), rules.symbol);
  }
  const Arn parts = split_arn(encoded);
  return match_encoded({parts, r.strict, r.loose, r.reaches}, reading, text, rules, why);
}

}  // namespace

ArnPattern compile_arn(std::string_view raw, ArnReading reading, bool variables, TextArena& arena) {
  ArnPattern p;
  p.any = !raw.empty() && raw.find_first_not_of('*') == std::string_view::npos;
  p.text = parse_template(raw, Wildcards::anywhere, variables, arena);
  p.symbolic = p.text.symbolic;
  const std::size_t variable = variables ? raw.find("${") : std::string_view::npos;
  // CO-6: only `Resource` elements keep variables to what follows the fifth colon.
  p.odd = p.text.broken || (reading == ArnReading::resource && variable != std::string_view::npos &&
                            std::count(raw.begin(), raw.begin() + static_cast<long>(variable), ':') < 5);
  if (!p.text.pieces.empty()) return p;
  p.parts = split_arn(p.text.fixed);
  p.whole = p.parts.whole();
  p.plain_service = p.whole && !p.symbolic && !glob::has_wildcard(p.parts.service());
  p.odd = p.odd || (reading == ArnReading::resource && p.whole && glob::has_wildcard(p.parts.service()));
  p.strict = p.loose = p.text.fixed;
  // Only wildcards before the last part are read in two ways.
  const std::size_t last = p.parts.count == 6 ? p.parts.resource().size() : 0;
  if (reading == ArnReading::resource && glob::has_wildcard(p.text.fixed.substr(0, p.text.fixed.size() - last))) {
    const Readings r = readings(p.text.fixed);
    p.reaches = r.reaches;
    p.strict = arena.keep(r.strict);
    p.loose = arena.keep(r.loose);
  }
  return p;
}

bool ArnText::has_capital_service() const {
  const std::string_view service = parts().service();
  return std::any_of(service.begin(), service.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Match matches(const ArnPattern& pattern, ArnReading reading, const ArnText& text, const Context& context,
              const Rules& rules, const Why& why) {
  if (pattern.any && reading == ArnReading::resource) return Match::yes;
  if (reading == ArnReading::resource && text.text == "*") return Match::no;
  // Most patterns of a long list are about another service: done in a few instructions.
  if (pattern.plain_service && text.parts().count == 6 && !text.symbolic &&
      pattern.parts.service().size() != text.parts().service().size()) {
    return Match::no;
  }
  if (!pattern.text.pieces.empty()) {
    std::string filled;
    const Filled how = fill(pattern.text, context, rules, why, filled);
    if (how == Filled::null) return Match::no;
    if (how == Filled::text) return match_filled(filled, reading, text, pattern.odd, rules, why);
    if (!glob::too_long(filled, text.text) && !glob::may_match(filled, text.text)) return Match::no;
    return how == Filled::conditional ? Match::conditional : Match::unknown;
  }
  if (pattern.symbolic || text.symbolic || pattern.odd || glob::too_long(pattern.text.fixed, text.text)) {
    return match_filled(pattern.text.fixed, reading, text, pattern.odd, rules, why);
  }
  return match_encoded({pattern.parts, pattern.strict, pattern.loose, pattern.reaches}, reading, text, rules, why);
}

}  // namespace sallyport::iam
