// API Gateway: APIs with their front doors and policies, the VPC links by which they call into VPCs; connections
// of EventBridge; the URLs of functions.
#include "read/cloudformation/apis.h"
#include "read/cloudformation/families.h"
#include "read/cloudformation/identity.h"
#include "read/cloudformation/lattice.h"
#include "read/planned/platform.h"
#include "read/planned/policies.h"

namespace sallyport::read::cloudformation {

// Whether a method asks for a signature at all, its own resources say.
sallyport::Resource begin_api(const Properties& p, Text id, std::string_view address) {
  Work& work = p.work();
  const TextPool& texts = work.registry.texts;
  const Place& place = p.place();
  sallyport::Resource row;
  row.id = work.registry.ids.get<ResourceId>(
      place.partition, work.text("arn:" + texts.string(place.partition) + ":execute-api:" +
                                 texts.string(place.region.empty() ? any_text(work, "region") : place.region) + ":" +
                                 texts.string(account_of(work, *p.resource().stack)) + ":" + texts.string(id)));
  row.head = p.head();
  const Value<Text> name = p.text("Name");
  if (name.known() && !name->empty() && !texts.has_symbol(*name)) row.head.name = *name;
  row.head.gap = planned::undetermined(
      work, "which methods of the API `" + std::string(address) + "` ask for a signature is not read",
      "take what it lets in for open, unless its policy denies it", p.origin());
  row.what = Kind::api;
  row.aliases.items.push_back(id);
  row.policy = PolicyId();
  work.created.insert(row.id);
  return row;
}

// The policy that a definition brings along (`x-amazon-apigateway-policy`); one that lies in S3 is not at hand.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
Value<PolicyId> policy_in_definition(const Properties& p, const char* body, const char* elsewhere,
                                     const sallyport::Resource& row) {
  if (p.gives(elsewhere)) {
    return p.registry().gaps.add({GapKind::not_collected,
                                  "the definition of the API `" + p.resource().address + "` is not in the template",
                                  "make the stack and collect `aws apigateway get-rest-apis`", p.origin()});
  }
  GapId gap;
  const Properties definition = p.block(body, gap);
  if (gap) return gap;
  return definition.policy("x-amazon-apigateway-policy",
                           p.registry().texts.string(p.registry().ids.id(row.id)) + "/policy",
                           p.registry().view(row.head.name));
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
void read_rest_api(const Properties& p) {
  Work& work = p.work();
  sallyport::Resource row = begin_api(p, p.own_text(), p.resource().address);
  GapId gap;
  const List<Text> types = p.block("EndpointConfiguration", gap).texts("Types");
  row.endpoints_only = false;  // EDGE, where nothing is said
  for (const Text type : types) {
    if (work.registry.view(type) == "PRIVATE") row.endpoints_only = true;
  }
  if (gap || types.open) row.endpoints_only = gap ? gap : types.open;
  const bool imports = p.gives("Body") || p.gives("BodyS3Location");
  if (!p.gives("Policy")) {
    row.policy = policy_in_definition(p, "Body", "BodyS3Location", row);
  } else if (imports) {
    row.policy = planned::undetermined(
        work, "whether the policy of `" + p.resource().address + "` or that of its definition counts is not known",
        "make the stack and collect `aws apigateway get-rest-apis`", p.origin());
  } else {
    row.policy = p.policy("Policy", work.registry.texts.string(work.registry.ids.id(row.id)) + "/policy",
                          work.registry.view(row.head.name));
  }
  planned::write_out_api(work, row.policy, work.registry.ids.id(row.id));
  work.put(work.change.put.resources, std::move(row));
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
void read_http_api(const Properties& p) {
  p.work().put(p.work().change.put.resources, begin_api(p, p.own_text(), p.resource().address));
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
void read_rest_vpc_link(const Properties& p) {
  PlatformWorkload row = begin_workload(p, Kind::api, "Name");
  row.place = planned::undetermined(
      p.work(),
      "the VPC link `" + p.resource().address + "` reaches the listeners of its load balancers by PrivateLink",
      "ask from the load balancer's interfaces", p.origin());
  planned::put_outside(p.work(), std::move(row));
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
void read_http_vpc_link(const Properties& p) {
  PlatformWorkload row = begin_workload(p, Kind::api, "Name");
  row.place = read_place(p, "SubnetIds", "SecurityGroupIds");
  planned::put_workload(p.work(), std::move(row), InterfaceKind::managed, false);
}

namespace {

// A private connection calls the one resource of VPC Lattice that it names.
Value<Placement> private_connection(const Properties& p) {
  GapId gap;
  const Properties outer = p.block("InvocationConnectivityParameters", gap);
  const Properties inner = outer.block("ResourceParameters", gap);
  if (gap) return gap;
  if (!inner.gives("ResourceConfigurationArn")) return inner.not_understood("ResourceConfigurationArn");
  const auto resource = resource_configuration_named(inner, "ResourceConfigurationArn");
  if (!resource.known()) return resource.gap();
  Placement place;
  place.through = *resource;
  return place;
}

}  // namespace

// https://docs.aws.amazon.com/eventbridge/latest/userguide/connection-private.html
// Step Functions calls by it, too. Without these parameters it calls public addresses.
void read_event_connection(const Properties& p) {
  PlatformWorkload row = begin_workload(p, Kind::data_connection, "Name");
  row.place = p.gives("InvocationConnectivityParameters") ? private_connection(p) : Value<Placement>(Placement());
  planned::put_outside(p.work(), std::move(row));
}

// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
void read_function_url(const Properties& p) {
  Work& work = p.work();
  const Value<Text> type = p.text("AuthType");
  each_function(p, "TargetFunctionArn", [&](Function& row, GapId gap) {
    if (gap || p.doubt()) {
      row.urls.open = p.doubt() ? p.doubt() : gap;
      return;
    }
    FunctionUrl url;
    url.host = p.own_text("FunctionUrl");
    url.open = type.known() ? Value<bool>(work.registry.view(*type) == "NONE") : Value<bool>(type.gap());
    row.urls.items.push_back(std::move(url));
  });
}

}  // namespace sallyport::read::cloudformation
