// Conditions: And, Or, Not, Equals and other conditions, by Kleene's tables.
#include "read/cloudformation/evaluate.h"

namespace sallyport::read::cloudformation {
namespace {

Truth decide(Work& work, Stack& stack, Node node, int depth) {
  if (depth > 64 || ++work.steps > work.step_limit) return Truth::unknown;
  Call c = call_of(node);
  if (c.name.empty() && node.is(json::Kind::object) && node["Condition"]) c = {"Condition", node["Condition"]};
  if (c.name == "Condition") return condition(work, stack, c.argument.text());
  if (c.name == "Fn::Equals" && c.argument.size() == 2) {
    const Item a = evaluate(work, stack, c.argument.at(0));
    return same(a, evaluate(work, stack, c.argument.at(1)), work.registry.texts);
  }
  if (c.name == "Fn::Not" && c.argument.size() == 1) return !decide(work, stack, c.argument.at(0), depth + 1);
  if (c.name == "Fn::And" || c.name == "Fn::Or") {
    const bool all = c.name == "Fn::And";
    Truth truth = all ? Truth::yes : Truth::no;
    for (const Node part : c.argument.items()) {
      const Truth t = decide(work, stack, part, depth + 1);
      truth = all ? truth & t : truth | t;
    }
    return truth;
  }
  // Some templates compare in `If`, or name a boolean.
  if (node.scalar() == "true") return Truth::yes;
  if (node.scalar() == "false") return Truth::no;
  bad_call(work, "a condition is not understood", node.origin());
  return Truth::unknown;
}

}  // namespace

Truth condition(Work& work, Stack& stack, std::string_view name) {
  if (const auto found = stack.conditions.find(name); found != stack.conditions.end()) return found->second;
  const Node node = stack.root()["Conditions"][name];
  // Until it is decided: what refers to itself is not known.
  stack.conditions.emplace(name, Truth::unknown);
  if (!node) {
    bad_call(work, "the condition `" + std::string(name) + "` is not in the template", stack.origin());
    return Truth::unknown;
  }
  const Truth truth = decide(work, stack, node, 0);
  stack.conditions.insert_or_assign(std::string(name), truth);
  return truth;
}

}  // namespace sallyport::read::cloudformation
