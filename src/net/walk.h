// Walk: one beam from its source to where it ends, hop by hop.
//
// A walk does not look ahead: each step asks the index what stands there and splits
// the beam. Filters are judged for the request and, as ACLs are stateless (AC-3),
// for the reply at once: both see the same addresses and ports on the same way.
// What is not known becomes a doubt (a filter) or ends the walk as unknown (a way).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "net/fate.h"
#include "net/filter.h"
#include "net/index.h"
#include "net/outcome.h"
#include "net/public_access.h"
#include "net/routing.h"

namespace sallyport::net {

// Where traffic starts: an interface, or a place where one will be (a function).
struct Start {
  const Subnet* subnet = nullptr;
  const Vpc* vpc = nullptr;
  List<SecurityGroupId> groups;
  std::vector<PublicAddress> public_addresses;  // of the interface
  GapId public_gap;                             // set: there may be others
  bool surely_public = false;                   // there is one, whose number is not known
  bool function = false;                        // LA-3, LA-4
  Ref object;                                   // the interface; none for a function without one
  bool unfiltered = false;                      // no security group judges what it sends (SG-11, SG-13)
  int balancers = 0;                            // load balancers passed on the way here
};

// What the flow means to reach, beside its address.
struct Goal {
  const Endpoint* endpoint = nullptr;      // by name: its policy and groups hold
  const Interface* interface = nullptr;    // a workload's interface
  const LoadBalancer* balancer = nullptr;  // a load balancer, some interface of it
  std::string host{};                      // the name that was resolved; empty: asked by address
  Side behind64{};                         // a synthesised address (DNS64): the IPv4 addresses that it stands for
};

// The way by transit gateways that brought a beam into the VPC where it stands. The
// reply has to find its own way back to `subnet`, from which the beam had left.
struct Crossing {
  const Subnet* subnet = nullptr;  // null: it came by none
  const Vpc* vpc = nullptr;
  TransitGatewayId gateway;  // the first one
  int gateways = 0;
  const Subnet* entered = nullptr;  // the attachment's subnet by which it came into the VPC where it stands
  TransitAttachmentId by;           // that attachment
};

// An appliance behind a transit gateway, passed by an assumption: the reply has to come back
// through it. `subnet` null: a network function, attached to the gateway itself.
struct Inspected {
  Ref object;
  const Subnet* subnet = nullptr;
  const Vpc* vpc = nullptr;
  const Subnet* entered = nullptr;  // as in Crossing
  TransitAttachmentId by;
};

// A beam on its way. `subnet` and `vpc` are where it stands now.
struct Ray {
  Beam beam;
  Trail trail;
  const Subnet* subnet = nullptr;
  const Vpc* vpc = nullptr;
  const NatGateway* nat = nullptr;   // set: translated; source is the gateway's address
  const Subnet* inside = nullptr;    // translated: the VPC's subnet it came from; null: from another VPC
  const Peering* peering = nullptr;  // set: came over it
  Crossing crossing;
  std::vector<Inspected> inspected;  // in the order of the request
  int legs = 0;                      // subnets left so far: bounds loops
  int balancers = 0;                 // load balancers passed so far, likewise
  Ref appliance{};                   // the last one that it went through unchanged, by an assumption
  bool without_groups = false;       // re-emitted by one: no reference between groups matches (SG-8)
  // Set: a network load balancer forwards it with the client's address; to rules that name
  // groups it comes from these (SG-13).
  const List<SecurityGroupId>* as_groups = nullptr;

  // It came from outside, by an internet gateway: wherever it arrives, it is public.
  bool by_internet() const;
};

class Walker {
 public:
  Walker(const Index& index, Start start, Goal goal)
      : index_(index), start_(std::move(start)), goal_(std::move(goal)) {}

  // From the start's interface; the beam's source lies in the start's subnet.
  Outcomes run(Beam beam, Trail trail);

