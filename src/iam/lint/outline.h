// Outline: the parts of a policy document that are well formed, each with its place.
//
// What is not well formed is left out here and told by the checks of structure. A list
// from which something was left out is open: nobody may conclude from what it lacks.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/condition_operator.h"
#include "model/policy.h"
#include "model/policy_source.h"

namespace sallyport::iam::lint {

using Index = PolicySource::Index;

// One action, resource or value of a condition.
struct Word {
  std::string_view text;
  Index at = 0;
};

struct PrincipalWord {
  PrincipalKind kind = PrincipalKind::any;
  std::string_view text;  // "*" for any
  Index at = 0;
};

// One line of `Condition`.
struct Line {
  ConditionOperator op;
  std::string_view op_name;
  Index op_at = 0;
  std::string_view key;
  Index at = 0;  // of the key's value
  std::vector<Word> values;
};

struct StatementView {
  std::uint32_t number = 0;  // 1-based
  Index at = 0;
  std::string_view sid;
  Index sid_at = 0;
  std::optional<Effect> effect;
  // Places of elements, 0 where there is none.
  Index effect_at = 0, principal_at = 0, not_principal_at = 0, action_at = 0, not_action_at = 0, resource_at = 0,
        not_resource_at = 0, condition_at = 0;
  std::vector<PrincipalWord> principals;  // of Principal, else of NotPrincipal
  std::vector<Word> actions;              // of Action, else of NotAction
  std::vector<Word> resources;            // of Resource, else of NotResource
  std::vector<Line> conditions;
  bool open = false;  // something was left out: a wrong type, an unknown element or operator, a template's function

  bool allows() const { return effect == Effect::allow; }
  bool denies() const { return effect == Effect::deny; }
  bool names_principals() const { return principal_at != 0 || not_principal_at != 0; }
  bool names_resources() const { return resource_at != 0 || not_resource_at != 0; }
  bool plain_action() const { return action_at != 0 && not_action_at == 0; }
  bool plain_resource() const { return resource_at != 0 && not_resource_at == 0; }
  // Principal `"*"` in one of its spellings.
  bool everybody() const;
};

struct Outline {
  const PolicySource* source = nullptr;
  Index version_at = 0;
  Index statement_at = 0;
  bool variables = false;  // the version knows `${...}` (CO-6)
  std::vector<StatementView> statements;
  bool open = false;  // statements were left out
};

// `source` must outlive it.
Outline outline(const PolicySource& source);

// `{"Ref": ...}`, `{"Fn::Sub": ...}`: what a CloudFormation template puts in the place of a value.
bool is_function(const PolicySource& source, Index at);

}  // namespace sallyport::iam::lint
