// services-through-endpoints: no flow to a service in use leaves by a public door.
//
// The cause is what has to change: the VPC without an endpoint, the route table that
// lacks the gateway endpoint's route, the endpoint whose names nobody gets, the
// function outside any VPC.
#include <algorithm>
#include <map>
#include <set>

#include "facts/endpoints.h"
#include "guard/endpoints.h"
#include "guard/ground.h"

namespace sallyport::guard {
namespace {

using access::Placement;

std::string id_of(const Cloud& cloud, Ref ref) { return show_symbols(cloud.id(ref)); }

// The route table of the deciding alternative, as the hops have it.
RouteTableId table_on_way(const net::Answer& answer) {
  for (const net::Hop& hop : answer.hops) {
    if (hop.object.kind == Kind::route_table) return hop.object.as<Kind::route_table>();
  }
  return answer.reason.where.as<Kind::route_table>();
}

bool serves_a_service(const net::Target& target) {
  return std::holds_alternative<net::ServiceTarget>(target) || std::holds_alternative<net::ResourceTarget>(target);
}

class Causes {
 public:
  explicit Causes(const Ground& ground) : ground_(ground), cloud_(ground.cloud) {}

  // What has to change for the flow of a workload.
  Ledger::Cause of(const SurveyedFlow& flow, const net::Workload& workload) {
    flow_ = &flow;
    const Placement place = access::placement(cloud_, workload);
    const std::string service = flow_->to_label.service;
    const std::string region = flow_->to_label.region;
    if (place.outside) {
      return {"function-outside-vpc", workload.object, service,
              "`" + id_of(cloud_, workload.object) + "` is attached to no VPC, so it reaches " + service +
                  " from Lambda's own network at public addresses",
              "aws lambda update-function-configuration --function-name " + id_of(cloud_, workload.object) +
                  " --vpc-config SubnetIds=SUBNET,SecurityGroupIds=GROUP"};
    }
    const VpcId vpc = vpc_of(place);
    if (!vpc) return {"public-flow", workload.object, service, "leaves for " + service + " by a public door", ""};
    if (!region.empty() && region != cloud_.view(workload.region)) return other_region(vpc, service, region);
    const std::vector<const Endpoint*> endpoints = endpoints_for(cloud_, vpc, service, region);
    if (endpoints.empty()) return no_endpoint(vpc, service, region);
    for (const Endpoint* e : endpoints) {
      if (!works(*e)) continue;
      if (is_type(*e, EndpointType::gateway)) {
        if (const RouteTableId table = table_on_way(flow_->answer); table && !associated(*e, table)) {
          return {"table-not-associated", table, service,
                  "route table `" + id_of(cloud_, table) + "` has no route to the gateway endpoint `" +
                      id_of(cloud_, e->id) + "`, so " + service + " is reached at its public addresses",
                  "aws ec2 modify-vpc-endpoint --vpc-endpoint-id " + id_of(cloud_, e->id) + " --add-route-table-ids " +
                      id_of(cloud_, table)};
        }
      }
    }
    for (const Endpoint* e : endpoints) {
      if (!works(*e) || !is_type(*e, EndpointType::interface)) continue;
      const DnsEffect effect = private_dns_effect(cloud_, *e);
      if (effect.holds == Truth::no) {
        return {"endpoint-not-named", e->id, service,
                "the ordinary names of " + service + " do not lead to `" + id_of(cloud_, e->id) + "`: " + effect.why,
                "aws ec2 modify-vpc-endpoint --vpc-endpoint-id " + id_of(cloud_, e->id) + " --private-dns-enabled"};
      }
    }
    const auto idle = std::find_if(endpoints.begin(), endpoints.end(), [](const Endpoint* e) { return !works(*e); });
    if (idle != endpoints.end()) {
      return {"endpoint-not-available", (*idle)->id, service,
              "`" + id_of(cloud_, (*idle)->id) + "` is not in state available, so it carries nothing", ""};
    }
    const Ref at = flow_->answer.reason.where ? flow_->answer.reason.where : Ref(endpoints.front()->id);
    Ledger::Cause cause{"endpoint-bypassed", at, service,
                        "there is an endpoint for " + service +
                            ", and yet it is reached at its public addresses: " + flow_->answer.reason.message,
                        ""};
    cause.place = flow_->answer.reason.place;
    return cause;
  }

