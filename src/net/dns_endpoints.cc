#include "net/dns_endpoints.h"

#include <algorithm>
#include <utility>

#include "facts/endpoints.h"
#include "net/dns.h"
#include "net/domain.h"
#include "net/name_book.h"

namespace sallyport::net {
namespace {

class Answering {
 public:
  Answering(const Index& index, const Vpc& vpc, const std::string& name, bool inbound)
      : index_(index), vpc_(vpc), name_(name), inbound_(inbound) {}

  EndpointAnswers run() {
    const Text account = vpc_.head.account;
    if (const GapId missing = index_.cloud().missing(Kind::endpoint, account, vpc_.head.region)) perhaps(missing);
    if (const GapId stray = index_.stray(Kind::endpoint)) perhaps(stray);
    for (const Endpoint* endpoint : index_.endpoints(vpc_.id)) {
      if (!endpoint->type.known() || *endpoint->type == EndpointType::interface) by_service(*endpoint);
      if (!endpoint->type.known() || is_lattice(*endpoint->type)) by_custom_name(*endpoint);
    }
    for (const Endpoint* endpoint : index_.profile_endpoints(vpc_.id)) by_profile(*endpoint);
    by_association();
    return std::move(out_);
  }

 private:
  void perhaps(GapId gap, const Endpoint* endpoint = nullptr) { out_.list.push_back({endpoint, 0, gap}); }

  // DN-12: as in its own VPC. Of one without private DNS no page says what a profile makes.
  void by_profile(const Endpoint& endpoint) {
    if (endpoint.private_dns == Value<bool>(false)) {
      const EndpointNames& names = index_.names().of(index_, endpoint);
      if (covers_any(names) || (names.gap && may_cover(endpoint))) {
        perhaps(index_.gap(GapKind::undocumented, "which names a Route 53 Profile has answered by `" +
                                                      index_.show(endpoint.id) + "`, which has no private DNS"),
                &endpoint);
      }
      return;
    }
    if (!endpoint.type.known() || *endpoint.type == EndpointType::interface) by_service(endpoint);
    if (!endpoint.type.known() || is_lattice(*endpoint.type)) by_custom_name(endpoint);
  }

  bool covers_any(const EndpointNames& names) const {
    return std::any_of(names.names.begin(), names.names.end(),
                       [&](const std::string& pattern) { return covers(pattern, name_); });
  }

  void by_service(const Endpoint& endpoint) {
    const Truth on = truth(endpoint.private_dns) & (inbound_ ? Truth::yes : !truth(endpoint.private_dns_only_inbound));
    if (on == Truth::no) return;
    const EndpointNames& names = index_.names().of(index_, endpoint);
    const auto hit = std::find_if(names.names.begin(), names.names.end(),
                                  [&](const std::string& pattern) { return covers(pattern, name_); });
    const bool listed = hit != names.names.end();
    if (!listed && !(names.gap && may_cover(endpoint))) return;
    out_.reads.push_back(endpoint.id);
    if (!listed || on == Truth::unknown || in_doubt(endpoint)) {
      GapId gap = endpoint.head.gap ? endpoint.head.gap : names.gap;
      if (on == Truth::unknown) {
        gap = endpoint.private_dns.known() ? endpoint.private_dns_only_inbound.gap() : endpoint.private_dns.gap();
      }
      if (!endpoint.state.known()) gap = endpoint.state.gap();
      if (!endpoint.type.known()) gap = endpoint.type.gap();
      return perhaps(gap, &endpoint);
    }
    // Only a working endpoint has its zone; a pending one may not have it yet.
    if (*endpoint.state == State::not_working) return;
    const std::size_t zone = hit->starts_with("*.") ? hit->size() - 2 : hit->size();
    out_.list.push_back({&endpoint, zone, {}});
  }

  static bool in_doubt(const Endpoint& endpoint) {
    return !endpoint.type.known() || !endpoint.state.known() || endpoint.head.gap;
  }

  // Could a name that is not listed be one of this endpoint's? Only a name of the service behind it.
  bool may_cover(const Endpoint& endpoint) const {
    const auto behind = facts::api_service_of_endpoint_service(index_.view(endpoint.service));
    const auto& host = index_.names().behind(name_);
    if (!host) return false;
    // A service of one Region has no names of another (XR-1).
    const std::string_view region = index_.view(endpoint.service_region);
    if (!host->region.empty() && !region.empty() && host->region != region) return false;
    if (!behind || behind->service == nullptr) return true;
    return behind->service == host->service;
  }

