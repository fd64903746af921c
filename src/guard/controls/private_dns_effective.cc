// private-dns-effective: where an interface endpoint's private DNS is on, clients of
// its VPC really get its addresses; where it is off, somebody uses its own names.
#include <algorithm>

#include "facts/endpoints.h"
#include "guard/endpoints.h"
#include "guard/ground.h"

namespace sallyport::guard {
namespace {

std::string id_of(const Cloud& cloud, Ref ref) { return show_symbols(cloud.id(ref)); }

// Is `name` equal to `covered`, or below it? `covered` may begin with `*.`.
bool within(std::string_view name, std::string_view covered) {
  if (covered.starts_with("*.")) covered.remove_prefix(2);
  if (name == covered) return true;
  return name.size() > covered.size() && name.ends_with(covered) && name[name.size() - covered.size() - 1] == '.';
}

// The private names of an endpoint: what AWS's answer says, else what the facts
// know; a gap where neither is a full list.
struct Names {
  std::vector<std::string> names;
  GapId gap;
};

Names names_of(const Cloud& cloud, const Endpoint& endpoint) {
  Names result;
  for (const EndpointService& service : cloud->endpoint_services) {
    if (cloud.id(service.id) != cloud.view(endpoint.service) || service.head.region != endpoint.head.region) continue;
    for (const Text name : service.private_dns_names) result.names.emplace_back(cloud.view(name));
    result.gap = service.private_dns_names.open;
    return result;
  }
  const auto known = facts::private_names(cloud.view(endpoint.service), cloud.view(endpoint.head.region));
  if (known) result.names = known->names;
  if (!known || !known->complete) {
    result.gap = cloud.registry().gaps.add(
        {GapKind::not_collected,
         "the private names of `" + std::string(cloud.view(endpoint.service)) + "` were not collected",
         "aws ec2 describe-vpc-endpoint-services --region " + std::string(cloud.view(endpoint.head.region))});
  }
  return result;
}

// Do the zone's records lead to this endpoint (a central endpoint's zone does)?
bool leads_to(const Cloud& cloud, const HostedZone& zone, const Endpoint& endpoint) {
  std::vector<std::string> ours;
  for (const Text name : endpoint.dns_names) ours.emplace_back(cloud.view(name));
  for (const InterfaceId id : endpoint.interfaces) {
    const Interface* interface = cloud->interfaces.find(id);
    if (interface == nullptr) continue;
    for (const Value<Address>& a : interface->addresses) {
      if (a.known()) ours.push_back(to_string(*a));
    }
  }
  const auto is_ours = [&](std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    return std::find(ours.begin(), ours.end(), text) != ours.end();
  };
  return std::any_of(zone.records.begin(), zone.records.end(), [&](const DnsRecord& r) {
    return is_ours(cloud.view(r.alias)) ||
           std::any_of(r.values.begin(), r.values.end(), [&](Text v) { return is_ours(cloud.view(v)); });
  });
}

bool serves_vpc(const HostedZone& zone, VpcId vpc) {
  return std::find(zone.vpcs.begin(), zone.vpcs.end(), vpc) != zone.vpcs.end();
}

class PrivateDns {
 public:
  PrivateDns(const Ground& ground, Ledger& ledger, const Endpoint& endpoint)
      : cloud_(ground.cloud), ledger_(ledger), e_(endpoint), service_(serves(ground.cloud, endpoint)) {
    named_ = service_.service.empty() ? std::string(cloud_.view(e_.service)) : service_.service;
  }

  void on() {
    const DnsEffect effect = private_dns_effect(cloud_, e_);
    if (effect.holds == Truth::unknown) ledger_.unknown(effect.gap);
    if (effect.holds == Truth::no && effect.at.kind == Kind::vpc) {
      const std::string vpc = id_of(cloud_, effect.at);
      const bool support = effect.why.find("enableDnsSupport") != std::string::npos;
      violated("vpc-attribute", effect.at, "private DNS of `" + id_of(cloud_, e_.id) + "` has no effect: " + effect.why,
               "aws ec2 modify-vpc-attribute --vpc-id " + vpc +
                   (support ? " --enable-dns-support" : " --enable-dns-hostnames") + " Value=true");
    }
    if (effect.holds == Truth::no && effect.at == Ref(e_.id)) inbound_only();
    if (effect.holds != Truth::no) shadows();
    if (effect.holds == Truth::yes) gateway_unused();
  }

