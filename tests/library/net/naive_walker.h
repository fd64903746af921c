// The walk of one packet: its legs there, and the reply's way back (naive.h).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "library/net/naive_balancers.h"
#include "library/net/naive_inspection.h"
#include "library/net/naive_public_access.h"
#include "library/net/naive_rules.h"
#include "library/net/naive_transit.h"

namespace sallyport::naive {

// From where a leg of the way starts: the workload's interface, or the NAT gateway
// that took over. No subnet: outside the cloud.
struct Sender {
  const Subnet* subnet = nullptr;
  VpcId vpc;
  std::optional<Address> public_address;
  bool is_nat = false;
  Packet packet;                                         // as it leaves there
  Ref gateway{};                                         // it left by this transit gateway
  bool several = false;                                  // and others behind it
  const RouteTable* table = nullptr;                     // a regional NAT gateway's own; `subnet` is then its client's
  const std::vector<SecurityGroupId>* groups = nullptr;  // of a sender whose address nobody knows
  // Where the packet stands, and the appliances that it has met.
  const Subnet* at = nullptr;
  VpcId at_vpc{};
  const Subnet* entered = nullptr;  // by this subnet a transit gateway handed it over
  std::vector<Inspected> boxes{};
};

enum class Way { switched, local, peering, internet, transit };

Packet reply_to(const Packet& p);

// NA-8: the IPv4 address in one of 64:ff9b::/96, and the way round.
std::optional<Address> behind_nat64(Address a);
Address as_nat64(Address a);

class Walk {
 public:
  Walk(const Cloud& cloud, Choices& choices, const Given& given) : cloud_(cloud), choices_(choices), given_(given) {}

  Fate send(const Interface& from, const Packet& p);
  Fate send_from_gateway(const ResourceGateway& gateway, const Subnet& subnet, const Packet& p);
  Fate send_from_node(const Interface& node, const Packet& p, bool filtered);
  Fate enter(const Packet& p, bool from_service_network);

 private:
  Fate stop(std::string why) const { return {net::Verdict::blocked, {}, std::move(why), false, at_}; }
  Fate lost(std::string why) const { return {net::Verdict::unknown, {}, std::move(why), false, at_}; }
  Fate unsettled(std::string why) const { return {net::Verdict::unknown, {}, std::move(why), true, {}}; }

  Fate arrived() const;
  bool is_ours(Address a) const;
  bool works(const Interface& i) const { return runs(cloud_, i); }

  void start(Sender s);
  Fate forward();
  Fate into_inspection(const Route& route, bool asked);
  Fate enter_inspected(const Route& route, const Interface& to, const Packet& p);
  Fate out_past_inspection(const Interface& to, const Packet& reply, const Route& route);
  std::optional<Fate> lead_back(const Subnet* from, VpcId vpc, const RouteTable* table, const Packet& reply,
                                const Sender& to, bool asked) const;
  std::optional<Fate> back_from_internet(const Packet& reply) const;
  Fate over_transit(const Route& to);
  std::optional<Fate> return_over_transit(const Route& route, const Subnet& from, const Sender& to, const Packet& reply,
                                          bool& switched) const;
  Fate outside_our_vpcs(const Crossed& crossed);
  std::optional<Fate> comes_to(const Crossed& crossed, const Sender& to, const Packet& reply, bool& switched) const;
  Fate out_of_another_vpc(const Packet& p) const;
  Fate leave(const Route& route, Packet p);
  Fate leave_only(const Route& route, const Packet& p);
  std::optional<Fate> blocked_out(bool egress_only) const;
  std::optional<Fate> blocked(Passes passes) const;
  Fate outside(Packet p);
  Fate translate(const Route& route, const Subnet* via = nullptr);
  Fate translate_in_zone(const Route& route, const NatGateway& nat, const Packet& inside);
  void go_out_as(Sender& next, const NatGateway& nat, const NatAddress& address);
  Fate leave_regional();
  Fate to_lattice();
  Fate behind_resource(const Endpoint& endpoint, const Packet& p);
  Fate to_service(const Route& route, const Packet& p);
  Fate across(const Route& route, const Packet& p);
  Fate into_appliance(const Route& route);
  Fate deliver(VpcId vpc, const Packet& p, Way way, const Subnet* via = nullptr);
  Fate arrive(const Interface& to, const Packet& p, Way way, const Subnet* via = nullptr);
  std::optional<Fate> what_lies_behind(const Interface& to, const LoadBalancer* balancer, const Packet& p);
  Fate answer_from(const Interface& to, Packet p, Way way);
  bool attached_in(const Subnet& subnet) const;
  static Packet seen_by(const Sender& s, const Packet& reply);
  Fate back(const Packet& p, bool switched);
  std::optional<Fate> behind_nat() const;
  Fate lost_on_the_way(std::string why) const;
  const Endpoint* endpoint_of(const Interface& i) const;
  template <class List, class Item>
  static bool contains(const List& list, const Item& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  }

  const Cloud& cloud_;
  Choices& choices_;
  const Given& given_;
  std::vector<Sender> legs_;  // the source, then perhaps NAT gateways
  std::vector<net::Door> doors_;
  InterfaceId at_;
};

}  // namespace sallyport::naive
