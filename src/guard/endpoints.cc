#include "guard/endpoints.h"

namespace sallyport::guard {

std::vector<const Endpoint*> endpoints_for(const Cloud& cloud, VpcId vpc, std::string_view service,
                                           std::string_view region) {
  std::vector<const Endpoint*> found;
  for (const Endpoint& endpoint : cloud->endpoints) {
    if (!endpoint.vpc.known() || *endpoint.vpc != vpc) continue;
    const Serves s = serves(cloud, endpoint);
    if (s.service == service && s.region == region) found.push_back(&endpoint);
  }
  return found;
}

DnsEffect private_dns_effect(const Cloud& cloud, const Endpoint& endpoint) {
  const auto no = [](Ref at, std::string why) { return DnsEffect{Truth::no, {}, at, std::move(why)}; };
  const auto unknown = [](GapId gap) { return DnsEffect{Truth::unknown, gap, {}, {}}; };
  if (endpoint.private_dns.known() && !*endpoint.private_dns) return no(endpoint.id, "private DNS is off");
  if (endpoint.private_dns_only_inbound.known() && *endpoint.private_dns_only_inbound) {
    return no(endpoint.id, "private DNS serves inbound resolver endpoints only");
  }
  if (!endpoint.vpc.known()) return unknown(endpoint.vpc.gap());
  const Vpc* vpc = cloud->vpcs.find(*endpoint.vpc);
  if (vpc == nullptr) {
    return unknown(cloud.registry().gaps.add(
        {GapKind::not_collected,
         "`" + std::string(cloud.id(*endpoint.vpc)) + "` is referred to, but is not in the input",
         listing_command(Kind::vpc)}));
  }
  if (vpc->dns_support.known() && !*vpc->dns_support) return no(vpc->id, "`enableDnsSupport` of the VPC is off");
  if (vpc->dns_hostnames.known() && !*vpc->dns_hostnames) return no(vpc->id, "`enableDnsHostnames` of the VPC is off");
  for (const GapId gap : {endpoint.private_dns.gap(), endpoint.private_dns_only_inbound.gap(), vpc->dns_support.gap(),
                          vpc->dns_hostnames.gap(), vpc->custom_dns.gap()}) {
    if (gap) return unknown(gap);
  }
  if (*vpc->custom_dns) {
    const std::string id(cloud.id(vpc->id));
    return unknown(cloud.registry().gaps.add(
        {GapKind::outside, "`" + id + "` uses DNS servers of its own; what they answer is not in the input",
         "let them forward to the VPC's resolver, and say so under `assume:`"}));
  }
  DnsEffect yes;
  yes.holds = Truth::yes;
  return yes;
}

}  // namespace sallyport::guard
