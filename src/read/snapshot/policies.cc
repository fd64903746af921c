// Policies on their way from an answer to rows of their own.
#include "read/policy/policy.h"
#include "read/snapshot/families.h"
#include "read/snapshot/operations.h"

namespace sallyport::read::snapshot {

void unnamed(Answer& answer, Node node, const char* member) {
  answer.say(Severity::warning, "unnamed",
             std::string("an object without `") + member + "` in `" + answer.file + "` is left out", node);
  // So the list is not whole, whatever it says.
  const Operation* operation = operation_named(answer.told);
  if (operation == nullptr) return;
  const GapId gap = answer.gap(GapKind::not_readable,
                               std::string("an object without `") + member + "` in `" + answer.file + "` was left out",
                               "collect it again", node);
  for (const Kind kind : operation->kinds) {
    const bool global = operation->says == Says::global;
    if (kind != Kind::none) cover(answer.work(), kind, answer.account, global ? Text() : answer.region, gap);
  }
}

PolicyId put_policy(Answer& answer, std::string_view id, std::string_view name, Node node) {
  if (node.absent()) return {};
  Policy row;
  row.id = answer.id_in<PolicyId>(answer.partition, id);
  row.head.name = answer.text(name);
  row.head.account = answer.account;
  row.head.origin = node.origin();
  row.document = read_policy(node, id, answer.registry(), answer.work().change.diagnostics);
  const PolicyId put = row.id;
  answer.put(answer.rows().policies, std::move(row), node);
  return put;
}

PolicyId put_policy_text(Work& work, Text partition, std::string_view id, std::string_view name,
                         std::string_view text) {
  Policy row;
  row.id = work.registry->ids.get<PolicyId>(partition, work.registry->text(id));
  for (const Policy& p : work.change.put.policies) {
    if (p.id == row.id) return row.id;
  }
  row.head.name = work.registry->text(name);
  row.document = read_policy_text(text, {}, id, *work.registry, work.change.diagnostics);
  work.change.put.policies.push_back(std::move(row));
  return work.change.put.policies.back().id;
}

}  // namespace sallyport::read::snapshot