  // From outside: the beam enters the VPC of `interface` by an internet gateway, to
  // the interface's address (already translated, IG-2).
  Outcomes enter(Beam beam, Trail trail, const Interface& interface);

 private:
  using Rays = std::vector<Ray>;

  // walk.cc: leaving a subnet
  // Ends what metadata and Amazon DNS answer: no route, ACL or group is asked (RT-12,
  // AC-5). The resolver is also at the VPC's first block plus two (DN-1). False:
  // nothing else is left of the ray.
  bool answered_beside(Ray& ray);
  void leave(Ray ray);
  void leave_by(Ray ray, const RouteTable& table);
  template <class Take>
  void each_route(const std::vector<const Route*>& routes, bool random, GapId gap, Take take);
  template <class Walk>
  void one_of(Walk walk, GapId gap);
  void take(Ray ray, const Route* route);
  void take_through(Ray ray, const Route* route);

  // walk_gateways.cc: internet, egress-only, NAT
  void by_internet_gateway(Ray ray, const Route& route);
  void by_egress_only_gateway(Ray ray, const Route& route);
  // VPC Block Public Access: false if it ends here.
  bool open_to_public(Ray& ray, const PublicAccess& access);
  void not_of_this_vpc(Ray ray, const Route& route, const char* door);
  void by_nat_gateway(Ray ray, const Route& route);
  void by_regional_gateway(Ray ray, const Route& route, const NatGateway& nat);
  Truth serves(const NatGateway& nat, const NatAddress& address, const Subnet& subnet) const;
  Side behind(const Side& destination) const;
  // What enters by a gateway and is let in; through the appliance to which an edge table leads.
  void admit(Ray ray, const Subnet& subnet, const Interface& interface);
  void enter_by_appliance(Ray ray, const Route& route);
  // Ends a beam to a public address of the cloud itself there; false: it is none.
  // `seen_as`: the source's public addresses; `unseen` set: they are some of these, or
  // (none given) of any.
  bool to_cloud(Ray& ray, const AddressSet& seen_as, GapId unseen);
  void to_cloud_by_public_address(Ray ray, const Interface& target, AddressSet seen_as, GapId unseen);

  // walk_doors.cc: gateway endpoint, peering, what is not modelled
  void by_gateway_endpoint(Ray ray, const Route& route);
  void by_peering(Ray ray, const Route& route);
  void by_unmodelled(Ray ray, const Route& route);
  GapId behind_nat(const Ray& ray, const std::string& what) const;

  // walk_appliance.cc: through appliances, as far as the user vouches for them
  struct Appliance {
    Ref object;
    const Interface* interface = nullptr;  // null: a Gateway Load Balancer endpoint
    const Subnet* subnet = nullptr;
    Value<State> state;
    GapId gap;
  };
  Appliance appliance_of(const Route& route) const;
  bool appliance_works(const Ray& ray, const Route& route, const Appliance& appliance);
  const Assumption* vouched(const Ray& ray, const Route& route, const Appliance& appliance) const;
  void through_appliance(Ray ray, const Route& route, const Appliance& appliance, const Assumption& assumed);
  void by_appliance(Ray ray, const Route& route);
  void leave_appliance(Ray ray, const Appliance& appliance);
  void leave_translated(Ray ray, const Appliance& appliance);
  void back_through_appliance(Ray& ray, const RouteTable* table, const char* by);

  // walk_transit.cc: through transit gateways, into the VPCs behind them
  void by_transit_gateway(Ray ray, const Route& route);
  void at_gateway(Ray ray, const TransitAttachment& in, const Subnet* entry);
  void to_attachment(Ray ray, const Route* route, const TransitAttachment& in, const Subnet* entry);
  void into_attached_vpc(Ray ray, const TransitAttachment& out, const Subnet* entry);
  GapId not_attached(TransitGatewayId gateway, VpcId vpc) const;
  bool is_local_zone(const Subnet& subnet) const;
  Truth same_zone(const Subnet& a, const Subnet& b) const;
  // The attachment's subnet in the zone of `subnet` (TG-5). No object and no gap: none.
  Found<Subnet> in_zone(const TransitAttachment& attachment, const Subnet& subnet) const;
  // The subnets by which a gateway may hand over what entered it in the zone of `entry`
  // (null: in no zone of this VPC's); a gap: it is not known which of them.
  struct Exits {
    std::vector<const Subnet*> subnets;
    GapId gap;
    bool unseen = false;  // one that is not in the input may be it
  };
  Exits exits(const TransitAttachment& attachment, const Subnet* entry) const;

