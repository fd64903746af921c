// Predicate: one line of a `Condition`, compiled to a typed test of one key.
//
// Numbers, moments, addresses, booleans and binary are parsed once; patterns are
// encoded once. What an operator does with a missing key, with several values, and
// with what is not known, stands in condition.cc next to its rule (CO-1 to CO-6).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ip.h"
#include "iam/arena.h"
#include "iam/arn_pattern.h"
#include "iam/context.h"
#include "iam/rules.h"
#include "iam/template.h"
#include "iam/values.h"
#include "iam/why.h"
#include "model/condition_operator.h"
#include "model/policy.h"

namespace sallyport::iam {

// A value of the policy that is not of the operator's type: it compares `unknown`.
struct Unreadable {};

using Operand = std::variant<Unreadable, Template, ArnPattern, Decimal, Moment, bool, std::string, Prefix>;

struct Predicate {
  ConditionOperator op;
  bool known_operator = true;  // false: its reader marked the statement with a gap
  // StringEquals, all values free of variables and symbols: compared as they stand.
  bool literal = false;
  std::uint32_t hash = 0;  // of the key's name
  std::string_view key;
  std::vector<Operand> values;
  Condition source;  // as written, for showing
};

// Compiles a line. `variables`: the document's version knows them.
Predicate compile_condition(const Condition& condition, const TextPool& texts, bool variables, TextArena& arena);

// Does the line hold? Gaps that leave it unknown go to `why`.
Match holds(const Predicate& predicate, const Context& context, const Rules& rules, const Why& why);

// `StringEquals aws:RequestTag/team: a, b`, as people read it.
std::string show(const Predicate& predicate, const TextPool& texts);

}  // namespace sallyport::iam
