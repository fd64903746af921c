// Policies of an organization, and what they are attached to: nodes that are in the base
// (SC, RC).
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

void attach(OrgNode& node, const Value<Sort>& sort, PolicyId policy, GapId gap) {
  const bool may_be_scp = !sort.known() || *sort == Sort::scp;
  const bool may_be_rcp = !sort.known() || *sort == Sort::rcp;
  if (!sort.known() && !gap) gap = sort.gap();
  for (List<PolicyId>* list : {may_be_scp ? &node.scps : nullptr, may_be_rcp ? &node.rcps : nullptr}) {
    if (list == nullptr) continue;
    if (gap) {
      list->open = gap;
    } else {
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
  const bool was_there = !b.resource().stays() || b.resource().fate == Fate::changed;
  const GapId gap = was_there ? beside(work) : id.known() ? GapId() : id.gap();
  const PolicyId policy = id.known() ? work.registry.ids.get<PolicyId>(b.place().partition, *id) : PolicyId();
  for (const OrgNode& there : work.base->org_nodes) {
    const bool is_it = target.known() && work.registry.ids.id(there.id) == *target;
    if (target.known() && !is_it) continue;
    if (is_it && b.resource().fate == Fate::kept) return;  // as the base has it
    OrgNode* row = work.row_or_base(work.change.put.org_nodes, work.base->org_nodes, there.id);
    attach(*row, sort, policy, target.known() ? gap : target.gap());
  }
}

}  // namespace sallyport::read::terraform
