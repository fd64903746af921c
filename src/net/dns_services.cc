// The addresses and names of services, as the cloud and the facts have them.
#include <optional>
#include <utility>

#include "facts/endpoints.h"
#include "facts/names.h"
#include "facts/regions.h"
#include "model/derive.h"
#include "net/dns.h"

namespace sallyport::net {

Side service_addresses(const Index& index, std::string_view service, std::string_view region, Family family) {
  Side side;
  // Without its Region a service's name may lie in any list.
  side.service = !region.empty();
  const facts::Service* known = facts::service(service);
  std::optional<std::string> list_name =
      known == nullptr || region.empty() ? std::nullopt : facts::gateway_prefix_list(*known, region);
  if (list_name) {
    list_name = managed_list_name(*list_name, family);
    side.service_list = index.registry().texts.find(*list_name).value_or(Text());
    for (const PrefixList& list : index.cloud()->prefix_lists) {
      if (side.service_list.empty() || list.head.name != side.service_list) continue;
      std::vector<Interval<Address>> entries;
      for (const Prefix& entry : list.entries) {
        if (entry.family() == family) entries.push_back({entry.first(), entry.last()});
      }
      if (list.entries.complete() && !list.head.gap && !entries.empty()) {
        side.set = AddressSet::of(std::move(entries));
        return side;
      }
    }
  }
  side.set = public_space(family);
  side.gap = index.gap(
      GapKind::not_collected,
      "the public addresses of " + std::string(service) + " in " + std::string(region) + " are not in the input",
      list_name ? "aws ec2 get-managed-prefix-list-entries" : "");
  return side;
}

EndpointNames private_names(const Index& index, const Endpoint& endpoint) {
  EndpointNames result;
  const auto id = index.registry().ids.find(Kind::endpoint_service, endpoint.head.region, endpoint.service);
  const EndpointService* service =
      id ? index.cloud()->endpoint_services.find(id->as<Kind::endpoint_service>()) : nullptr;
  if (service != nullptr) {
    for (const Text name : service->private_dns_names) result.names.emplace_back(index.view(name));
    result.gap = service->head.gap ? service->head.gap : service->private_dns_names.open;
    return result;
  }
  const GapId missing =
      index.gap(GapKind::not_collected,
                "the private names of `" + std::string(index.view(endpoint.service)) + "` were not collected",
                "aws ec2 describe-vpc-endpoint-services --region " + std::string(index.view(endpoint.head.region)));
  const auto known = facts::private_names(index.view(endpoint.service), index.view(endpoint.head.region));
  if (!known || known->basis == facts::Basis::assumed) {
    result.gap = missing;
    return result;
  }
  result.names = known->names;
  if (!known->complete) result.gap = missing;
  return result;
}

}  // namespace sallyport::net
