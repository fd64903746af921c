// API Gateway: APIs with their front doors and policies, the VPC links by which they call into VPCs; connections
// of EventBridge; the URLs of functions.
#include <algorithm>

#include "read/planned/platform.h"
#include "read/planned/policies.h"
#include "read/planned/standing.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

std::string arn_of_api(const Block& b, Text id) {
  const TextPool& texts = b.registry().texts;
  const Place& place = b.place();
  return "arn:" + texts.string(place.partition) + ":execute-api:" + texts.string(place.region) + ":" +
         texts.string(account_or_any(b.work(), place)) + ":" + texts.string(id);
}

// Whether a method asks for a signature at all, its own resources say.
std::optional<sallyport::Resource> begin_api(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> id = b.own_id();
  if (!id) return std::nullopt;
  sallyport::Resource row;
  row.id = work.registry.ids.get<ResourceId>(b.place().partition, work.text(arn_of_api(b, *id)));
  if (work.stands(work.base->resources, row.id, b.resource())) return std::nullopt;
  row.head = b.head();
  if (const std::string_view name = b.node("name").text(); !name.empty()) row.head.name = work.text(name);
  row.head.gap = planned::undetermined(
      work, "which methods of the API `" + b.resource().address + "` ask for a signature is not read",
      "take what it lets in for open, unless its policy denies it", b.origin());
  row.what = Kind::api;
  row.aliases.items.push_back(*id);
  row.policy = PolicyId();
  if (b.resource().is_new()) work.created.insert(row.id);
  return row;
}

}  // namespace

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
void read_rest_api(const Block& b) {
  Work& work = b.work();
  auto row = begin_api(b);
  if (!row) return;
  row->endpoints_only = false;  // EDGE, where nothing is said
  const char* configuration = "endpoint_configuration";
  const List<Block> blocks = b.has(configuration) == Has::computed ? List<Block>() : b.blocks(configuration);
  if (blocks.open) row->endpoints_only = blocks.open;
  for (const Block& block : blocks) {
    if (block.has("types") == Has::unknown) row->endpoints_only = block.gap("types");
    for (const Node type : block.node("types").items()) {
      if (type.text() == "PRIVATE") row->endpoints_only = true;
    }
  }
  const std::string id = work.registry.texts.string(work.registry.ids.id(row->id)) + "/policy";
  // One that is a resource of its own looks computed here.
  // One that the definition brings along (`x-amazon-apigateway-policy`) is not taken out of it.
  const bool brings =
      b.gives_any("body") && (b.has("body") != Has::value ||
                              b.node("body").text().find("x-amazon-apigateway-policy") != std::string_view::npos);
  if (b.has("policy") == Has::computed && brings) {
    row->policy =
        planned::undetermined(work, "the policy in the definition of `" + b.resource().address + "` is not read",
                              "give it as `policy`", b.origin());
  } else if (b.has("policy") == Has::computed) {
    row->policy = b.resource().is_new() ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(beside(work));
  } else {
    row->policy = put_policy(b, "policy", id, work.registry.view(row->head.name));
    planned::write_out_api(work, row->policy, work.registry.ids.id(row->id));
  }
  work.put(work.change.put.resources, std::move(*row));
}

