// Strangers: what makes resources that nobody sees here: nested stacks and SAM applications whose templates are not at
// hand, products, what a transform or a loop puts in, and the code of custom resources.
//
// What they are given they may change; and what stands in the base already they may change, too, whoever has its id.
// What they may add to a VPC, coverage says (planned/coverage.h).
#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "read/cloudformation/evaluate.h"
#include "read/cloudformation/families.h"
#include "read/cloudformation/identity.h"
#include "read/planned/parts.h"

namespace sallyport::read::cloudformation {
namespace {

// The CDK's own code that empties a bucket when the stack goes touches its policy only then;
// `VpcRestrictDefaultSG` has a reader (groups.cc).
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.mixins.BucketAutoDeleteObjects.html
constexpr std::string_view harmless[] = {"Custom::S3AutoDeleteObjects", "Custom::VpcRestrictDefaultSG"};

// What code may it be that somebody wrote?
bool is_custom(std::string_view type) {
  if (std::find(std::begin(harmless), std::end(harmless), type) != std::end(harmless)) return false;
  return type.starts_with("Custom::") || type == "AWS::CloudFormation::CustomResource";
}

// Is it made from a template that is not read?
bool is_unread_stack(const Stack& stack, const Resource& r) {
  if (r.type == "AWS::CloudFormation::Stack") return !stack.nested.contains(r.logical);
  return r.type == "AWS::Serverless::Application" || r.type == "AWS::CloudFormation::StackSet" ||
         r.type == "AWS::ServiceCatalog::CloudFormationProvisionedProduct";
}

// The ids of what a part of a resource names in its stack: each `Ref` and `GetAtt`, also those in a `Sub`. Depth is
// bounded by the parsers.
void collect(Work& work, Stack& stack, Node node, std::set<Text>& ids) {
  const auto add = [&](std::string_view name) {
    name = name.substr(0, name.find('.'));
    if (const Resource* r = stack.find(name)) {
      const Item id = ref_to(work, *r, r->node.origin());
      if (id.is(Item::Kind::text)) ids.insert(id.text);
    }
  };
  const Call c = call_of(node);
  if (c.name == "Ref" || c.name == "Fn::GetAtt") {
    add(c.argument.is(json::Kind::array) ? c.argument.at(0).text() : c.argument.text());
  } else if (c.name == "Fn::Sub") {
    const Node pattern = c.argument.is(json::Kind::array) ? c.argument.at(0) : c.argument;
    std::string_view text = pattern.text();
    for (std::size_t open = text.find("${"); open != std::string_view::npos; open = text.find("${")) {
      text.remove_prefix(open + 2);
      add(text.substr(0, text.find('}')));
    }
  }
  for (const Node entry : node.items()) collect(work, stack, entry, ids);
  for (const json::Member m : node.members()) collect(work, stack, m.value, ids);
}

void open(RouteTable& row, GapId gap) { planned::open_routes(row, gap); }
void open(NetworkAcl& row, GapId gap) { row.entries.open = gap; }
void open(Bucket& row, GapId gap) { row.policy = gap; }
void open(Table& row, GapId gap) { row.policy = gap; }
void open(sallyport::Resource& row, GapId gap) { row.policy = gap; }
void open(Function& row, GapId gap) { row.policy = gap; }
void open(Role& row, GapId gap) { row.policies.open = gap; }
void open(User& row, GapId gap) { row.policies.open = gap; }
void open(Group& row, GapId gap) { row.policies.open = gap; }
void open(HostedZone& row, GapId gap) { row.records.open = gap; }
void open(ResolverRule& row, GapId gap) { row.vpcs.open = gap; }
// Rules may come, and those that are there may go.
void open(SecurityGroup& row, GapId gap) {
  row.rules.open = gap;
  for (GroupRule& rule : row.rules.items) {
    if (!rule.gap) rule.gap = gap;
  }
}
void open(Vpc& row, GapId gap) {
  row.cidrs.open = gap;
  row.custom_dns = gap;
}

// Opens the rows that `may_change` picks.
template <class F>
void open_all(Objects& put, GapId gap, F may_change) {
  const auto each = [&](auto& rows) {
    for (auto& row : rows) {
      if (may_change(row)) open(row, gap);
    }
  };
  each(put.route_tables), each(put.network_acls), each(put.security_groups), each(put.vpcs);
  each(put.hosted_zones), each(put.resolver_rules);
  each(put.buckets), each(put.tables), each(put.resources), each(put.functions), each(put.roles), each(put.users),
      each(put.groups);
}

void open_given(Work& work, Stack& stack, const Resource& r, GapId gap) {
  std::set<Text> ids;
  collect(work, stack, r.node["Properties"], ids);
  if (ids.empty()) return;
  open_all(work.change.put, gap, [&](const auto& row) {
    const Text id = work.registry.ids.id(row.id);
    const std::string_view text = work.registry.view(id);
    // By its id, or as the last part of an ARN: of roles, functions and queues `Ref` gives the name.
    if (ids.contains(id)) return true;
    const std::size_t cut = text.find_last_of(":/");
    return cut != std::string_view::npos && ids.contains(work.text(text.substr(cut + 1)));
  });
}

// Whatever it is in the base: the Region's, and what is in none.
void open_base(Work& work, const Stack& stack, GapId gap) {
  const Text region = stack.place.region;
  const auto is_there = [&](const auto& row) {
    return !work.created.contains(Ref(row.id)) &&
           (region.empty() || row.head.region.empty() || row.head.region == region || Ref(row.id).kind == Kind::bucket);
  };
  Objects& put = work.change.put;
  const auto take = [&](auto& rows, const auto& base) {
    for (const auto& there : base) {
      if (is_there(there)) work.row_or_base(rows, base, there.id);
    }
  };
  const Cloud& base = work.base;
  take(put.route_tables, base->route_tables), take(put.network_acls, base->network_acls);
  take(put.security_groups, base->security_groups), take(put.vpcs, base->vpcs);
  take(put.hosted_zones, base->hosted_zones), take(put.resolver_rules, base->resolver_rules);
  take(put.buckets, base->buckets), take(put.tables, base->tables), take(put.resources, base->resources),
      take(put.functions, base->functions);
  take(put.roles, base->roles), take(put.users, base->users), take(put.groups, base->groups);
  open_all(put, gap, is_there);
  if (!base->vpcs.empty()) work.doubted.emplace(Kind::none, gap);
}

}  // namespace

void open_what_strangers_change(Work& work) {
  for (Stack& stack : work.stacks) {
    GapId anywhere = stack.changed;
    for (const Resource& r : stack.resources) {
      if (stack.find(r.logical) != &r) continue;
      const bool unread = is_unread_stack(stack, r);
      if (!unread && !is_custom(r.type)) continue;
      const GapId gap =
          work.registry.gaps.add({unread ? GapKind::not_collected : GapKind::not_modelled,
                                  "what `" + r.address + "` (`" + std::string(r.type) + "`) changes is not read",
                                  "collect the account once the stack is made", r.node.origin()});
      open_given(work, stack, r, gap);
      if (unread) anywhere = gap;
    }
    for (const json::Member m : stack.root()["Resources"].members()) {
      if (!m.name().starts_with("Fn::")) continue;
      anywhere =
          work.registry.gaps.add({GapKind::not_modelled, "what `" + std::string(m.name()) + "` makes is not read",
                                  "give the transformed template", m.key.origin()});
    }
    if (anywhere) open_base(work, stack, anywhere);
  }
}

}  // namespace sallyport::read::cloudformation
