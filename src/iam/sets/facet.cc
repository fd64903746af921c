#include "iam/sets/facet.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "base/interval_set.h"
#include "base/ip.h"
#include "iam/values.h"

namespace sallyport::iam::sets {
namespace {

std::string show(const Decimal& d) {
  std::string text = d.negative ? "-" : "";
  text += d.whole.empty() ? "0" : std::string(d.whole);
  if (!d.fraction.empty()) text += "." + std::string(d.fraction);
  return text;
}

bool less(std::string_view a, std::string_view b) { return compare(*parse_decimal(a), *parse_decimal(b)) < 0; }

std::optional<long long> small_integer(const Decimal& d) {
  if (!d.fraction.empty() || d.whole.size() > 17) return std::nullopt;
  long long n = 0;
  for (const char c : d.whole) n = n * 10 + (c - '0');
  return d.negative ? -n : n;
}

// A number on that side of all: one further if it is short, else one of more digits.
std::string beyond(const Decimal& d, int side) {
  if (const auto n = small_integer(d)) return std::to_string(*n + side);
  if (d.negative != (side < 0)) return "0";
  return std::string(side < 0 ? "-" : "") + "1" + (d.whole.empty() ? "0" : std::string(d.whole));
}

std::string between(const Decimal& a, const Decimal& b) {
  if (const auto n = small_integer(a)) {
    const std::string next = std::to_string(*n + 1);
    if (less(next, show(b))) return next;
  }
  if (a.negative && !b.negative && (!b.whole.empty() || !b.fraction.empty())) return "0";
  // A little further from zero than the end that is nearer to it.
  std::string text = show(a.negative ? b : a);
  if (a.negative && text.front() != '-') text = "-" + text;
  if (text.find('.') == std::string::npos) text += '.';
  while (true) {
    const std::string middle = text + "5";
    if (less(show(a), middle) && less(middle, show(b))) return middle;
    text += '0';
  }
}

// Year, month and day of a day number (Howard Hinnant's civil_from_days).
std::array<long long, 3> civil(long long days) {
  days += 719468;
  const long long era = (days >= 0 ? days : days - 146096) / 146097;
  const long long of_era = days - era * 146097;
  const long long year_of = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const long long day_of = of_era - (365 * year_of + year_of / 4 - year_of / 100);
  const long long m = (5 * day_of + 2) / 153;
  const long long month = m < 10 ? m + 3 : m - 9;
  return {year_of + era * 400 + (month <= 2 ? 1 : 0), month, day_of - (153 * m + 2) / 5 + 1};
}

std::string show(const Moment& moment) {
  const long long days = (moment.seconds >= 0 ? moment.seconds : moment.seconds - 86399) / 86400;
  const long long rest = moment.seconds - days * 86400;
  const auto [year, month, day] = civil(days);
  char text[80];
  if (year < 0 || year > 9999) return std::to_string(moment.seconds);
  std::snprintf(text, sizeof text, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld", year, month, day, rest / 3600,
                rest / 60 % 60, rest % 60);
  std::string shown = text;
  if (moment.nanoseconds != 0) {
    std::snprintf(text, sizeof text, ".%09u", moment.nanoseconds);
    shown += text;
  }
  return shown + "Z";
}

Moment after(Moment m, std::int64_t nanoseconds) {
  const std::int64_t sum = m.nanoseconds + nanoseconds;
  m.seconds += sum >= 1'000'000'000 ? 1 : sum < 0 ? -1 : 0;
  m.nanoseconds = static_cast<std::uint32_t>((sum + 1'000'000'000) % 1'000'000'000);
  return m;
}

template <class T>
std::vector<T> sorted(std::span<const Operand* const> operands) {
  std::vector<T> all;
  for (const Operand* operand : operands) {
    if (const T* value = std::get_if<T>(operand)) all.push_back(*value);
  }
  const auto before = [](const T& a, const T& b) {
    if constexpr (std::is_same_v<T, Decimal>) {
      return compare(a, b) < 0;
    } else {
      return a < b;
    }
  };
  std::sort(all.begin(), all.end(), before);
  const auto same = [&](const T& a, const T& b) { return !before(a, b) && !before(b, a); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

std::vector<std::string> numbers(std::span<const Operand* const> operands) {
  const std::vector<Decimal> points = sorted<Decimal>(operands);
  if (points.empty()) return {"0"};
  std::vector<std::string> list{beyond(points.front(), -1)};
  for (std::size_t i = 0; i < points.size(); ++i) {
    list.push_back(show(points[i]));
    list.push_back(i + 1 < points.size() ? between(points[i], points[i + 1]) : beyond(points[i], 1));
  }
  return list;
}

std::vector<std::string> moments(std::span<const Operand* const> operands) {
  const std::vector<Moment> points = sorted<Moment>(operands);
  std::vector<std::string> list;
  const auto add = [&](const Moment& m) {
    std::string text = show(m);
    if (parse_moment(text) == m) list.push_back(std::move(text));
  };
  if (points.empty()) add({});
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Moment& p = points[i];
    if (i == 0) {
      add({p.seconds - 1, p.nanoseconds});
      add(after(p, -1));
    }
    add(p);
    const Moment second{p.seconds + 1, p.nanoseconds};
    const bool room = i + 1 == points.size() || second < points[i + 1];
    const Moment next = room ? second : after(p, 1);
    if (i + 1 == points.size() || next < points[i + 1]) add(next);
  }
  return list;
}

std::vector<std::string> addresses(std::span<const Operand* const> operands) {
  std::vector<std::string> list{"203.0.113.7", "198.51.100.7", "192.0.2.7", "10.0.0.7", "0.0.0.0", "2001:db8::7", "::"};
  for (const Operand* operand : operands) {
    const Prefix* prefix = std::get_if<Prefix>(operand);
    if (prefix == nullptr) continue;
    // A base is often no host's address.
    if (prefix->first() != prefix->last()) list.push_back(to_string(next(prefix->first())));
    list.push_back(to_string(prefix->first()));
    if (prefix->last() != highest(prefix->family())) list.push_back(to_string(next(prefix->last())));
  }
  return list;
}

std::string to_base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view part = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8 | (k < part.size() ? static_cast<unsigned char>(part[k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= part.size() ? digits[bits >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

bool ordered(Comparison comparison, std::strong_ordering order) {
  switch (comparison) {
    case Comparison::numeric_less:
    case Comparison::date_less: return order < 0;
    case Comparison::numeric_less_equals:
    case Comparison::date_less_equals: return order <= 0;
    case Comparison::numeric_greater:
    case Comparison::date_greater: return order > 0;
    case Comparison::numeric_greater_equals:
    case Comparison::date_greater_equals: return order >= 0;
    default: return order == 0;
  }
}

template <class T, class Value, class Test>
std::optional<bool> any_of(const std::optional<Value>& value, std::span<const Operand> operands, Test test) {
  if (!value) return std::nullopt;
  return std::any_of(operands.begin(), operands.end(), [&](const Operand& operand) {
    const T* wanted = std::get_if<T>(&operand);
    return wanted != nullptr && test(*value, *wanted);
  });
}

}  // namespace

Facet facet_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::numeric_equals:
    case Comparison::numeric_less:
    case Comparison::numeric_less_equals:
    case Comparison::numeric_greater:
    case Comparison::numeric_greater_equals: return Facet::numeric;
    case Comparison::date_equals:
    case Comparison::date_less:
    case Comparison::date_less_equals:
    case Comparison::date_greater:
    case Comparison::date_greater_equals: return Facet::date;
    case Comparison::boolean: return Facet::boolean;
    case Comparison::binary_equals: return Facet::binary;
    case Comparison::ip_address: return Facet::address;
    default: return Facet::text;
  }
}

const char* name(Facet facet) {
  constexpr std::array names{"text", "numeric", "date", "boolean", "binary", "address"};
  return names[static_cast<std::size_t>(facet)];
}

std::vector<std::string> samples(Facet facet, std::span<const Operand* const> operands) {
  std::vector<std::string> list;
  switch (facet) {
    case Facet::text: return list;
    case Facet::numeric: list = numbers(operands); break;
    case Facet::date: list = moments(operands); break;
    case Facet::boolean: list = {"true", "false"}; break;
    case Facet::address: list = addresses(operands); break;
    case Facet::binary:
      for (const Operand* operand : operands) {
        if (const auto* bytes = std::get_if<std::string>(operand)) list.push_back(to_base64(*bytes));
      }
      for (std::uint32_t n = 0;; ++n) {  // one that none of them is
        std::string other = to_base64(std::string(1, static_cast<char>(n & 0xFF)) + std::string(n >> 8, 'x'));
        if (std::find(list.begin(), list.end(), other) != list.end()) continue;
        list.push_back(std::move(other));
        break;
      }
      break;
  }
  list.emplace_back("x");  // of no type
  return list;
}

std::optional<bool> matches_any_of(Comparison comparison, std::string_view value, std::span<const Operand> operands) {
  switch (facet_of(comparison)) {
    case Facet::numeric:
      return any_of<Decimal>(parse_decimal(value), operands,
                             [&](const Decimal& a, const Decimal& b) { return ordered(comparison, compare(a, b)); });
    case Facet::date:
      return any_of<Moment>(parse_moment(value), operands,
                            [&](const Moment& a, const Moment& b) { return ordered(comparison, a <=> b); });
    case Facet::boolean: return any_of<bool>(parse_boolean(value), operands, [](bool a, bool b) { return a == b; });
    case Facet::binary:
      return any_of<std::string>(parse_base64(value), operands,
                                 [](const std::string& a, const std::string& b) { return a == b; });
    case Facet::address: {
      const auto prefix = parse_prefix(value);
      return any_of<Prefix>(prefix ? std::optional(*prefix) : std::nullopt, operands,
                            [](const Prefix& a, const Prefix& b) { return b.contains(a); });
    }
    case Facet::text: break;
  }
  return std::nullopt;
}

}  // namespace sallyport::iam::sets
