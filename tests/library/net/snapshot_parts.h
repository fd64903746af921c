// The answers about each kind of object, one Region at a time.
#pragma once

#include <string>
#include <vector>

#include "library/net/json_text.h"
#include "model/cloud.h"

namespace sallyport::generate {

// Writes what belongs to one Region of a cloud.
class Writer {
 public:
  Writer(const Cloud& cloud, std::string region) : cloud(cloud), region(std::move(region)) {}

  const Cloud& cloud;
  std::string region;

  std::string text(Text t) const { return std::string(cloud.view(t)); }
  std::string id(Ref ref) const { return json_string(cloud.id(ref)); }
  bool here(const Head& head) const { return text(head.region) == region; }
  std::string tags(const Head& head) const;
  std::string owner(const Head& head) const { return json_string(text(head.account)); }

  template <class List>
  std::string ids(const List& list) const {
    std::vector<std::string> all;
    for (const auto& item : list) all.push_back(id(item));
    return array(all);
  }
  std::string group_names(const List<SecurityGroupId>& groups) const;

  // Each gives the elements of the answer's list.
  std::vector<std::string> vpcs() const;
  std::vector<std::string> subnets() const;
  std::vector<std::string> route_tables() const;
  std::vector<std::string> network_acls() const;
  std::vector<std::string> security_groups() const;
  std::vector<std::string> interfaces() const;
  std::string interface_of_instance(const Interface& i) const;
  std::vector<std::string> reservations() const;
  std::vector<std::string> internet_gateways() const;
  std::vector<std::string> egress_only_gateways() const;
  std::vector<std::string> nat_gateways() const;
  std::vector<std::string> endpoints() const;
  std::vector<std::string> endpoint_services() const;
  std::vector<std::string> peerings() const;
  std::vector<std::string> functions() const;
  std::vector<std::string> resolver_rules() const;
  std::vector<std::string> resolver_rule_associations() const;
  std::vector<std::string> resolver_endpoints() const;
  std::vector<std::string> resolver_addresses(const ResolverEndpoint& endpoint) const;
  std::string public_access_options() const;  // the object itself
  std::vector<std::string> public_access_exclusions() const;
  std::vector<std::string> transit_gateways() const;
  std::vector<std::string> transit_attachments() const;
  std::vector<std::string> transit_vpc_attachments() const;
  std::vector<std::string> transit_peerings() const;
  std::vector<std::string> transit_tables() const;
  std::vector<std::string> transit_routes(const TransitTable& table) const;
  std::vector<std::string> transit_propagations(const TransitTable& table) const;
};

}  // namespace sallyport::generate