  // RE-8: of an endpoint, as AWS tells them; else those that may be.
  void by_custom_name(const Endpoint& endpoint) {
    if (endpoint.private_dns == Value<bool>(false)) return;
    if (endpoint.state == Value<State>(State::not_working)) return;
    for (const Text text : endpoint.custom_names) {
      const std::string domain = lower(index_.view(text));
      if (!is_under(name_, domain)) continue;
      out_.reads.push_back(endpoint.id);
      if (domain != name_) {
        perhaps(below(domain));
      } else if (in_doubt(endpoint) || !endpoint.private_dns.known()) {
        perhaps(!endpoint.private_dns.known() ? endpoint.private_dns.gap()
                : !endpoint.type.known()      ? endpoint.type.gap()
                : !endpoint.state.known()     ? endpoint.state.gap()
                                              : endpoint.head.gap,
                &endpoint);
      } else {
        out_.list.push_back({&endpoint, domain.size(), {}});
      }
    }
    const GapId open = endpoint.custom_names.open;
    if (!open) return;
    if (endpoint.resource) return by_resource(endpoint.resource, &endpoint, open);
    if (const auto* network = index_.cloud()->service_networks.find(endpoint.network))
      return by_network(*network, &endpoint, open);
    by_anything(endpoint.id, open);
  }

  // RE-8: of the VPC's association with a service network. At which address its names lead, no answer says.
  void by_association() {
    bool named = false;
    for (const ServiceNetwork& network : index_.cloud()->service_networks) {
      for (const ServiceNetworkVpc& association : network.vpcs) {
        if (association.vpc != Value<VpcId>(vpc_.id)) continue;
        named = true;
        if (association.state == Value<State>(State::not_working)) continue;
        if (association.private_dns == Value<bool>(false)) continue;
        const GapId gap = association.private_dns.known()
                              ? index_.gap(GapKind::not_modelled, "at which address `" + index_.show(network.id) +
                                                                      "` answers for custom domains in `" +
                                                                      index_.show(vpc_.id) + "`")
                              : association.private_dns.gap();
        by_network(network, nullptr, gap);
      }
    }
    if (named) return;
    // An association shows as a route in the VPC's tables (RE-7), even if nobody listed the network.
    if (!has_lattice_route(index_, vpc_.id)) return;
    by_anything(vpc_.id, index_.gap(GapKind::not_collected,
                                    "with which service network `" + index_.show(vpc_.id) +
                                        "` is associated, and which custom domains it has, is not in the input",
                                    "aws vpc-lattice list-service-network-vpc-associations --vpc-identifier " +
                                        index_.show(vpc_.id)));
  }

  void by_network(const ServiceNetwork& network, const Endpoint* endpoint, GapId gap) {
    if (network.resources.open) by_anything(network.id, network.resources.open);
    for (const ResourceConfigurationId resource : network.resources) by_resource(resource, endpoint, gap);
  }

  void by_resource(ResourceConfigurationId id, const Endpoint* endpoint, GapId gap) {
    const ResourceConfiguration* row = index_.cloud()->resource_configurations.find(id);
    if (row == nullptr) return by_anything(id, gap);
    by_domain(*row, endpoint, gap);
    if (row->kind == Value<ResourceConfigurationKind>(ResourceConfigurationKind::single)) return;
    // A group stands for its children, a database for what AWS puts behind it.
    if (const GapId missing = index_.cloud().missing(Kind::resource_configuration, row->head.account, row->head.region))
      by_anything(id, missing);
    for (const ResourceConfiguration& child : index_.cloud()->resource_configurations) {
      if (!child.group.known() || *child.group == id) by_domain(child, endpoint, gap);
    }
  }

  void by_domain(const ResourceConfiguration& row, const Endpoint* endpoint, GapId gap) {
    if (!row.custom_domain.known()) return by_anything(row.id, row.custom_domain.gap());
    if (row.custom_domain->empty()) return;
    const std::string domain = lower(index_.view(*row.custom_domain));
    if (domain == name_) {
      out_.reads.push_back(row.id);
      perhaps(gap, endpoint);
    } else if (is_under(name_, domain)) {
      out_.reads.push_back(row.id);
      perhaps(below(domain));
    }
  }

  // Of somebody whose domains are not known. That nobody gives a resource a name of AWS's services is taken for
  // granted, and said.
  void by_anything(Ref who, GapId gap) {
    if (index_.names().behind(name_) && !index_.options().strict) {
      out_.assumptions.push_back("`" + index_.show(who) + "` has no custom domain that is a name of AWS's services");
      return;
    }
    perhaps(gap);
  }

  GapId below(const std::string& domain) const {
    return index_.gap(GapKind::undocumented,
                      "whether the zone that VPC Lattice makes of `" + domain + "` answers for names below it");
  }

  const Index& index_;
  const Vpc& vpc_;
  const std::string& name_;
  bool inbound_;
  EndpointAnswers out_;
};

}  // namespace

bool has_lattice_route(const Index& index, VpcId vpc) {
  const auto tables = index.route_tables(vpc);
  return std::any_of(tables.begin(), tables.end(), [](const RouteTable* table) {
    return std::any_of(table->routes.begin(), table->routes.end(),
                       [](const Route& route) { return route.target == RouteTarget::lattice; });
  });
}

EndpointAnswers answering_endpoints(const Index& index, const Vpc& vpc, const std::string& name, bool inbound) {
  return Answering(index, vpc, name, inbound).run();
}

}  // namespace sallyport::net
