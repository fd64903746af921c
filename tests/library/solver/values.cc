// Numbers and dates of policies, as exact texts for the solver.
#include <array>
#include <cctype>

#include "library/solver/keys.h"

namespace sallyport::solver {

namespace {

// Reads exactly `count` digits at `at`.
std::optional<int> digits(const std::string& text, std::size_t& at, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i, ++at) {
    if (at >= text.size() || !std::isdigit(static_cast<unsigned char>(text[at]))) return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

bool skip(const std::string& text, std::size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

// Days since 1970, counted year by year and month by month.
long long days(int year, int month, int day) {
  const auto leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  long long count = 0;
  for (int y = 1970; y < year; ++y) count += leap(y) ? 366 : 365;
  for (int y = year; y < 1970; ++y) count -= leap(y) ? 366 : 365;
  constexpr std::array<int, 12> months = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (int m = 1; m < month; ++m) count += months[static_cast<std::size_t>(m - 1)] + (m == 2 && leap(year) ? 1 : 0);
  return count + day - 1;
}

}  // namespace

std::optional<long long> read_date(const std::string& text) {
  if (!text.empty() && text.size() < 16 && text.find_first_not_of("0123456789") == std::string::npos) {
    return std::stoll(text);
  }
  std::size_t at = 0;
  const auto year = digits(text, at, 4);
  if (!year || !skip(text, at, '-')) return std::nullopt;
  const auto month = digits(text, at, 2);
  if (!month || *month < 1 || *month > 12 || !skip(text, at, '-')) return std::nullopt;
  const auto day = digits(text, at, 2);
  if (!day || *day < 1 || *day > 31) return std::nullopt;
  const long long midnight = days(*year, *month, *day) * 86'400;
  if (at == text.size()) return midnight;
  if (!skip(text, at, 'T')) return std::nullopt;
  const auto hour = digits(text, at, 2);
  if (!hour || !skip(text, at, ':')) return std::nullopt;
  const auto minute = digits(text, at, 2);
  if (!minute) return std::nullopt;
  int second = 0;
  if (skip(text, at, ':')) {
    const auto read = digits(text, at, 2);
    if (!read) return std::nullopt;
    second = *read;
  }
  const long long local = midnight + *hour * 3'600LL + *minute * 60LL + second;
  if (skip(text, at, 'Z')) return at == text.size() ? std::optional(local) : std::nullopt;
  if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return std::nullopt;
  const int sign = text[at++] == '+' ? 1 : -1;
  const auto east = digits(text, at, 2);
  if (!east) return std::nullopt;
  skip(text, at, ':');
  const auto east_minutes = digits(text, at, 2);
  if (!east_minutes || at != text.size()) return std::nullopt;
  return local - sign * (*east * 3'600LL + *east_minutes * 60LL);
}

std::optional<std::string> read_number(const std::string& text) {
  std::size_t at = 0;
  std::string whole;
  if (skip(text, at, '-')) {
    whole = "-";
  } else {
    skip(text, at, '+');
  }
  std::size_t count = 0;
  int shift = 0;
  for (bool fraction = false; at < text.size(); ++at) {
    if (text[at] == '.' && !fraction) {
      fraction = true;
    } else if (std::isdigit(static_cast<unsigned char>(text[at]))) {
      whole += text[at];
      ++count;
      shift -= fraction ? 1 : 0;
    } else {
      break;
    }
  }
  if (count == 0 || count > 30) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    const int sign = skip(text, at, '-') ? -1 : (skip(text, at, '+'), 1);
    if (at >= text.size() || text.size() - at > 2) return std::nullopt;
    const std::size_t begin = at;
    const auto exponent = digits(text, at, static_cast<int>(text.size() - begin));
    if (!exponent) return std::nullopt;
    shift += sign * *exponent;
  }
  if (at != text.size()) return std::nullopt;
  if (shift >= 0) return whole + std::string(static_cast<std::size_t>(shift), '0');
  return whole + "/1" + std::string(static_cast<std::size_t>(-shift), '0');
}

}  // namespace sallyport::solver
