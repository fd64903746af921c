// Lambda functions (LA-1..6).
#include "read/planned/policies.h"
#include "read/planned/standing.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"

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
  const Value<Text> arn = arn_of(work, b.resource());
  if (!arn.known()) return;
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
  if (!b.resource().is_new()) row.urls.open = beside(work);
  row.policy = b.resource().is_new() ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(beside(work));
  if (b.resource().is_new()) {
    work.created.insert(row.id);
    if (row.network.known())
      planned::put_function_interfaces(work, row, *row.network, work.registry.texts.string(row.head.name));
  }
  work.put(work.change.put.functions, std::move(row));
}

namespace {

// `hook`, `arn:aws:lambda:eu-central-1:111122223333:function:hook`, `111122223333:function:hook`
bool is_function(std::string_view text, std::string_view arn) {
  const std::string own(arn.substr(arn.rfind(":function:") + 10));
  return text == own || text == arn || text.ends_with(":function:" + own);
}

// Without a version or alias behind the function's name.
std::string_view without_qualifier(std::string_view text) {
  const std::size_t name = text.find(":function:");
  return text.substr(0, text.find(':', name == std::string_view::npos ? 0 : name + 10));
}

}  // namespace

void each_function(const Block& b, const Value<Text>& name, const std::function<void(Function&)>& f) {
  Work& work = b.work();
  auto& all = work.change.put.functions;
  take_base(b, "function_name", Value<FunctionId>(name.known() ? GapId() : name.gap()), all, work.base->functions);
  const auto is_meant = [&](FunctionId id) {
    if (!name.known()) return true;
    const std::string_view text = work.registry.view(*name);
    return is_function(text, work.registry.id(id)) || is_function(without_qualifier(text), work.registry.id(id));
  };
  for (const Function& there : work.base->functions) {
    if (name.known() && b.resource().fate != Fate::kept && is_meant(there.id))
      work.row_or_base(all, work.base->functions, there.id);
  }
  for (Function& row : all) {
    if (is_meant(row.id)) f(row);
  }
}

// Adds a statement to a function's policy; one for a version or alias, to a policy of theirs.
void read_function_permission(const Block& b) {
  Work& work = b.work();
  planned::Permission permission;
  const Value<Text> sid = b.text("statement_id");
  if (sid.known()) permission.sid = work.registry.view(*sid);
  GapId unknown;
  if (!b.resource().stays() || b.resource().fate == Fate::changed) unknown = beside(work);
  const auto read = [&](const char* attribute, Kind kind, Text& to) {
    if (!b.gives_any(attribute)) return;
    const Value<Text> text = kind == Kind::none ? b.text(attribute) : b.named(attribute, kind);
    if (!text.known() && !unknown) unknown = text.gap();
    if (text.known()) to = *text;
  };
  read("principal", Kind::none, permission.principal), read("action", Kind::none, permission.action);
  read("source_arn", Kind::none, permission.source_arn), read("source_account", Kind::none, permission.source_account);
  read("principal_org_id", Kind::none, permission.organization);
  read("function_url_auth_type", Kind::none, permission.url_auth);
  const auto not_read = [&](const char* what) {
    if (unknown) return;
    unknown = work.registry.gaps.add({GapKind::not_modelled,
                                      "`" + std::string(what) + "` of `" + b.resource().address + "` is not read",
                                      "collect `aws lambda get-policy` once it is applied", b.origin()});
  };
  for (const char* more : {"event_source_token", "qualifier"}) {
    if (b.gives_any(more)) not_read(more);
  }
  const Value<Text> name = b.named("function_name", Kind::function);
  each_function(b, name, [&](Function& row) {
    if (name.known() && !is_function(work.registry.view(*name), work.registry.id(row.id))) not_read("function_name");
    GapId gap = name.known() ? unknown : name.gap();
    if (!gap && !work.created.contains(Ref(row.id))) gap = beside(work);
    planned::add_permission(work, b.place().partition, row, permission, gap);
  });
}

}  // namespace sallyport::read::terraform