 private:
  VpcId vpc_of(const Placement& place) const {
    // The deciding alternative's VPC, where a workload has several.
    if (const RouteTable* table = cloud_->route_tables.find(table_on_way(flow_->answer))) {
      if (table->vpc.known()) return *table->vpc;
    }
    return place.vpcs.empty() ? VpcId() : place.vpcs.front();
  }

  bool associated(const Endpoint& endpoint, RouteTableId id) const {
    const auto& tables = endpoint.route_tables;
    return tables.open || std::find(tables.begin(), tables.end(), id) != tables.end();
  }

  Ledger::Cause no_endpoint(VpcId vpc, const std::string& service, const std::string& region) {
    Ledger::Cause cause{
        "no-endpoint", vpc, service,
        "`" + id_of(cloud_, vpc) + "` has no endpoint for " + service + ", so it is reached at its public addresses",
        ""};
    const facts::Service* known = facts::service(service);
    if (known == nullptr) return cause;
    // Gateway endpoints cost nothing and stand first.
    for (const facts::EndpointService& offer : facts::endpoint_services(*known, region)) {
      const bool gateway = offer.kind == facts::EndpointKind::gateway;
      if (!cause.repair.empty() && !gateway) continue;
      cause.repair = "aws ec2 create-vpc-endpoint --vpc-id " + id_of(cloud_, vpc) + " --service-name " + offer.name +
                     (gateway ? " --vpc-endpoint-type Gateway --route-table-ids " + tables_of(vpc)
                              : " --vpc-endpoint-type Interface --private-dns-enabled --subnet-ids SUBNETS");
      if (gateway) break;
    }
    return cause;
  }

  // The tables of the subnets that workloads of the VPC stand in.
  std::string tables_of(VpcId vpc) {
    if (tables_.empty()) {
      for (const net::SourceClass& c : ground_.net.classes()) {
        for (const SubnetId id : access::placement(cloud_, c.members.front()).subnets) {
          const Subnet* subnet = cloud_->subnets.find(id);
          const RouteTableId table = ground_.tables.of(id).table;
          if (table && subnet != nullptr && subnet->vpc.known()) tables_[*subnet->vpc].insert(id_of(cloud_, table));
        }
      }
    }
    std::string text;
    for (const std::string& table : tables_[vpc]) text += (text.empty() ? "" : " ") + table;
    return text.empty() ? "TABLES" : text;
  }

  Ledger::Cause other_region(VpcId vpc, const std::string& service, const std::string& region) const {
    return {"other-region", vpc, service + "." + region,
            "what is in " + region + " is reached at public addresses: an endpoint for " + service +
                " serves its own Region",
            "reach it through an endpoint in " + region + " (peering or cross-Region PrivateLink), or move it"};
  }

  const Ground& ground_;
  const Cloud& cloud_;
  const SurveyedFlow* flow_ = nullptr;
  std::map<VpcId, std::set<std::string>> tables_;
};

}  // namespace

void services_through_endpoints(const Ground& ground, Ledger& ledger) {
  require(ground.cloud, {Kind::instance, Kind::network_interface, Kind::function}, false, ledger);
  Causes causes(ground);
  for (const SurveyedFlow& flow : ground.survey.flows()) {
    if (!serves_a_service(*flow.to)) continue;
    ledger.examined(flow.from->members.size());
    const bool is_public = flow.answer.verdict == net::Verdict::public_;
    const bool may_be = flow.answer.verdict == net::Verdict::unknown && flow.answer.may.has(net::Verdict::public_);
    if (!is_public && !may_be) continue;
    const std::vector<Sample> samples = samples_of(ground.cloud, flow);
    if (may_be) {
      for (const GapId gap : gaps_of(ground.cloud, flow.answer)) {
        for (const Sample& sample : samples) ledger.unknown(gap, sample);
      }
      continue;
    }
    // One cause for the class, but where the workload itself is the cause.
    Ledger::Cause cause = causes.of(flow, flow.from->members.front());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const net::Workload& member = flow.from->members[i];
      if (i > 0 && cause.object == Ref(flow.from->members[i - 1].object)) cause = causes.of(flow, member);
      ledger.violated(cause, samples[i]);
    }
  }
}

}  // namespace sallyport::guard
