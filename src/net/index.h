// Index: what the walk looks up, derived once from a cloud.
//
// Immutable after construction. Pointers lead into the cloud, which it shares.
// A look-up that the input cannot answer gives a gap, never a guess.
//
// Every walk asks for groups, network ACLs and tables of VPCs here: so an index can note
// which of them were consulted, and what rests on none that a change touches still holds.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/cloud.h"
#include "model/settings.h"
#include "net/atoms.h"
#include "net/beam.h"
#include "net/consulted.h"
#include "net/engine.h"
#include "net/index_parts.h"

namespace sallyport::net {

// An object, or why it is not known which. `object` null and no gap: there is none.
template <class T>
struct Found {
  const T* object = nullptr;
  GapId gap;
};

class NameBook;

class Index {
 public:
  Index(Cloud cloud, Settings settings, Options options);
  // Of the cloud after a change of nothing but these rules (`changed_rules`) to that of `before`, with its settings
  // and options: answers as an index made anew, and shares what does not hang on rules. Its classes may be several
  // of one of those, in another order. Cost: tables, ACLs, classes.
  Index(const Index& before, Cloud after, std::span<const Ref> changed);
  ~Index();

  // The same index, noting what is consulted in `consulted`, which must outlive it. Cheap.
  Index noting_in(Consulted& consulted) const;

  const Cloud& cloud() const { return cloud_; }
  const Settings& settings() const { return settings_; }
  const Options& options() const { return options_; }
  // What names say by themselves (net/name_book.h).
  const NameBook& names() const { return *names_; }
  Registry& registry() const { return cloud_.registry(); }
  std::string_view view(Text t) const { return cloud_.view(t); }
  std::string show(Ref ref) const;  // the id, for messages

  GapId gap(GapKind kind, std::string what, std::string remedy = {}) const;
  // "`sg-1` is referred to, but is not in the input".
  GapId absent(Ref ref) const;

  // The group, if it is in the input. For all that asks for its rules.
  const SecurityGroup* group(SecurityGroupId id) const;
  // A table that is no subnet's: of a gateway. nullptr: not in the input.
  const RouteTable* route_table(RouteTableId id) const;
  // All tables of a VPC that say so.
  std::span<const RouteTable* const> route_tables(VpcId vpc) const;

  // The table of a subnet: its own, else the VPC's main one (RT-1).
  Found<RouteTable> route_table(const Subnet& subnet) const;
  // Where it is not known which: all that it may be, if none of them is missing; else empty.
  std::vector<const RouteTable*> possible_tables(const Subnet& subnet) const;
  // The ACL of a subnet, else the VPC's default one (AC-1).
  Found<NetworkAcl> network_acl(const Subnet& subnet) const;

  std::span<const Subnet* const> subnets(VpcId vpc) const;
  std::span<const Endpoint* const> endpoints(VpcId vpc) const;
  std::span<const Endpoint* const> profile_endpoints(VpcId vpc) const;  // of others, by a Route 53 Profile (DN-12)
  std::span<const HostedZone* const> zones(VpcId vpc) const;            // private ones associated with it

  // The interface that has this private (or IPv6) address in the VPC; the one that
  // has this public IPv4 address, or this public IPv6 address, anywhere.
  const Interface* interface_at(VpcId vpc, Address address) const;
  const Interface* interface_with_public(Address address) const;
  // All interfaces of the cloud that have this private (or IPv6) address.
  std::span<const std::pair<Address, const Interface*>> interfaces_at(Address address) const;

  // The addresses of the subnet that interfaces have. Cost: as many.
  AddressSet taken(const Subnet& subnet) const;

  std::span<const Interface* const> interfaces_of(const Instance& instance) const;
  // The endpoint that an interface belongs to; nullptr if none says so.
  const Endpoint* endpoint_of(InterfaceId interface) const;
  // The load balancer that an interface belongs to; nullptr if none says so.
  const LoadBalancer* balancer_of(InterfaceId interface) const;
  // The load balancer of that DNS name (lower case); nullptr: none in the input.
  const LoadBalancer* balancer_named(std::string_view host) const;
  // The row that its owner's answers give an endpoint's service; nullptr: somebody else's.
  const EndpointService* own_service(const Endpoint& endpoint) const;
  // Endpoints that go by this name, or by it behind `*.`.
  std::span<const OwnName> own_names(std::string_view name) const;
  // Lambda's interfaces in a subnet (LA-2).
  std::span<const Interface* const> function_interfaces(SubnetId subnet) const;
  // Those of which it is not known in which subnet.
  std::span<const Interface* const> unplaced_function_interfaces() const {
    return parts_->unplaced_function_interfaces;
  }

