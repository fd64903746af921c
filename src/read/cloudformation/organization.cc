// Policies of an organization: what a template attaches to nodes that are in the base.
#include "read/cloudformation/families.h"

namespace sallyport::read::cloudformation {

void read_organization_policy(const Properties& p) {
  Work& work = p.work();
  Registry& registry = work.registry;
  const Value<Text> type = p.text("Type");
  const std::string_view word = type.known() ? registry.view(*type) : std::string_view();
  const bool scp = word == "SERVICE_CONTROL_POLICY";
  if (type.known() && !scp && word != "RESOURCE_CONTROL_POLICY") return;  // of another sort: decides no request
  const Value<Text> name = p.text("Name");
  const Value<PolicyId> put = p.policy("Content", registry.view(p.own_text()),
                                       name.known() ? registry.view(*name) : std::string_view(p.resource().address));
  const List<Text> targets = p.texts("TargetIds");
  const GapId gap = p.doubt() ? p.doubt() : !type.known() ? type.gap() : put.known() ? GapId() : put.gap();
  const auto attach = [&](OrgNode& node, GapId why) {
    List<PolicyId>& list = scp ? node.scps : node.rcps;
    if (why) {
      list.open = why;
    } else {
      list.items.push_back(*put);
    }
  };
  for (const Text target : targets) {
    const OrgNodeId id = registry.ids.get<OrgNodeId>(p.place().partition, target);
    if (OrgNode* node = work.row_or_base(work.change.put.org_nodes, work.base->org_nodes, id)) attach(*node, gap);
  }
  if (targets.open) {
    for (const OrgNode& there : work.base->org_nodes) {
      attach(*work.row_or_base(work.change.put.org_nodes, work.base->org_nodes, there.id), targets.open);
    }
  }
}

}  // namespace sallyport::read::cloudformation
