// Condition operators by name: what `"ForAnyValue:StringLikeIfExists"` says.
//
// An operator is a quantifier, a comparison, and `IfExists`. Names compare
// without case, since AWS's own samples vary (`ForAnyValue:Stringlike`, MA-6).
// Source: IAM User Guide, reference_policies_elements_condition_operators.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sallyport {

// What is compared. Negated forms share the comparison of the positive one.
enum class Comparison : std::uint8_t {
  string_equals,
  string_equals_ignore_case,
  string_like,
  numeric_equals,
  numeric_less,
  numeric_less_equals,
  numeric_greater,
  numeric_greater_equals,
  date_equals,
  date_less,
  date_less_equals,
  date_greater,
  date_greater_equals,
  boolean,
  binary_equals,
  ip_address,
  arn_like,  // ArnEquals too: "behave identically"
  null,
};

// How the values of a multivalued key are taken (CO-2).
enum class Quantifier : std::uint8_t { one, for_all_values, for_any_value };

struct ConditionOperator {
  Comparison comparison = Comparison::string_equals;
  bool negated = false;
  bool if_exists = false;
  Quantifier quantifier = Quantifier::one;
  friend bool operator==(const ConditionOperator&, const ConditionOperator&) = default;
};

// nullopt: not an operator of AWS. `NullIfExists` and a quantified `Null` are
// none ("IfExists ... to any operator name except the Null condition").
//   parse_operator("forallvalues:stringequals") -> string_equals, for_all_values
std::optional<ConditionOperator> parse_operator(std::string_view name);

}  // namespace sallyport
