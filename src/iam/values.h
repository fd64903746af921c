// Values of condition keys by type: decimal numbers, moments, binary.
//
// Each reader answers nullopt for a text that is not surely of the type, so that
// the comparison becomes `unknown` instead of a guess.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sallyport::iam {

// A decimal number of any length, compared exactly: no double rounds an account id
// or a byte count. Views into the text it was read from.
struct Decimal {
  bool negative = false;
  std::string_view whole;     // without leading zeros
  std::string_view fraction;  // without trailing zeros
};
std::strong_ordering compare(const Decimal& a, const Decimal& b);
// "10", "-3.50". Not: exponents, blanks, other bases.
std::optional<Decimal> parse_decimal(std::string_view text);

// A moment, to the nanosecond, UTC.
struct Moment {
  std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  std::uint32_t nanoseconds = 0;
  friend auto operator<=>(const Moment&, const Moment&) = default;
};
// ISO 8601 as W3C profiles it ("2026-01-31", "2026-01-31T12:00Z",
// "2026-01-31T12:00:00.5+01:00") or seconds since 1970. Not: a time without zone, or
// four digits, which may be a year or an epoch.
std::optional<Moment> parse_moment(std::string_view text);

// Base 64 with padding.
std::optional<std::string> parse_base64(std::string_view text);

// "true", "false", in any case.
std::optional<bool> parse_boolean(std::string_view text);

}  // namespace sallyport::iam
