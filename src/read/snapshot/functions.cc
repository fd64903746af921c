// Lambda functions, their networks and policies (LA-1..6).
#include <set>

#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// `...:function:name:qualifier` -> without the qualifier.
std::string_view unqualified(std::string_view arn) {
  const std::size_t at = arn.find(":function:");
  if (at == std::string_view::npos) return arn;
  const std::size_t colon = arn.find(':', at + 10);
  return arn.substr(0, colon);
}

// LA-1: no VPC configuration, or an empty one, is the service's own network.
Value<Placement> read_network(Answer& answer, Node node, std::string_view name) {
  Placement network;
  const Node config = node["VpcConfig"];
  if (config.absent()) return network;
  if (!config.is(json::Kind::object)) return answer.lacking(name, "VpcConfig", config);
  for (const Node subnet : answer.optional_list(config, "SubnetIds", name, network.subnets.open).items()) {
    network.subnets.items.push_back(answer.id<SubnetId>(subnet));
  }
  for (const Node group : answer.optional_list(config, "SecurityGroupIds", name, network.groups.open).items()) {
    network.groups.items.push_back(answer.id<SecurityGroupId>(group));
  }
  network.vpc = answer.id<VpcId>(config["VpcId"]);
  // A function in a VPC has groups, and the answer names them.
  const Node groups = config["SecurityGroupIds"];
  if (network.vpc && groups.absent()) network.groups.open = answer.lacking(name, "SecurityGroupIds", groups);
  network.ipv6 = config["Ipv6AllowedForDualStack"].boolean().value_or(false);
  const bool attached = !network.subnets.empty() || !network.groups.empty();
  if (!network.vpc && attached) return answer.lacking(name, "VpcId", config["VpcId"]);
  if (network.vpc && network.subnets.empty()) {
    network.subnets.open = answer.lacking(name, "SubnetIds", config["SubnetIds"]);
  }
  return network;
}

void read_configuration(Answer& answer, Node node, bool from_list) {
  const std::string_view arn = unqualified(node["FunctionArn"].text());
  const Arn parts = split_arn(arn);
  if (parts.service != "lambda") return unnamed(answer, node, "FunctionArn");
  const std::string_view name = node["FunctionName"].text();
  Function row;
  row.id = answer.id_in<FunctionId>(answer.text(parts.partition), arn);
  auto& rows = answer.rows().functions;
  if (!from_list && answer.standing(rows, row.id) != nullptr) return;
  row.head = answer.head(node, {}, name);
  row.head.account = answer.text(parts.account);
  row.head.region = answer.text(parts.region);
  row.network = read_network(answer, node, name);
  const std::string_view role = node["Role"].text();
  if (split_arn(role).service == "iam") {
    row.role = answer.id_in<RoleId>(answer.text(split_arn(role).partition), role);
  } else {
    row.role = answer.lacking(name, "Role", node["Role"]);
  }
  answer.put(rows, std::move(row), node);
}

std::tuple<Text, Text, Text> policy_key(Answer& answer) {
  std::string_view name = answer.subject;
  const Arn arn = split_arn(name);
  if (arn.service == "lambda") {
    name = unqualified(name);
    return {answer.text(arn.account), answer.text(arn.region), answer.text(name.substr(name.rfind(':') + 1))};
  }
  return {answer.account, answer.region, answer.text(name)};
}

}  // namespace

void read_functions(Answer& answer) {
  for (const Node node : answer.root()["Functions"].items()) read_configuration(answer, node, true);
}

// `get-function` (Configuration) and `get-function-configuration` (the members).
void read_function(Answer& answer) {
  const Node inner = answer.root()["Configuration"];
  read_configuration(answer, inner ? inner : answer.root(), false);
}

void read_function_policy(Answer& answer) {
  if (answer.subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the function's name");
  }
  std::string arn(unqualified(answer.subject));
  if (split_arn(arn).service.empty()) {
    const TextPool& texts = answer.registry().texts;
    arn = "arn:" + texts.string(answer.partition) + ":lambda:" + texts.string(answer.region) + ":" +
          texts.string(answer.account) + ":function:" + arn;
  }
  const PolicyId policy = put_policy(answer, arn + "/policy", answer.subject, answer.root()["Policy"]);
  auto& stands = answer.work().function_policies[policy_key(answer)].policy;
  stands = policy ? Value<PolicyId>(policy) : Value<PolicyId>(answer.lacking(answer.subject, "Policy", {}));
}

void no_function_policy(Answer& answer, bool there_is_none, GapId gap) {
  answer.work().function_policies[policy_key(answer)].policy =
      there_is_none ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(gap);
}

// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
void read_function_urls(Answer& answer) {
  const Node all = answer.root()["FunctionUrlConfigs"];
  if (answer.subject.empty() && all.size() > 0)
    answer.subject = std::string(unqualified(all.at(0)["FunctionArn"].text()));
  if (answer.subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the function's name");
  }
  auto& urls = answer.work().function_urls[policy_key(answer)];
  for (const Node node : all.items()) {
    FunctionUrl url;
    std::string_view host = node["FunctionUrl"].text();
    if (const std::size_t scheme = host.find("://"); scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
    url.host = answer.text(host.substr(0, host.find('/')));
    const std::string_view type = node["AuthType"].text();
    url.open = type == "NONE";
    if (type != "NONE" && type != "AWS_IAM") url.open = answer.lacking(answer.subject, "AuthType", node["AuthType"]);
    urls.items.push_back(std::move(url));
  }
}

void no_function_urls(Answer& answer, bool there_is_none, GapId gap) {
  if (answer.subject.empty()) return;
  answer.work().function_urls[policy_key(answer)].open = there_is_none ? GapId() : gap;
}

namespace {

// A function in a VPC has an interface in each of its subnets (LA-2). An answer
// without them was taken too early, or made up.
void expect_interfaces(Work& work, const Function& function, const std::set<SubnetId>& with_interface) {
  if (!function.network.known()) return;
  for (const SubnetId subnet : function.network->subnets) {
    if (with_interface.contains(subnet)) continue;
    say(work, Severity::note, "no-interface",
        "the function `" + work.registry->texts.string(function.head.name) + "` has no interface in its subnet `" +
            std::string(work.registry->id(subnet)) + "`",
        function.head.origin);
  }
}

}  // namespace

void finish_functions(Work& work) {
  std::set<SubnetId> with_interface;
  for (const Interface& i : work.change.put.interfaces) {
    if (i.kind == InterfaceKind::function && i.subnet.known()) with_interface.insert(*i.subnet);
  }
  for (Function& function : work.change.put.functions) {
    if (!work.change.put.interfaces.empty()) expect_interfaces(work, function, with_interface);
    const std::string called = work.registry->texts.string(function.head.name);
    const auto urls = work.function_urls.find({function.head.account, function.head.region, function.head.name});
    if (urls != work.function_urls.end()) {
      function.urls = urls->second;
    } else {
      function.urls.open = work.registry->gaps.add(
          {GapKind::not_collected, "the URLs of the function `" + called + "` were not collected",
           "aws lambda list-function-url-configs --function-name " + called, function.head.origin});
    }
    const auto found = work.function_policies.find({function.head.account, function.head.region, function.head.name});
    if (found != work.function_policies.end()) {
      function.policy = found->second.policy;
      continue;
    }
    const std::string name = work.registry->texts.string(function.head.name);
    function.policy =
        work.registry->gaps.add({GapKind::not_collected, "the policy of the function `" + name + "` was not collected",
                                 "aws lambda get-policy --function-name " + name, function.head.origin});
  }
}

}  // namespace sallyport::read::snapshot
