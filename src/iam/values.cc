#include "iam/values.h"

#include <algorithm>

#include "base/wildcard.h"

namespace sallyport::iam {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool digits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), digit); }

// Reads fixed-width fields off a text; `ok` turns false at the first misfit.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}
  bool ok = true;

  int number(std::size_t width) {
    if (rest_.size() < width || !digits(rest_.substr(0, width))) return ok = false, 0;
    int n = 0;
    for (const char c : rest_.substr(0, width)) n = n * 10 + (c - '0');
    rest_.remove_prefix(width);
    return n;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) { ok = ok && take(c); }
  // Digits after the point, as nanoseconds; finer ones are cut off.
  std::uint32_t fraction() {
    std::uint32_t n = 0;
    std::uint32_t scale = 100'000'000;
    if (rest_.empty() || !digit(rest_.front())) ok = false;
    for (; !rest_.empty() && digit(rest_.front()); rest_.remove_prefix(1), scale /= 10) {
      n += static_cast<std::uint32_t>(rest_.front() - '0') * scale;
    }
    return n;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant's
// days_from_civil).
std::int64_t days(int year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t of_era = y - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int days_in(int year, int month) {
  constexpr int table[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : table[month - 1];
}

std::optional<Moment> epoch(std::string_view text) {
  if (text.size() == 4 || text.size() > 12) return std::nullopt;  // a year?, or milliseconds
  Moment m;
  for (const char c : text) m.seconds = m.seconds * 10 + (c - '0');
  return m;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal d;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    d.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  d.whole = text.substr(0, point);
  if (!digits(d.whole)) return std::nullopt;
  if (point != std::string_view::npos) {
    d.fraction = text.substr(point + 1);
    if (!digits(d.fraction)) return std::nullopt;
  }
  while (!d.whole.empty() && d.whole.front() == '0') d.whole.remove_prefix(1);
  while (!d.fraction.empty() && d.fraction.back() == '0') d.fraction.remove_suffix(1);
  if (d.whole.empty() && d.fraction.empty()) d.negative = false;
  return d;
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  std::strong_ordering order = a.whole.size() <=> b.whole.size();
  if (order == 0) order = a.whole <=> b.whole;
  if (order == 0) order = a.fraction <=> b.fraction;
  return a.negative ? 0 <=> order : order;
}

std::optional<Moment> parse_moment(std::string_view text) {
  if (digits(text)) return epoch(text);
  Fields f(text);
  int year = f.number(4);
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int zone = 0;  // minutes east
  Moment m;
  f.expect('-');
  month = f.number(2);
  if (f.take('-')) {
    day = f.number(2);
    if (f.take('T')) {
      hour = f.number(2);
      f.expect(':');
      minute = f.number(2);
      if (f.take(':')) {
        second = f.number(2);
        if (f.take('.')) m.nanoseconds = f.fraction();
      }
      if (!f.take('Z')) {
        const bool east = f.take('+');
        if (!east) f.expect('-');
        const int h = f.number(2);
        f.expect(':');
        const int min = f.number(2);
        zone = (h * 60 + min) * (east ? 1 : -1);
      }
    }
  }
  if (!f.ok || !f.done() || month < 1 || month > 12 || day < 1 || day > days_in(year, month) || hour > 23 ||
      minute > 59 || second > 59) {
    return std::nullopt;
  }
  m.seconds = days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - zone * 60;
  return m;
}

std::optional<std::string> parse_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  std::size_t pads = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z') {
      value = static_cast<std::uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      value = static_cast<std::uint32_t>(c - 'a') + 26;
    } else if (digit(c)) {
      value = static_cast<std::uint32_t>(c - '0') + 52;
    } else if (c == '+') {
      value = 62;
    } else if (c == '/') {
      value = 63;
    } else if (c == '=') {
      ++pads;
      continue;
    } else {
      return std::nullopt;
    }
    if (pads > 0) return std::nullopt;
    bits = bits << 6 | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(bits >> held & 0xFF);
    }
  }
  return pads <= 2 ? std::optional(bytes) : std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
  // As nearly everybody writes it.
  if (text == "true") return true;
  if (text == "false") return false;
  if (equals_ignoring_case(text, "true")) return true;
  if (equals_ignoring_case(text, "false")) return false;
  return std::nullopt;
}

}  // namespace sallyport::iam
