#include "net/index.h"

namespace sallyport::net {

void IndexParts::add_balancers(const Cloud& cloud) {
  for (const LoadBalancer& balancer : cloud->load_balancers) {
    for (const InterfaceId id : balancer.interfaces) balancer_of_interface[id.number()] = &balancer;
    if (!balancer.host.empty()) balancer_of_name[cloud.view(balancer.host)] = &balancer;
  }
}

const LoadBalancer* Index::balancer_of(InterfaceId interface) const {
  const auto found = parts_->balancer_of_interface.find(interface.number());
  return found == parts_->balancer_of_interface.end() ? nullptr : found->second;
}

const LoadBalancer* Index::balancer_named(std::string_view host) const {
  constexpr std::string_view dual = "dualstack.";
  if (host.starts_with(dual)) host.remove_prefix(dual.size());
  const auto found = parts_->balancer_of_name.find(host);
  return found == parts_->balancer_of_name.end() ? nullptr : found->second;
}

const EndpointService* Index::own_service(const Endpoint& endpoint) const {
  const Text region = endpoint.service_region.empty() ? endpoint.head.region : endpoint.service_region;
  const auto id = registry().ids.find(Kind::endpoint_service, region, endpoint.service);
  const EndpointService* service = id ? cloud_->endpoint_services.find(id->as<Kind::endpoint_service>()) : nullptr;
  return service != nullptr && service->configured ? service : nullptr;
}

}  // namespace sallyport::net