  void off() {
    if (service_.service.empty()) return;  // a vendor's service: its own names are the usual way
    // Some services have no private DNS to switch on.
    const auto known = facts::private_names(cloud_.view(e_.service), cloud_.view(e_.head.region));
    if (known && known->complete && known->names.empty()) return;
    if (gateway_there()) return;  // S3: the interface serves others, the gateway this VPC
    GapId gap;
    for (const HostedZone& zone : cloud_->hosted_zones) {
      if (leads_to(cloud_, zone, e_)) return;
      if (zone.records.open) gap = zone.records.open;
    }
    if (const GapId missing = cloud_.missing(Kind::hosted_zone, e_.head.account, Text())) gap = missing;
    if (gap) return ledger_.unknown(gap);
    violated("private-dns-off", e_.id,
             "private DNS is off and no private zone leads to `" + id_of(cloud_, e_.id) + "`: only clients that name " +
                 "the endpoint itself (vpce-...) use it, all others reach " + named_ + " at its public addresses",
             "aws ec2 modify-vpc-endpoint --vpc-endpoint-id " + id_of(cloud_, e_.id) + " --private-dns-enabled");
  }

 private:
  void violated(const char* cause, Ref at, std::string message, std::string repair, int worse = 0) {
    ledger_.violated({cause, at, id_of(cloud_, e_.id), std::move(message), std::move(repair), worse});
  }

  const Endpoint* gateway_there() const {
    if (!e_.vpc.known()) return nullptr;
    for (const Endpoint* other : endpoints_for(cloud_, *e_.vpc, service_.service, service_.region)) {
      if (is_type(*other, EndpointType::gateway) && works(*other)) return other;
    }
    return nullptr;
  }

  // S3-1, S3-2: clients of the VPC keep public answers, for the gateway endpoint.
  void inbound_only() {
    if (gateway_there()) return;
    violated("inbound-only-without-gateway", e_.id,
             "private DNS of `" + id_of(cloud_, e_.id) +
                 "` serves inbound resolver endpoints only, and its VPC has no " + "gateway endpoint for " + named_ +
                 ": clients in the VPC reach it at its public addresses",
             "create a gateway endpoint, or: aws ec2 modify-vpc-endpoint --vpc-endpoint-id " + id_of(cloud_, e_.id) +
                 " --dns-options PrivateDnsOnlyForInboundResolverEndpoint=false");
  }

  // DN-7: the most specific private zone answers, and nothing falls through.
  void shadows() {
    const Names names = names_of(cloud_, e_);
    bool relevant_gap = false;
    for (const HostedZone& zone : cloud_->hosted_zones) {
      const bool is_private = zone.is_private.known() && *zone.is_private;
      if (!is_private || !e_.vpc.known() || !serves_vpc(zone, *e_.vpc)) continue;
      const std::string_view domain = cloud_.view(zone.head.name);
      const bool hit =
          std::any_of(names.names.begin(), names.names.end(), [&](const std::string& n) { return within(domain, n); });
      if (!hit) {
        relevant_gap = relevant_gap || domain.find("amazonaws") != std::string_view::npos || domain.ends_with("aws");
        continue;
      }
      if (leads_to(cloud_, zone, e_)) continue;
      violated("zone-shadows", zone.id,
               "the private zone `" + std::string(domain) + "` stands before the private names of `" +
                   id_of(cloud_, e_.id) + "` and does not lead to it",
               "aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id " + id_of(cloud_, zone.id) +
                   " --vpc VPCRegion=" + std::string(cloud_.view(e_.head.region)) + ",VPCId=" + id_of(cloud_, *e_.vpc));
    }
    if (names.gap && relevant_gap) ledger_.unknown(names.gap);
    if (const GapId gap = cloud_.missing(Kind::hosted_zone, e_.head.account, Text())) ledger_.unknown(gap);
  }

  // S3-3: the interface takes all clients; the gateway endpoint carries nothing.
  void gateway_unused() {
    const Endpoint* gateway = gateway_there();
    if (gateway == nullptr) return;
    violated("gateway-unused", gateway->id,
             "private DNS of `" + id_of(cloud_, e_.id) + "` takes all clients of the VPC, so the gateway endpoint `" +
                 id_of(cloud_, gateway->id) + "` carries nothing",
             "aws ec2 modify-vpc-endpoint --vpc-endpoint-id " + id_of(cloud_, e_.id) +
                 " --dns-options PrivateDnsOnlyForInboundResolverEndpoint=true",
             -1);
  }

  const Cloud& cloud_;
  Ledger& ledger_;
  const Endpoint& e_;
  Serves service_;
  std::string named_;
};

}  // namespace

void private_dns_effective(const Ground& ground, Ledger& ledger) {
  require(ground.cloud, {Kind::endpoint}, false, ledger);
  for (const Endpoint& endpoint : ground.cloud->endpoints) {
    if (!endpoint.type.known()) ledger.unknown(endpoint.type.gap());
    if (!is_type(endpoint, EndpointType::interface)) continue;
    if (!endpoint.state.known()) ledger.unknown(endpoint.state.gap());
    if (!works(endpoint)) continue;
    ledger.examined();
    if (!endpoint.private_dns.known()) {
      ledger.unknown(endpoint.private_dns.gap());
    } else if (*endpoint.private_dns) {
      PrivateDns(ground, ledger, endpoint).on();
    } else {
      PrivateDns(ground, ledger, endpoint).off();
    }
  }
}

}  // namespace sallyport::guard
