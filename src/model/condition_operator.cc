#include "model/condition_operator.h"

#include "base/wildcard.h"

namespace sallyport {
namespace {

struct Named {
  std::string_view name;
  Comparison comparison;
  bool negated;
};

constexpr Named table[] = {
    {"StringEquals", Comparison::string_equals, false},
    {"StringNotEquals", Comparison::string_equals, true},
    {"StringEqualsIgnoreCase", Comparison::string_equals_ignore_case, false},
    {"StringNotEqualsIgnoreCase", Comparison::string_equals_ignore_case, true},
    {"StringLike", Comparison::string_like, false},
    {"StringNotLike", Comparison::string_like, true},
    {"NumericEquals", Comparison::numeric_equals, false},
    {"NumericNotEquals", Comparison::numeric_equals, true},
    {"NumericLessThan", Comparison::numeric_less, false},
    {"NumericLessThanEquals", Comparison::numeric_less_equals, false},
    {"NumericGreaterThan", Comparison::numeric_greater, false},
    {"NumericGreaterThanEquals", Comparison::numeric_greater_equals, false},
    {"DateEquals", Comparison::date_equals, false},
    {"DateNotEquals", Comparison::date_equals, true},
    {"DateLessThan", Comparison::date_less, false},
    {"DateLessThanEquals", Comparison::date_less_equals, false},
    {"DateGreaterThan", Comparison::date_greater, false},
    {"DateGreaterThanEquals", Comparison::date_greater_equals, false},
    {"Bool", Comparison::boolean, false},
    {"BinaryEquals", Comparison::binary_equals, false},
    {"IpAddress", Comparison::ip_address, false},
    {"NotIpAddress", Comparison::ip_address, true},
    {"ArnEquals", Comparison::arn_like, false},
    {"ArnLike", Comparison::arn_like, false},
    {"ArnNotEquals", Comparison::arn_like, true},
    {"ArnNotLike", Comparison::arn_like, true},
    {"Null", Comparison::null, false},
};

// Takes `part` off the front (or the end) of `text` if it is there.
bool take_front(std::string_view& text, std::string_view part) {
  if (text.size() < part.size() || !equals_ignoring_case(text.substr(0, part.size()), part)) return false;
  text.remove_prefix(part.size());
  return true;
}
bool take_back(std::string_view& text, std::string_view part) {
  if (text.size() < part.size() || !equals_ignoring_case(text.substr(text.size() - part.size()), part)) return false;
  text.remove_suffix(part.size());
  return true;
}

}  // namespace

std::optional<ConditionOperator> parse_operator(std::string_view name) {
  ConditionOperator op;
  if (take_front(name, "ForAllValues:")) {
    op.quantifier = Quantifier::for_all_values;
  } else if (take_front(name, "ForAnyValue:")) {
    op.quantifier = Quantifier::for_any_value;
  }
  op.if_exists = take_back(name, "IfExists");
  for (const Named& row : table) {
    if (!equals_ignoring_case(row.name, name)) continue;
    if (row.comparison == Comparison::null && (op.if_exists || op.quantifier != Quantifier::one)) return std::nullopt;
    op.comparison = row.comparison;
    op.negated = row.negated;
    return op;
  }
  return std::nullopt;
}

}  // namespace sallyport
