// The addresses and names of services, as the cloud and the facts have them.
#include <algorithm>
#include <optional>
#include <utility>

#include "facts/endpoints.h"
#include "facts/names.h"
#include "facts/regions.h"
#include "model/derive.h"
#include "model/later.h"
#include "net/dns.h"
#include "net/domain.h"

namespace sallyport::net {

namespace {

// An IPv6 block is one VPC's alone: no service answers at an address of it. (IPv4 blocks are taken at will.)
AddressSet blocks_of_vpcs(const Index& index) {
  std::vector<Interval<Address>> blocks;
  for (const Vpc& vpc : index.cloud()->vpcs) {
    for (const Value<Prefix>& block : vpc.cidrs) {
      if (block.known() && block->family() == Family::v6 && !is_later(*block))
        blocks.push_back({block->first(), block->last()});
    }
  }
  return AddressSet::of(std::move(blocks));
}

}  // namespace

Side service_addresses(const Index& index, std::string_view service, std::string_view region, Family family) {
  Side side;
  // Without its Region a service's name may lie in any list; and whether S3's own holds the addresses of S3's control
  // names no page says.
  side.service = !region.empty() && service != "s3control";
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
  side.set = family == Family::v6 ? public_space(family) - blocks_of_vpcs(index) : public_space(family);
  side.gap = index.gap(
      GapKind::not_collected,
      "the public addresses of " + std::string(service) + " in " + std::string(region) + " are not in the input",
      list_name ? "aws ec2 get-managed-prefix-list-entries" : "");
  return side;
}

namespace {

// What the answers say of the service: asked in the endpoint's Region, or in the service's own (XR-1).
const EndpointService* service_of(const Index& index, const Endpoint& endpoint) {
  for (const Text region : {endpoint.head.region, endpoint.service_region}) {
    const auto id = index.registry().ids.find(Kind::endpoint_service, region, endpoint.service);
    const EndpointService* row = id ? index.cloud()->endpoint_services.find(id->as<Kind::endpoint_service>()) : nullptr;
    if (row != nullptr) return row;
  }
  return nullptr;
}

// An endpoint's answer names private names among its own; whether all of them, AWS does not say.
void add_shown_names(const Index& index, const Endpoint& endpoint, std::vector<std::string>& names) {
  for (const Text entry : endpoint.dns_names) {
    std::string name(index.view(entry));
    if (name.find("vpce") != std::string::npos) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
}

}  // namespace

EndpointNames private_names(const Index& index, const Endpoint& endpoint) {
  EndpointNames result;
  if (const EndpointService* service = service_of(index, endpoint)) {
    for (const Text name : service->private_dns_names) result.names.emplace_back(index.view(name));
    result.gap = service->head.gap ? service->head.gap : service->private_dns_names.open;
    if (result.gap) add_shown_names(index, endpoint, result.names);
    return result;
  }
  const Text own = endpoint.head.region;
  const Text region = endpoint.service_region.empty() ? own : endpoint.service_region;
  const GapId missing =
      index.gap(GapKind::not_collected,
                "the private names of `" + std::string(index.view(endpoint.service)) + "` were not collected",
                "aws ec2 describe-vpc-endpoint-services --region " + std::string(index.view(own)) +
                    (region == own ? "" : " --service-regions " + std::string(index.view(region))));
  const auto known = facts::private_names(index.view(endpoint.service), index.view(region));
  if (!known || known->basis == facts::Basis::assumed) {
    result.gap = missing;
    add_shown_names(index, endpoint, result.names);
    return result;
  }
  result.names = known->names;
  if (!known->complete) result.gap = missing;
  if (result.gap) add_shown_names(index, endpoint, result.names);
  return result;
}

namespace {

// A zonal name has the zone behind the endpoint's id and suffix:
// `vpce-0a1-x2y3-eu-central-1a.lambda.eu-central-1.vpce.amazonaws.com`.
std::string zone_in(const Index& index, const Endpoint& endpoint, std::string_view pattern) {
  const std::string_view first = pattern.substr(0, pattern.find('.') == 1 ? pattern.find('.', 2) : pattern.find('.'));
  for (const SubnetId id : endpoint.subnets) {
    const Subnet* subnet = index.cloud()->subnets.find(id);
    if (subnet != nullptr && !subnet->zone.empty() && first.ends_with("-" + std::string(index.view(subnet->zone)))) {
      return std::string(index.view(subnet->zone));
    }
  }
  return {};
}

}  // namespace

std::optional<NamedEndpoint> endpoint_named(const Index& index, const std::string& name) {
  if (name.find("vpce") == std::string::npos) return std::nullopt;
  const OwnName* first = nullptr;
  for (std::string_view rest = name; !rest.empty();) {  // the name, then what stands behind each dot
    for (const OwnName& own : index.own_names(rest)) {
      if (!covers(own.pattern, name) && !is_under(name, own.pattern)) continue;
      if (first == nullptr || own.order < first->order) first = &own;
    }
    const std::size_t dot = rest.find('.');
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  if (first == nullptr) return std::nullopt;
  return NamedEndpoint{first->endpoint, zone_in(index, *first->endpoint, first->pattern)};
}

const PlatformWorkload* file_system_named(const Index& index, std::string_view name) {
  if (name.find(".efs.") == std::string_view::npos) return nullptr;
  for (const PlatformWorkload& row : index.cloud()->platform_workloads) {
    if (row.what == Kind::file_system && !row.host.empty() && index.view(row.host) == name) return &row;
  }
  return nullptr;
}

}  // namespace sallyport::net
