// Policies of an organization, and what they are attached to: nodes that are in the base
// (SC, RC).
#include <algorithm>

#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

enum class Sort : std::uint8_t { scp, rcp, other };

Value<Sort> sort_of(const Block& policy) {
  const Value<Text> type = policy.text("type");
  // Default: `SERVICE_CONTROL_POLICY` (the provider's page).
  if (!type.known()) return policy.has("type") == Has::computed ? Value<Sort>(Sort::scp) : Value<Sort>(type.gap());
  const std::string_view word = policy.registry().view(*type);
  if (word.empty() || word == "SERVICE_CONTROL_POLICY") return Sort::scp;
  return word == "RESOURCE_CONTROL_POLICY" ? Sort::rcp : Sort::other;
}

// Of which sort a policy is that the node has; both may be, where it has none of that name.
Value<Sort> list_of(const OrgNode& node, PolicyId policy, GapId otherwise) {
  const auto has = [&](const List<PolicyId>& list) {
    return std::find(list.begin(), list.end(), policy) != list.end();
  };
  if (has(node.scps)) return Sort::scp;
  return has(node.rcps) ? Value<Sort>(Sort::rcp) : Value<Sort>(otherwise);
}

void attach(OrgNode& node, const Value<Sort>& sort, PolicyId policy, bool goes, GapId gap) {
  const bool may_be_scp = !sort.known() || *sort == Sort::scp;
  const bool may_be_rcp = !sort.known() || *sort == Sort::rcp;
  if (!sort.known() && !gap) gap = sort.gap();
  for (List<PolicyId>* list : {may_be_scp ? &node.scps : nullptr, may_be_rcp ? &node.rcps : nullptr}) {
    if (list == nullptr) continue;
    if (goes) std::erase(list->items, policy);
    if (gap) {
      list->open = gap;
    } else if (!goes && std::find(list->begin(), list->end(), policy) == list->end()) {
      list->items.push_back(policy);
    }
  }
}

}  // namespace

void read_organization_policy(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> id = b.own_id();
  if (!id) return;
  const PolicyId policy = work.registry.ids.get<PolicyId>(b.place().partition, *id);
  if (work.stands(work.base->policies, policy, b.resource())) return;
  const Value<PolicyId> put = put_policy(b, "content", work.registry.view(*id), b.node("name").text());
  if (put.known()) return;
  Policy row;
  row.id = policy;
  row.head = b.head(b.node("name").text());
  row.head.region = {};
  row.document.gap = put.gap();
  row.document.origin = b.origin();
  work.put(work.change.put.policies, std::move(row));
}

void read_organization_attachment(const Block& b) {
  Work& work = b.work();
  const Value<Text> id = b.named("policy_id", Kind::policy);
  const Value<Text> target = b.text("target_id");
  Value<Sort> sort = beside(work);
  for (const Resource* r : work.document.of_type("aws_organizations_policy")) {
    const Value<Text> own = meaning(work, *r, "id");
    if (id.known() && own.known() && *own == *id) sort = sort_of(Block(work, *r));
  }
  const GapId gap = id.known() ? GapId() : id.gap();
  const PolicyId policy = id.known() ? work.registry.ids.get<PolicyId>(b.place().partition, *id) : PolicyId();
  for (const OrgNode& there : work.base->org_nodes) {
    const bool is_it = target.known() && work.registry.ids.id(there.id) == *target;
    if (target.known() && !is_it) continue;
    if (is_it && b.resource().fate == Fate::kept) return;  // as the base has it
    OrgNode* row = work.row_or_base(work.change.put.org_nodes, work.base->org_nodes, there.id);
    if (!b.resource().stays()) sort = list_of(*row, policy, beside(work));
    attach(*row, sort, policy, !b.resource().stays(), target.known() ? gap : target.gap());
  }
}

}  // namespace sallyport::read::terraform
