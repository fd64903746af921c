#include "iam/compare.h"

#include <algorithm>
#include <compare>
#include <string_view>

#include "base/wildcard.h"
#include "iam/glob.h"

namespace sallyport::iam {
namespace {

bool ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A filled-in pattern against a value.
Match match_text(Comparison comparison, std::string_view pattern, bool symbolic, std::string_view value,
                 const Rules& rules, const Why& why) {
  if (symbolic) {
    if (glob::too_long(pattern, value)) return why.unknown(rules.too_long);
    return why.match(glob::matches_symbolic(pattern, pattern, value), rules.symbol);
  }
  switch (comparison) {
    case Comparison::string_equals: return match(pattern == value);
    case Comparison::string_equals_ignore_case:
      if (equals_ignoring_case(pattern, value)) return Match::yes;
      // Letters beyond ASCII have cases too, but AWS does not say by which table.
      return ascii(pattern) && ascii(value) ? Match::no : why.unknown(rules.unreadable_value);
    default:
      if (glob::too_long(pattern, value)) return why.unknown(rules.too_long);
      return match(glob::matches(pattern, value));
  }
}

Match match_template(Comparison comparison, const Template& wanted, const RequestValue& value, const Context& context,
                     const Rules& rules, const Why& why) {
  if (wanted.broken) return why.unknown(rules.variable);
  if (wanted.pieces.empty()) {
    return match_text(comparison, wanted.fixed, wanted.symbolic || value.symbolic, value.text, rules, why);
  }
  std::string filled;
  const Filled how = fill(wanted, context, rules, why, filled);
  if (how == Filled::null) return Match::no;
  if (how == Filled::text) {
    return match_text(comparison, filled, value.symbolic || glob::has_symbol(filled), value.text, rules, why);
  }
  const bool fixed_case = comparison != Comparison::string_equals_ignore_case;
  if (fixed_case && !glob::too_long(filled, value.text) && !glob::may_match(filled, value.text)) return Match::no;
  return how == Filled::conditional ? Match::conditional : Match::unknown;
}

bool is_literally_one_of(const Predicate& predicate, std::string_view value) {
  for (const Operand& operand : predicate.values) {
    if (std::get_if<Template>(&operand)->fixed == value) return true;
  }
  return false;
}

bool ordered(Comparison comparison, std::strong_ordering order) {
  switch (comparison) {
    case Comparison::numeric_equals:
    case Comparison::date_equals: return order == 0;
    case Comparison::numeric_less:
    case Comparison::date_less: return order < 0;
    case Comparison::numeric_less_equals:
    case Comparison::date_less_equals: return order <= 0;
    case Comparison::numeric_greater:
    case Comparison::date_greater: return order > 0;
    case Comparison::numeric_greater_equals:
    case Comparison::date_greater_equals: return order >= 0;
    default: return false;
  }
}

// Compares a value, parsed once, with each operand of type T.
template <class T, class Parsed, class Test>
Match any_typed(const Predicate& predicate, const Parsed& parsed, const Rules& rules, const Why& why, Test test) {
  Match any = Match::no;
  for (const Operand& operand : predicate.values) {
    const T* wanted = std::get_if<T>(&operand);
    any = any | (parsed && wanted != nullptr ? match(test(*parsed, *wanted)) : why.unknown(rules.unreadable_value));
    if (any == Match::yes) break;
  }
  return any;
}

}  // namespace

Match matches_any(const Predicate& predicate, const RequestValue& value, const Context& context, const Rules& rules,
                  const Why& why) {
  const Comparison comparison = predicate.op.comparison;
  switch (comparison) {
    case Comparison::string_equals:
    case Comparison::string_equals_ignore_case:
    case Comparison::string_like: {
      if (predicate.literal && !value.symbolic) return match(is_literally_one_of(predicate, value.text));
      Match any = Match::no;
      for (const Operand& operand : predicate.values) {
        any = any | match_template(comparison, std::get<Template>(operand), value, context, rules, why);
        if (any == Match::yes) break;
      }
      return any;
    }
    case Comparison::arn_like: {
      const ArnText text = arn_text(value.text);
      Match any = Match::no;
      for (const Operand& operand : predicate.values) {
        any = any | matches(std::get<ArnPattern>(operand), ArnReading::condition, text, context, rules, why);
        if (any == Match::yes) break;
      }
      return any;
    }
    default: break;
  }
  if (value.symbolic && glob::has_symbol(value.text)) return why.unknown(rules.symbol);
  switch (comparison) {
    case Comparison::numeric_equals:
    case Comparison::numeric_less:
    case Comparison::numeric_less_equals:
    case Comparison::numeric_greater:
    case Comparison::numeric_greater_equals:
      return any_typed<Decimal>(predicate, parse_decimal(value.text), rules, why,
                                [&](const auto& a, const auto& b) { return ordered(comparison, compare(a, b)); });
    case Comparison::date_equals:
    case Comparison::date_less:
    case Comparison::date_less_equals:
    case Comparison::date_greater:
    case Comparison::date_greater_equals:
      return any_typed<Moment>(predicate, parse_moment(value.text), rules, why,
                               [&](const auto& a, const auto& b) { return ordered(comparison, a <=> b); });
    case Comparison::boolean:
      return any_typed<bool>(predicate, parse_boolean(value.text), rules, why, [](bool a, bool b) { return a == b; });
    case Comparison::binary_equals:
      return any_typed<std::string>(predicate, parse_base64(value.text), rules, why,
                                    [](const std::string& a, const std::string& b) { return a == b; });
    case Comparison::ip_address:
      return any_typed<Prefix>(predicate, parse_prefix(value.text), rules, why,
                               [](const Prefix& a, const Prefix& b) { return b.contains(a); });
    default: return Match::unknown;
  }
}

}  // namespace sallyport::iam
