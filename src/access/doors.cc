#include "access/doors.h"

#include "facts/endpoints.h"

namespace sallyport::access {

Serves serves(const Cloud& cloud, const Endpoint& endpoint) {
  const auto name = facts::api_service_of_endpoint_service(cloud.view(endpoint.service));
  if (!name || name->service == nullptr) return {};
  const std::string_view region = cloud.view(endpoint.service_region);
  return {std::string(name->service->name), region.empty() ? name->region : std::string(region),
          std::string(name->service->iam_prefix)};
}

bool is_type(const Endpoint& endpoint, EndpointType type) { return endpoint.type.known() && *endpoint.type == type; }

bool works(const Endpoint& endpoint) { return endpoint.state.known() && *endpoint.state == State::working; }

Result<const Endpoint*> endpoint_named(const Cloud& cloud, std::string_view text) {
  const Endpoint* found = nullptr;
  for (const Endpoint& e : cloud->endpoints) {
    const bool named = !e.head.name.empty() && cloud.view(e.head.name) == text;
    if (cloud.id(e.id) != text && !named) continue;
    if (found != nullptr) return fail("`" + std::string(text) + "` is the name of several endpoints", "give an id");
    found = &e;
  }
  if (found == nullptr)
    return fail("no endpoint of the input is called `" + std::string(text) + "`", "give a vpce- id");
  return found;
}

bool leads_to(const Cloud& cloud, const Endpoint& endpoint, const Thing& thing) {
  const std::string_view name = cloud.view(endpoint.service);
  if (name.starts_with("com.amazonaws.vpce.")) return false;
  const auto known = facts::api_service_of_endpoint_service(name);
  if (!known || known->service == nullptr || known->service->iam_prefix.empty()) return true;
  if (known->service->iam_prefix != thing.prefix) return false;
  // Endpoints serve the Region of their service (GE-5).
  const std::string_view region = cloud.view(endpoint.service_region);
  return known->service->global || region.empty() || !thing.region.known() || *thing.region == region;
}

PolicySupport policy_support(const Cloud& cloud, const Endpoint& endpoint) {
  if (endpoint.type.known() && *endpoint.type == EndpointType::gateway) return {Truth::yes, {}};
  const std::string_view name = cloud.view(endpoint.service);
  if (name.starts_with("com.amazonaws.vpce.")) return {Truth::no, {}};  // a vendor's (PL-9)
  for (const EndpointService& service : cloud->endpoint_services) {
    if (cloud.id(service.id) == name && service.head.region == endpoint.head.region &&
        service.policy_supported.known()) {
      return {truth(*service.policy_supported), {}};
    }
  }
  const Truth known = facts::policy_supported(name, facts::EndpointKind::interface);
  if (known != Truth::unknown) return {known, {}};
  return {
      Truth::unknown,
      cloud.registry().gaps.add(
          {GapKind::not_collected, "whether `" + std::string(name) + "` honours an endpoint policy was not collected",
           "aws ec2 describe-vpc-endpoint-services --region " + std::string(cloud.view(endpoint.head.region))})};
}

}  // namespace sallyport::access
