// Lambda functions (LA-1..6) and the permissions on them.
#include <algorithm>

#include "read/cloudformation/families.h"
#include "read/cloudformation/identities.h"
#include "read/cloudformation/identity.h"
#include "read/planned/policies.h"

namespace sallyport::read::cloudformation {
namespace {

Value<Placement> read_network(const Properties& p) {
  Placement network;
  GapId gap;
  const Properties config = p.block("VpcConfig", gap);
  if (gap) return gap;
  network.subnets = config.refs<SubnetId>("SubnetIds");
  network.groups = config.refs<SecurityGroupId>("SecurityGroupIds");
  // No subnets: in no VPC (AWS::Lambda::Function VpcConfig).
  if (network.subnets.empty() && !network.subnets.open) return Placement();
  const Value<VpcId> vpc = planned::vpc_of(p.work(), network.subnets);
  if (!vpc.known()) return vpc.gap();
  network.vpc = *vpc;
  const Value<bool> ipv6 = config.flag("Ipv6AllowedForDualStack", false);
  if (!ipv6.known()) return ipv6.gap();
  network.ipv6 = *ipv6;
  return network;
}

// The functions that `FunctionName` may mean: a name, an ARN, or part of one, perhaps
// with a version or alias behind. All of them where that is not known.
bool means(std::string_view text, std::string_view arn) {
  const std::string own(arn.substr(arn.rfind(":function:") + 10));
  return text == own || text == arn || text.starts_with(std::string(arn) + ":") || text.starts_with(own + ":") ||
         text.ends_with(":function:" + own);
}

}  // namespace

void each_function(const Properties& p, const char* property, const std::function<void(Function&, GapId)>& f) {
  Work& work = p.work();
  Value<Text> name = p.text(property);
  const auto is_own = [&](const Function& row) { return means(work.registry.view(*name), work.registry.id(row.id)); };
  if (name.known() && p.may_be_another(Kind::function, *name) &&
      std::none_of(work.change.put.functions.begin(), work.change.put.functions.end(), is_own)) {
    name = p.gap(property);
  }
  for (const Function& there : work.base->functions) {
    if (!name.known() || means(work.registry.view(*name), work.registry.id(there.id))) {
      work.row_or_base(work.change.put.functions, work.base->functions, there.id);
    }
  }
  for (Function& row : work.change.put.functions) {
    if (!name.known()) {
      f(row, name.gap());
    } else if (means(work.registry.view(*name), work.registry.id(row.id))) {
      // To what exists already it is added, which is not put together.
      f(row, work.created.contains(Ref(row.id))
                 ? GapId()
                 : work.registry.gaps.add({GapKind::not_modelled,
                                           "`" + p.resource().address + "` adds a permission to a function that exists",
                                           "make the stack and collect `aws lambda get-policy`", p.origin()}));
    }
  }
}

void read_function(const Properties& p) {
  Work& work = p.work();
  const Value<Text> arn = own_arn(work, p.resource());
  if (!arn.known()) {
    work.left_out_of_accounts = arn.gap();
    return work.say(Severity::warning, "unnamed",
                    "the name of `" + p.resource().address + "` is not known: it is left out", p.origin());
  }
  Function row;
  row.id = work.registry.ids.get<FunctionId>(p.place().partition, *arn);
  const Value<Text> name = own_name(work, p.resource());
  const bool given = name.known() && !work.registry.texts.has_symbol(*name);
  row.head = p.head(given ? work.registry.view(*name) : std::string_view());
  if (given) row.head.name = *name;
  row.network = read_network(p);
  row.role = role_with_arn(p, "Role");
  row.policy = PolicyId();  // until a permission is given
  work.created.insert(row.id);
  if (row.network.known())
    planned::put_function_interfaces(work, row, *row.network, show_symbols(work.registry.id(row.id)));
  work.put(work.change.put.functions, std::move(row));
}

void read_function_permission(const Properties& p) {
  planned::Permission permission;
  permission.sid = p.resource().logical;
  GapId unknown = p.doubt();
  const auto read = [&](const char* property, Text& to) {
    const Value<Text> text = p.text(property);
    if (!text.known() && !unknown) unknown = text.gap();
    if (text.known()) to = *text;
  };
  read("Principal", permission.principal), read("Action", permission.action);
  read("SourceArn", permission.source_arn), read("SourceAccount", permission.source_account);
  read("PrincipalOrgID", permission.organization), read("FunctionUrlAuthType", permission.url_auth);
  if (p.gives("EventSourceToken") && !unknown) unknown = p.gap("EventSourceToken");
  each_function(p, "FunctionName", [&](Function& row, GapId gap) {
    planned::add_permission(p.work(), p.place().partition, row, permission, gap ? gap : unknown);
  });
}

}  // namespace sallyport::read::cloudformation
