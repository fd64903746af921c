// Endpoint services of one's own: being a provider (PL-1..3).
#include <algorithm>

#include "base/wildcard.h"
#include "read/planned/balancers.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// The services that a part may belong to.
template <class F>
void each_service(const Block& b, F f) {
  Work& work = b.work();
  const Value<Text> id = b.named("vpc_endpoint_service_id", Kind::endpoint_service);
  const GapId gap = !b.resource().stays() ? beside(work) : id.known() ? GapId() : id.gap();
  const std::string ending = id.known() ? "." + work.registry.texts.string(*id) : std::string();
  for (const EndpointService& below : work.base->endpoint_services) {
    if (b.resource().fate != Fate::kept && id.known() && work.registry.id(below.id).ends_with(ending))
      work.row_or_base(work.change.put.endpoint_services, work.base->endpoint_services, below.id);
  }
  for (EndpointService& row : work.change.put.endpoint_services) {
    if (!id.known() || work.registry.id(row.id).ends_with(ending)) f(row, gap);
  }
}

}  // namespace

// Its name holds the id that AWS chooses.
void read_endpoint_service(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> id = b.own_id();
  if (!id) return;
  const Value<Text> name = meaning(work, b.resource(), "service_name");
  if (!name.known()) {
    work.left_out = name.gap();
    return;
  }
  EndpointService row;
  row.id = b.id<EndpointServiceId>(*name);
  if (work.stands(work.base->endpoint_services, row.id, b.resource())) return;
  if (b.resource().is_new()) work.created.insert(row.id);
  row.head = b.head();
  row.policy_supported = false;
  row.interface_type = !b.gives_any("gateway_load_balancer_arns");
  row.gateway_type = false;
  row.acceptance_required = b.flag("acceptance_required", true);
  row.aws_owned = false;
  row.configured = true;
  const std::string_view state = b.node("state").text();
  row.state = state.empty() || equals_ignoring_case(state, "available") ? State::working : State::not_working;
  for (const char* attribute : {"network_load_balancer_arns", "gateway_load_balancer_arns"}) {
    if (!b.gives_any(attribute) || b.has(attribute) == Has::computed) continue;
    const List<LoadBalancerId> own = b.refs<LoadBalancerId>(attribute, work.base->load_balancers.empty());
    row.balancers.items.insert(row.balancers.items.end(), own.begin(), own.end());
    if (own.open) row.balancers.open = own.open;
  }
  if (b.has("allowed_principals") == Has::value) {
    for (const Node principal : b.node("allowed_principals").items()) {
      row.principals.items.push_back(work.text(principal.text()));
    }
  } else if (b.has("allowed_principals") == Has::unknown) {
    row.principals.open = b.gap("allowed_principals");
  }
  if (!b.resource().is_new()) row.principals.open = beside(work);
  // Until its owner has shown that the domain is theirs, the name is not used (PL-8).
  if (b.gives_any("private_dns_name")) row.private_dns_names.open = b.gap("private_dns_name");
  row.zones.open = b.gap("availability_zones");
  row.connections.open = beside(work);  // who connects from elsewhere
  work.put(work.change.put.endpoint_services, std::move(row));
}

void read_service_principal(const Block& b) {
  const Value<Text> principal = b.text("principal_arn");
  each_service(b, [&](EndpointService& row, GapId gap) {
    if (gap || !principal.known()) {
      row.principals.open = gap ? gap : principal.gap();
    } else {
      row.principals.items.push_back(*principal);
    }
  });
}

// PL-3: the owner accepts the endpoint.
void read_service_accepter(const Block& b) {
  Work& work = b.work();
  const Value<EndpointId> id = b.ref<EndpointId>("vpc_endpoint_id");
  const GapId gap = !b.resource().stays() ? beside(work) : id.known() ? GapId() : id.gap();
  if (id.known() && b.resource().fate != Fate::kept)
    work.row_or_base(work.change.put.endpoints, work.base->endpoints, *id);
  for (Endpoint& row : work.change.put.endpoints) {
    if (id.known() && row.id != *id) continue;
    if (!gap) {
      row.state = State::working;
    } else if (!row.state.known() || id.known()) {
      row.state = gap;
    }
  }
}

}  // namespace sallyport::read::terraform
