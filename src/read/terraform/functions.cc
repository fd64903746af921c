// Lambda functions (LA-1..6).
#include "read/planned/standing.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// The VPC that the subnets stand in.
Value<VpcId> vpc_of(const Block& config, const Placement& network) {
  Work& work = config.work();
  if (const Node given = config.node("vpc_id"); !given.text().empty()) return config.id<VpcId>(work.text(given.text()));
  return planned::vpc_of(work, network.subnets);
}

Value<Placement> read_network(const Block& b) {
  Placement network;
  const List<Block> configs = b.blocks("vpc_config");
  if (configs.open) return configs.open;
  for (const Block& config : configs) {
    network.subnets = config.refs<SubnetId>("subnet_ids", true);
    if (network.subnets.empty() && !network.subnets.open && !config.gives_any("security_group_ids")) continue;
    const Value<VpcId> vpc = vpc_of(config, network);
    if (!vpc.known()) return vpc.gap();
    const bool only_new = b.work().created.contains(Ref(*vpc));
    network.subnets = config.refs<SubnetId>("subnet_ids", only_new);
    network.groups = config.refs<SecurityGroupId>("security_group_ids", only_new);
    network.vpc = *vpc;
    const Value<bool> ipv6 = config.flag("ipv6_allowed_for_dual_stack", false);
    if (!ipv6.known()) return ipv6.gap();
    network.ipv6 = *ipv6;
  }
  return network;
}

}  // namespace

void read_function(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = meaning(work, b.resource(), "function_name");
  if (!name.known())
    return work.say(Severity::warning, "unnamed",
                    "the name of `" + b.resource().address + "` is not known: it is left out", b.origin());
  Value<Text> arn = meaning(work, b.resource(), "arn");
  if (!arn.known()) {
    // Which account it is may turn out later; until then it may be any.
    arn = work.text("arn:" + work.registry.texts.string(b.place().partition) +
                    ":lambda:" + work.registry.texts.string(b.place().region) + ":" +
                    work.registry.texts.string(work.registry.texts.anything("account")) +
                    ":function:" + work.registry.texts.string(*name));
  }
  Function row;
  row.id = work.registry.ids.get<FunctionId>(b.place().partition, *arn);
  if (work.stands(work.base->functions, row.id, b.resource())) return;
  row.head = b.head(show_symbols(work.registry.view(*name)));
  row.head.name = work.text(show_symbols(work.registry.view(*name)));
  row.network = read_network(b);
  const Value<Text> role = b.named("role", Kind::role);
  if (!role.known()) {
    row.role = role.gap();
  } else if (work.registry.view(*role).starts_with("arn:")) {
    row.role = work.registry.ids.get<RoleId>(b.place().partition, *role);
  } else {
    row.role = b.gap("role");
  }
  row.policy = b.resource().is_new() ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(beside(work));
  if (b.resource().is_new()) {
    work.created.insert(row.id);
    if (row.network.known())
      planned::put_function_interfaces(work, row, *row.network, work.registry.texts.string(row.head.name));
  }
  work.put(work.change.put.functions, std::move(row));
}

// `aws_lambda_permission` adds a statement to a function's policy. It is not put together
// yet: the policy is unknown.
void read_function_permission(const Block& b) {
  Work& work = b.work();
  for (Function& row : work.change.put.functions) {
    row.policy = work.registry.gaps.add({GapKind::not_modelled,
                                         "permissions of functions that are resources of a plan are not read",
                                         "collect `aws lambda get-policy` once it is applied", b.origin()});
  }
}

}  // namespace sallyport::read::terraform