  // The addresses of the interfaces that carry a group (SG-5); open where
  // interfaces were not collected.
  const Named& members(SecurityGroupId group) const;

  // Objects of a kind of which it is not known in which VPC they are: then "there is
  // none in this VPC" is no claim. 0: there are no such objects.
  GapId stray(Kind kind) const;
  // Set: the workload may have interfaces that are not in the input. An instance's own
  // answer lists them.
  GapId unseen_interface(const Workload& workload) const;
  // Set: an interface of the cloud may have a public address that is not in the input.
  GapId unseen_public() const;
  // Set: in a VPC that is not one of `except`, an interface may have this private address.
  GapId may_be_elsewhere(Address address, const std::vector<VpcId>& except) const;
  // Private zones that may be associated with more VPCs than they name.
  std::span<const HostedZone* const> loose_zones() const { return parts_->loose_zones; }

  // What a rule names.
  Named named(const Prefix& prefix) const;
  Named named(PrefixListId list) const;
  // The same without a copy; null where the list is not in the input.
  const Named* list(PrefixListId list) const;

  // Unlike that of any other index of this process but its noting copies: for what threads keep between calls.
  std::uint64_t serial() const { return serial_; }

  // All addresses of a VPC's blocks (or of a subnet's), of this cloud; a gap where one
  // is unknown.
  const Named& blocks(const Vpc& vpc) const { return parts_->blocks_of_vpc.at(vpc.id.number()); }
  const Named& blocks(const Subnet& subnet) const { return parts_->blocks_of_subnet.at(subnet.id.number()); }

  // Is the gateway attached to the VPC?
  Truth attached(const InternetGateway& gateway, VpcId vpc) const;

  // VPC Block Public Access, as the VPC's owner has set it in its Region; nullptr: not in
  // the input. The exclusions of a VPC or subnet.
  const PublicAccessBlock* public_access_block(const Vpc& vpc) const;
  std::span<const PublicAccessExclusion* const> public_access_exclusions(Ref what) const;

  // Does an edge route table redirect what enters by this gateway (RT-14)?
  const RouteTable* edge_table(Ref gateway) const;

  // The attachment that joins a VPC to a transit gateway; there is one at most.
  Found<TransitAttachment> attachment(TransitGatewayId gateway, VpcId vpc) const;
  // The routes of a transit gateway's table, in the form of a VPC's: `object` is the
  // attachment. Equal cost: one route each.
  const List<Route>& routes(const TransitTable& table) const { return parts_->transit_routes.at(table.id.number()); }
  // May groups of one VPC be named in the other over this gateway (TG-9)?
  Truth referencing(TransitGatewayId gateway, VpcId a, VpcId b) const;

  // Something in the subnet out of which a reply may come that went another way than the
  // request: it crosses no ACL then (AC-9, RT-13). A middlebox (an interface or Gateway
  // Load Balancer endpoint that some route leads to), and an attachment of a transit
  // gateway, if any route leads to one. No gap: nothing of that kind stands there.
  GapId middlebox_in(const Subnet& subnet) const;
  GapId transit_attachment_in(const Subnet& subnet) const;
  const Middleboxes& middleboxes() const { return places_->middleboxes; }

  // The peering of two VPCs, for references between groups (SG-6): yes if active.
  Truth peered(VpcId a, VpcId b) const;

  const std::vector<SourceClass>& classes() const { return *classes_; }
  // Of all prefixes that rules, routes, lists and blocks of the cloud name.
  const Atoms& atoms() const { return *atoms_; }

 private:
  Index(const Index&) = default;

  void noted(Ref rules) const {
    if (consulted_ != nullptr) consulted_->note(rules);
  }
  template <class Row>
  const Row* noted(const Row* row) const {
    noted(Ref(row->id));
    return row;
  }

  Cloud cloud_;
  Settings settings_;
  Options options_;
  std::shared_ptr<const NameBook> names_;
  std::shared_ptr<const IndexParts> parts_;
  std::shared_ptr<const RulePlaces> places_;
  std::shared_ptr<const Atoms> atoms_;
  std::shared_ptr<const std::vector<SourceClass>> classes_;
  std::uint64_t serial_ = 0;
  Consulted* consulted_ = nullptr;
};

}  // namespace sallyport::net