void read_rest_api_policy(const Block& b) {
  Work& work = b.work();
  const Resource* api = b.named_resource("rest_api_id", "aws_api_gateway_rest_api", {"id"});
  const Value<Text> id = api != nullptr ? meaning(work, *api, "id") : b.text("rest_api_id");
  // By its id, which is one API's: whose account it is need not be told.
  const auto is_meant = [&](const sallyport::Resource& row) {
    return row.what == Kind::api &&
           (!id.known() || std::find(row.aliases.begin(), row.aliases.end(), *id) != row.aliases.end());
  };
  for (const sallyport::Resource& there : work.base->resources) {
    if (b.resource().fate != Fate::kept && is_meant(there))
      work.row_or_base(work.change.put.resources, work.base->resources, there.id);
  }
  for (sallyport::Resource& row : work.change.put.resources) {
    if (!is_meant(row)) continue;
    if (!id.known() || !b.resource().stays()) {
      row.policy = id.known() ? beside(work) : id.gap();
      continue;
    }
    row.policy = put_policy(b, "policy", work.registry.texts.string(work.registry.ids.id(row.id)) + "/policy",
                            work.registry.view(row.head.name));
    planned::write_out_api(work, row.policy, work.registry.ids.id(row.id));
  }
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
// HTTP and WebSocket APIs are public, without a policy of their own.
void read_http_api(const Block& b) {
  auto row = begin_api(b);
  if (row) b.work().put(b.work().change.put.resources, std::move(*row));
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
// A link of REST APIs leads to the listeners of its Network Load Balancers alone.
void read_rest_vpc_link(const Block& b) {
  auto row = begin_workload(b, Kind::api, "id", "name");
  if (!row) return;
  row->place = planned::undetermined(
      b.work(),
      "the VPC link `" + b.resource().address + "` reaches the listeners of its load balancers by PrivateLink",
      "ask from the load balancer's interfaces", b.origin());
  planned::put_outside(b.work(), std::move(*row));
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
// A link of HTTP APIs has interfaces in its subnets, with its groups.
void read_http_vpc_link(const Block& b) {
  auto row = begin_workload(b, Kind::api, "id", "name");
  if (!row) return;
  Placement place = read_place(b, "subnet_ids", "security_group_ids");
  planned::complete_place(b.work(), place);
  row->place = std::move(place);
  planned::put_workload(b.work(), std::move(*row), InterfaceKind::managed, false);
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/connection-private.html
namespace {

// It calls the one resource of VPC Lattice that it names.
Value<Placement> private_connection(const Block& b, const char* inside) {
  const List<Block> parameters = b.blocks(inside);
  for (const Block& outer : parameters) {
    const List<Block> resources = outer.blocks("resource_parameters");
    for (const Block& resource : resources) {
      const Value<Text> arn = resource.named("resource_configuration_arn", Kind::resource_configuration);
      if (!arn.known()) return arn.gap();
      Placement place;
      place.through = b.id<ResourceConfigurationId>(*arn);
      if (place.through) return place;
    }
    if (resources.open) return resources.open;
  }
  return parameters.open ? parameters.open : b.gap(inside);
}

}  // namespace

void read_event_connection(const Block& b) {
  auto row = begin_workload(b, Kind::data_connection, "arn", "name");
  if (!row) return;
  row->place = Placement();
  const char* inside = "invocation_connectivity_parameters";
  if (b.has(inside) != Has::computed && b.gives_any(inside)) row->place = private_connection(b, inside);
  planned::put_outside(b.work(), std::move(*row));
}

// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
void read_function_url(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = b.named("function_name", Kind::function);
  const Value<Text> type = b.text("authorization_type");
  std::string_view host = b.node("function_url").text();
  if (const std::size_t scheme = host.find("://"); scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find('/'));
  each_function(b, name, [&](Function& row) {
    if (!name.known()) {
      row.urls.open = name.gap();
      return;
    }
    // The one that goes away, or changes.
    const auto gone =
        std::erase_if(row.urls.items, [&](const FunctionUrl& u) { return work.registry.view(u.host) == host; });
    if (!b.resource().stays()) {
      if (gone == 0) row.urls.open = beside(work);
      return;
    }
    FunctionUrl url;
    url.host = work.text(
        host.empty() ? work.registry.texts.string(work.registry.texts.symbol(b.resource().address + ".function_url"))
                     : std::string(host));
    url.open = type.known() ? Value<bool>(work.registry.view(*type) == "NONE") : Value<bool>(type.gap());
    row.urls.items.push_back(std::move(url));
  });
}

}  // namespace sallyport::read::terraform
