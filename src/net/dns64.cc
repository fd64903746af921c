// DNS64: IPv6 addresses that Amazon's resolver makes for names without any, so that a NAT
// gateway can translate (NA-8).
//
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
#include <algorithm>
#include <variant>

#include "net/destination.h"

namespace sallyport::net {

Truth makes_addresses(const Subnet& subnet) { return truth(subnet.dns64); }

std::vector<Destination> seen_by_ipv6(const Index& index, const Subnet& subnet,
                                      const std::vector<Destination>& option) {
  std::vector<Destination> all = option;
  const Truth makes = makes_addresses(subnet);
  const bool has_own = std::any_of(option.begin(), option.end(), [](const Destination& d) {
    return d.has_side && !d.side.set.empty() && d.side.set.front().family == Family::v6;
  });
  // It is Amazon's resolver that makes them, not servers of one's own.
  const Vpc* vpc = subnet.vpc.known() ? index.cloud()->vpcs.find(*subnet.vpc) : nullptr;
  const bool other_servers = vpc != nullptr && truth(vpc->custom_dns) == Truth::yes;
  if (makes == Truth::no || has_own || other_servers) return all;
  for (const Destination& d : option) {
    if (!d.has_side || d.host.empty() || d.side.set.empty()) continue;
    Destination made = d;
    made.goal.behind64 = d.side;
    made.side.set = synthesised(d.side.set);
    made.side.service_list = {};  // its own IPv4 list does not hold them
    made.hops.push_back({"dns", subnet.id, {}, "DNS64 makes IPv6 addresses of the IPv4 ones", subnet.head.origin});
    if (makes == Truth::unknown) {
      made.has_side = false;
      made.failed.may = May::anything();
      made.failed.trail.doubts.push_back(subnet.dns64.gap());
      Passage passage;
      passage.certain = false;
      made.failed.passages.push_back(std::move(passage));
      made.failed.reason = {"DNS_UNKNOWN", index.registry().gaps[subnet.dns64.gap()].what, subnet.id, {}};
    }
    all.push_back(std::move(made));
  }
  return all;
}

bool routes_to_nat64(const Index& index, const Vpc& vpc) {
  const auto leads = [](const Route& r) {
    const auto* prefix = std::get_if<Prefix>(&r.destination);
    return r.target == RouteTarget::nat_gateway && (prefix == nullptr || prefix->family() == Family::v6);
  };
  const auto tables = index.route_tables(vpc.id);
  return std::any_of(tables.begin(), tables.end(),
                     [&](const RouteTable* t) { return std::any_of(t->routes.begin(), t->routes.end(), leads); });
}

}  // namespace sallyport::net
