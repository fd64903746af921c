#include "iam/statement.h"

namespace sallyport::iam {
namespace {

Match resource_matches(const CompiledStatement& statement, const Prepared& request, const Rules& rules,
                       const Why& why) {
  if (statement.any_resource) return match(!statement.not_resource);
  Match any = Match::no;
  for (const ArnPattern& pattern : statement.resources) {
    any = any | matches(pattern, ArnReading::resource, request.resource, *request.context, rules, why);
    if (any == Match::yes) break;
  }
  if (!statement.not_resource) return any;
  // A variable without value matches nothing, so NotResource would cover all; AWS
  // also says that it may void the statement.
  if (any == Match::no) {
    std::string filled;
    for (const ArnPattern& pattern : statement.resources) {
      if (!pattern.text.pieces.empty() && fill(pattern.text, *request.context, rules, {}, filled) == Filled::null) {
        return why.unknown(rules.variable);
      }
    }
  }
  return !any;
}

}  // namespace

Named applies(const CompiledStatement& statement, ActionMatcher::Group group, const Prepared& request, bool principals,
              PrincipalReading reading, const Rules& rules, const Why& why) {
  constexpr Named never{};
  // Cheap tests first; most statements end at the action.
  Match rest = statement.action.matches(request.action, group, rules, why);
  if (rest == Match::no) return never;
  Named named{};
  if (principals && statement.principal.present()) {
    named = statement.principal.matches(request.caller, statement.effect, reading, rules, why);
    if (overall(named) == Match::no) return never;
  } else {
    named[static_cast<std::size_t>(principals ? Naming::everyone : Naming::direct)] = Match::yes;
  }
  rest = rest & resource_matches(statement, request, rules, why);
  if (rest == Match::no) return never;
  for (const Predicate& condition : statement.conditions) {
    rest = rest & holds(condition, *request.context, rules, why);
    if (rest == Match::no) return never;
  }
  if (statement.gap) rest = rest & why.unknown(statement.gap);
  if (rest == Match::yes) return named;
  for (Match& m : named) m = m & rest;
  return named;
}

}  // namespace sallyport::iam
