// Walk: one beam from its source to where it ends, hop by hop.
//
// A walk does not look ahead: each step asks the index what stands there and splits
// the beam. Filters are judged for the request and, as ACLs are stateless (AC-3),
// for the reply at once: both see the same addresses and ports on the same way.
// What is not known becomes a doubt (a filter) or ends the walk as unknown (a way).
#pragma once

#include <string>
#include <vector>

#include "net/filter.h"
#include "net/index.h"
#include "net/outcome.h"
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
};

// What the flow means to reach, beside its address.
struct Goal {
  const Endpoint* endpoint = nullptr;    // by name: its policy and groups hold
  const Interface* interface = nullptr;  // a workload's interface
};

// A beam on its way. `subnet` and `vpc` are where it stands now.
struct Ray {
  Beam beam;
  Trail trail;
  const Subnet* subnet = nullptr;
  const Vpc* vpc = nullptr;
  const NatGateway* nat = nullptr;   // set: translated; source is the gateway's address
  const Peering* peering = nullptr;  // set: came over it
  int legs = 0;                      // subnets left so far: bounds loops
};

class Walker {
 public:
  Walker(const Index& index, Start start, Goal goal) : index_(index), start_(std::move(start)), goal_(goal) {}

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
  void follow(Ray ray, const std::vector<const Route*>& routes, bool random, GapId gap);
  void take(Ray ray, const Route* route);
  void take_through(Ray ray, const Route* route);

  // walk_gateways.cc: internet, egress-only, NAT
  void by_internet_gateway(Ray ray, const Route& route);
  void by_egress_only_gateway(Ray ray, const Route& route);
  void by_nat_gateway(Ray ray, const Route& route);
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

  // walk_arrive.cc: into a subnet, to an interface
  void deliver(Ray ray);
  void into_subnet(Ray ray, const Subnet& subnet);
  void at_goal(Ray ray);
  void at_interface(Ray ray, const Interface& interface);
  void at_endpoint(Ray ray, const Endpoint& endpoint, const Interface* interface);

  // walk_back.cc: the reply's way
  Rays find_way_back(Ray ray, const Subnet& subnet);
  Truth comes_back(const Ray& ray, const Route* route) const;

  // Filters: what goes on, with doubts added; what is stopped ends here.
  Rays cross_acl(Ray ray, const Subnet& subnet, Direction direction);  // request and reply
  Rays pass_acl(Ray ray, const Subnet& subnet, Direction direction);
  Rays pass_reply(Ray ray, const Subnet& subnet, Direction direction);
  Rays pass_groups(Ray ray, const List<SecurityGroupId>& groups, VpcId vpc, Direction direction, Ref owner);

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

// Words of the answers.
std::string describe_destination(const Beam& beam);

}  // namespace sallyport::net