  // walk_transit_back.cc: the reply's own way, on the beam of the request. Where it stands:
  struct Back {
    const Subnet* subnet = nullptr;
    const Vpc* vpc = nullptr;
    bool ask = false;                   // the ACL of the subnet has yet to be asked for what leaves it
    int gateways = 0;                   // passed so far
    const RouteTable* table = nullptr;  // not the subnet's, but this one
  };
  Rays reply_over_transit(Ray ray, const Subnet& subnet, bool same_subnet);
  Rays reply_from(Ray ray, const Back& at);
  Rays doubted(Ray ray, GapId gap) const;
  Rays reply_by(Ray ray, const Back& at, const Route* back);
  Rays reply_at_gateway(Ray ray, const TransitAttachment& in, const Subnet* entry, int gateways);
  Rays reply_to_attachment(Ray ray, const Route* back, const TransitAttachment& in, const Subnet* entry, int gateways);
  Rays reply_into_vpc(Ray ray, const TransitAttachment& out, const Subnet* entry);

  // walk_inspection.cc: through appliances behind transit gateways, and back
  void by_network_function(Ray ray, const TransitAttachment& out, const Route& route);
  Rays reply_out_of(Ray ray, const Subnet& subnet, const Back& at);
  Rays reply_by_appliance(Ray ray, const Back& at, const Route& back);
  Rays reply_into_inspection(Ray ray, const TransitAttachment& out, const Subnet* entry, int gateways);

  // walk_outside.cc: to other networks of ours
  void by_vpn_gateway(Ray ray, const Route& route);
  void to_outside_attachment(Ray ray, const TransitAttachment& out, const Route& route);
  std::optional<Ray> to_ours(Ray ray, Ref by, Origin place);
  void reached_ours(Ray ray, Door door, Origin place);

  // walk_arrive.cc: into a subnet, to an interface
  void deliver(Ray ray);
  void into_subnet(Ray ray, const Subnet& subnet);
  void in_subnet(Ray ray, const Subnet& subnet);
  void at_goal(Ray ray);
  void at_interface(Ray ray, const Interface& interface);
  void at_endpoint(Ray ray, const Endpoint& endpoint, const Interface* interface);

  // walk_balancer.cc: through load balancers to their targets
  struct Node {  // of a balancer, in one zone
    const Subnet* subnet = nullptr;
    Side addresses;
    Ref object;
  };
  May perhaps(const Ray& ray) const;                    // arrives as it came, or is blocked
  bool unfiltered(const LoadBalancer& balancer) const;  // no group judges what reaches it
  void at_balancer(Ray ray, const LoadBalancer& balancer, const Interface* interface);
  bool usable(Ray& ray, const LoadBalancer& balancer);
  Node node_of(const LoadBalancer& balancer, const Interface* interface, const Subnet& subnet) const;
  void serve(Ray ray, const LoadBalancer& balancer, const Node& node, bool by_private_link);
  void answered(Ray ray, const LoadBalancer& balancer, const char* how);
  void to_group(const Ray& ray, const LoadBalancer& balancer, TargetGroupId id, const Node& node, bool by_private_link);
  Truth same_zone(const LoadBalancer& balancer, const TargetGroup& group, const BalancerTarget& target,
                  const Node& node) const;
  void to_target(Ray ray, const LoadBalancer& balancer, const TargetGroup& group, const BalancerTarget& target,
                 const Node& node, bool by_private_link);
  // The interfaces at which a target may answer; null, with the ray ended, where they are not in the input.
  std::optional<std::vector<const Interface*>> interfaces_of(const Ray& ray, const LoadBalancer& balancer,
                                                             const TargetGroup& group, const BalancerTarget& target);
  AddressSet within_subnet(const Interface& interface, Family family) const;
  void forward(Ray ray, const LoadBalancer& balancer, const Interface* target, Address address, const Node& node);
  void beside_classic(Ray ray, const LoadBalancer& balancer, const Interface& target);
  void forward_as_client(Ray ray, const LoadBalancer& balancer, const Interface& target, const Node& node);

