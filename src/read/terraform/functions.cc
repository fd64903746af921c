// Lambda functions (LA-1..6).
#include "facts/regions.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// The VPC that the subnets stand in.
Value<VpcId> vpc_of(const Block& config, const Placement& network) {
  Work& work = config.work();
  if (const Node given = config.node("vpc_id"); !given.text().empty()) return config.id<VpcId>(work.text(given.text()));
  for (const SubnetId id : network.subnets) {
    const Subnet* subnet = work.row(work.change.put.subnets, id);
    if (subnet == nullptr) subnet = work.base->subnets.find(id);
    if (subnet != nullptr) return subnet->vpc;
  }
  return network.subnets.open ? Value<VpcId>(network.subnets.open) : Value<VpcId>(beside(work));
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

// A function in a VPC has an interface in each of its subnets (LA-2).
void put_interfaces(Work& work, const Function& function, const Placement& network) {
  for (const SubnetId subnet : network.subnets) {
    const std::string symbol = "interface of functions like " + work.registry.texts.string(function.head.name) +
                               " in " + show_symbols(work.registry.id(subnet));
    Interface row;
    row.id = work.registry.ids.get<InterfaceId>(function.head.region, work.registry.texts.symbol(symbol));
    row.head = function.head;
    row.head.name = {};
    row.vpc = network.vpc;
    row.subnet = subnet;
    row.kind = InterfaceKind::function;
    row.source_dest_check = true;
    row.state = State::working;
    row.addresses.items.emplace_back(
        work.registry.gaps.add({GapKind::known_after_apply, "the addresses of functions are known after apply",
                                "apply the plan and collect the account", function.head.origin}));
    row.groups = network.groups;
    work.put(work.change.put.interfaces, std::move(row));
  }
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
    if (row.network.known()) put_interfaces(work, row, *row.network);
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
