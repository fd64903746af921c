// Conditions that contradict each other.
//
// Lines of a statement must all hold (MA-6). Two lines on one key contradict each other if
// no value fulfils both and at least one of them needs the key. Values with variables may
// be anything.
// Source: IAM User Guide, reference_policies_condition-logic-multiple-context-keys-or-values.
#include <algorithm>

#include "base/ip.h"
#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/patterns.h"
#include "iam/lint/relations.h"
#include "iam/values.h"

namespace sallyport::iam::lint {
namespace {

bool text(Comparison c) { return c == Comparison::string_equals || c == Comparison::string_like; }

bool one_value(const Line& line) { return line.op.quantifier == Quantifier::one; }

// A text value as a pattern; under StringEquals stars are characters, which `?` then stands for.
std::string pattern(const Line& line, const Word& value) {
  std::string p = without_variables(value.text);
  if (line.op.comparison == Comparison::string_equals && p == value.text) std::replace(p.begin(), p.end(), '*', '?');
  return p;
}

std::string both(const Line& a, const Line& b) {
  return "no value of " + quote(a.key) + " fulfils both " + quote(a.op_name) + " and " + quote(b.op_name);
}

// Comparing patterns costs the product of their lengths.
bool short_enough(const Line& a, const Line& b) {
  const auto length = [](const Line& line) {
    std::size_t sum = 0;
    for (const Word& w : line.values) sum += w.text.size() + 1;
    return sum;
  };
  return length(a) * length(b) <= 1'000'000;
}

// What the values of a line leave open upwards or downwards: `<` by its greatest, `>` by
// its least.
enum class Side { none, below, above };
struct Bound {
  Side side = Side::none;
  bool inclusive = false;
  bool date = false;
};
Bound bound(Comparison c) {
  switch (c) {
    case Comparison::numeric_less: return {Side::below, false, false};
    case Comparison::numeric_less_equals: return {Side::below, true, false};
    case Comparison::numeric_greater: return {Side::above, false, false};
    case Comparison::numeric_greater_equals: return {Side::above, true, false};
    case Comparison::date_less: return {Side::below, false, true};
    case Comparison::date_less_equals: return {Side::below, true, true};
    case Comparison::date_greater: return {Side::above, false, true};
    case Comparison::date_greater_equals: return {Side::above, true, true};
    default: return {};
  }
}

// Is each upper bound below (or, where one of them is not included, at) each lower bound?
template <class Read, class Order>
bool apart(const Line& upper, const Line& lower, bool touch, Read read, Order order) {
  return std::all_of(upper.values.begin(), upper.values.end(), [&](const Word& u) {
    return std::all_of(lower.values.begin(), lower.values.end(), [&](const Word& l) {
      const auto a = read(u.text);
      const auto b = read(l.text);
      return a && b && (order(*a, *b) < 0 || (!touch && order(*a, *b) == 0));
    });
  });
}

bool bounds_apart(const Line& a, const Line& b) {
  const Bound x = bound(a.op.comparison);
  const Bound y = bound(b.op.comparison);
  if (x.side == Side::none || y.side == Side::none || x.side == y.side || x.date != y.date) return false;
  const Line& upper = x.side == Side::below ? a : b;
  const Line& lower = x.side == Side::below ? b : a;
  const bool touch = x.inclusive && y.inclusive;
  if (x.date) return apart(upper, lower, touch, parse_moment, [](Moment p, Moment q) { return p <=> q; });
  return apart(upper, lower, touch, parse_decimal, [](const Decimal& p, const Decimal& q) { return compare(p, q); });
}

// Two positive lines.
bool disjoint(const Line& a, const Line& b) {
  const auto none = [&](auto meet) {
    return std::none_of(a.values.begin(), a.values.end(), [&](const Word& x) {
      return std::any_of(b.values.begin(), b.values.end(), [&](const Word& y) { return meet(x, y); });
    });
  };
  if (text(a.op.comparison) && text(b.op.comparison)) {
    return none([&](const Word& x, const Word& y) { return may_meet(pattern(a, x), pattern(b, y)); });
  }
  if (bounds_apart(a, b)) return true;
  if (a.op.comparison != b.op.comparison) return false;
  if (a.op.comparison == Comparison::boolean) {
    return none([](const Word& x, const Word& y) {
      const auto p = parse_boolean(x.text);
      const auto q = parse_boolean(y.text);
      return !p || !q || *p == *q;
    });
  }
  if (a.op.comparison == Comparison::ip_address) {
    return none([](const Word& x, const Word& y) {
      const auto p = parse_prefix(x.text);
      const auto q = parse_prefix(y.text);
      return !p || !q || p->overlaps(*q);
    });
  }
  return false;
}

// Does the negated line forbid each value of the positive one?
bool forbidden(const Line& yes, const Line& no) {
  const auto all = [&](auto inside) {
    return std::all_of(yes.values.begin(), yes.values.end(), [&](const Word& x) {
      return std::any_of(no.values.begin(), no.values.end(), [&](const Word& y) { return inside(x, y); });
    });
  };
  const auto fixed = [](const Word& w) { return w.text.find("${") == std::string_view::npos; };
  if (text(yes.op.comparison) && text(no.op.comparison)) {
    return all([&](const Word& x, const Word& y) {
      if (!fixed(x) || !fixed(y)) return false;
      if (no.op.comparison == Comparison::string_equals) return x.text == y.text && !has_wildcard(x.text);
      return within(x.text, y.text);
    });
  }
  if (yes.op.comparison == Comparison::ip_address && no.op.comparison == Comparison::ip_address) {
    return all([](const Word& x, const Word& y) {
      const auto p = parse_prefix(x.text);
      const auto q = parse_prefix(y.text);
      return p && q && q->contains(*p);
    });
  }
  return false;
}

std::optional<std::string> contradiction(const Line& a, const Line& b) {
  if (!equals_ignoring_case(a.key, b.key) || a.values.empty() || b.values.empty()) return std::nullopt;
  const bool null_a = a.op.comparison == Comparison::null;
  const bool null_b = b.op.comparison == Comparison::null;
  if (null_a || null_b) {
    const Line& null = null_a ? a : b;
    const Line& other = null_a ? b : a;
    const bool absent = null.values.size() == 1 && parse_boolean(null.values.front().text) == true;
    if (absent && needs_key(other))
      return "`Null` asks for " + quote(a.key) + " to be missing, and " + quote(other.op_name) + " for a value";
    return std::nullopt;
  }
  if (!one_value(a) || !one_value(b) || (!needs_key(a) && !needs_key(b)) || !short_enough(a, b)) return std::nullopt;
  if (!a.op.negated && !b.op.negated) return disjoint(a, b) ? std::optional(both(a, b)) : std::nullopt;
  if (a.op.negated == b.op.negated) return std::nullopt;
  const Line& yes = a.op.negated ? b : a;
  const Line& no = a.op.negated ? a : b;
  return needs_key(yes) && forbidden(yes, no) ? std::optional(both(a, b)) : std::nullopt;
}

}  // namespace

std::optional<std::string> never_because(const StatementView& s) {
  constexpr std::size_t most = 60;  // lines; nobody writes more, and pairs are compared
  if (s.conditions.size() > most) return std::nullopt;
  for (std::size_t i = 0; i < s.conditions.size(); ++i) {
    for (std::size_t j = i + 1; j < s.conditions.size(); ++j) {
      if (auto why = contradiction(s.conditions[i], s.conditions[j])) return why;
    }
  }
  // NK-15: a request has the keys of an endpoint or a public address, never both.
  if (needs_key(s, "aws:SourceIp")) {
    for (const char* key : {"aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp"}) {
      if (needs_key(s, key)) return std::string("no request carries both `aws:SourceIp` and `") + key + "`";
    }
  }
  return std::nullopt;
}

void check_never(Work& work) {
  for (const StatementView& s : work.outline().statements) {
    if (const auto why = never_because(s))
      work.found("never-applies", s.condition_at, "the statement never applies: " + *why, &s);
  }
}

}  // namespace sallyport::iam::lint