  // walk_provider.cc: through endpoint services of the cloud's own
  void at_provider(Ray ray, const EndpointService& service);
  void to_zone(Ray ray, const LoadBalancer& balancer);

  // walk_lattice.cc: through VPC Lattice to resources and services
  void at_resource_endpoint(Ray ray, const Endpoint& endpoint);
  void at_network_endpoint(Ray ray, const Endpoint& endpoint);
  void at_lattice(Ray ray, const Route& route);
  GapId authorizes(const ServiceNetwork& network) const;
  void to_resource(Ray ray, const ResourceConfiguration& resource);
  void from_gateway(Ray ray, const ResourceGateway& gateway, const ResourceConfiguration& resource,
                    const Subnet& subnet);

  // walk_back.cc: the reply's way
  Rays find_way_back(Ray ray, const Subnet& subnet);
  Truth comes_back(const Ray& ray, const Route* route) const;
  bool comes_back_by_each(const Ray& ray, const std::vector<const RouteTable*>& possible) const;
  GapId crosses_no_acl(const Ray& ray, const Subnet& home, const Route& by) const;

  // walk_filters.cc: what goes on, with doubts added; what is stopped ends here
  template <class Decide>
  Fate as_one(Decide decide) const;
  Rays cross_acl(Ray ray, const Subnet& subnet, Direction direction);  // request and reply
  Rays pass_acl(Ray ray, const Subnet& subnet, Direction direction);
  // `by`: the route that the request takes on, where the reply may come by another.
  Rays pass_reply(Ray ray, const Subnet& subnet, Direction direction, const Route* by = nullptr);
  Rays pass_groups(Ray ray, const List<SecurityGroupId>& groups, VpcId vpc, Direction direction, Ref owner,
                   bool endpoint = false);

  // Ends.
  void arrive(Ray ray, Verdict verdict, Passage passage, Reason reason);
  void stop(const Ray& ray, Reason reason);
  void lost(const Ray& ray, May may, GapId gap, Reason reason);
  May may_be(const Ray& ray) const;  // of a beam that is lost: never public to private addresses

  void hop(Ray& ray, const char* kind, Ref object, std::string detail, Origin place = {}) const;
  std::string show(Ref ref) const { return index_.show(ref); }

  const Index& index_;
  Start start_;
  Goal goal_;
  Outcomes ends_;
};

// Walks each of the routes; where it is not known which is taken, unites what they
// may be.
template <class Take>
void Walker::each_route(const std::vector<const Route*>& routes, bool random, GapId gap, Take take) {
  if (routes.size() == 1 || random) {
    for (const Route* r : routes) take(r);
    return;
  }
  one_of(
      [&] {
        for (const Route* r : routes) take(r);
      },
      gap);
}

// What `walk` ends in is not several alternatives but one of them.
template <class Walk>
void Walker::one_of(Walk walk, GapId gap) {
  Outcomes before = std::move(ends_);
  ends_.clear();
  walk();
  if (!ends_.empty()) {
    Outcome one = either(std::move(ends_));
    if (verdict_of(one.may) == Verdict::unknown) one.trail.doubts.push_back(gap);
    before.push_back(std::move(one));
  }
  ends_ = std::move(before);
}

// Words of the answers.
std::string describe_destination(const Beam& beam);

}  // namespace sallyport::net
