// The walk of one packet: its legs there, and the reply's way back (naive.h).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "library/net/naive_balancers.h"
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
  Packet packet;         // as it leaves there
  Ref gateway{};         // it left by this transit gateway
  bool several = false;  // and others behind it
};

enum class Way { switched, local, peering, internet, transit };

Packet reply_to(const Packet& p);

class Walk {
 public:
  Walk(const Cloud& cloud, Choices& choices, const std::vector<Prefix>& ours)
      : cloud_(cloud), choices_(choices), ours_(ours) {}

  Fate send(const Interface& from, const Packet& p);
  Fate send_from_node(const Interface& node, const Packet& p, bool filtered);
  Fate enter(const Packet& p, bool from_service_network);

 private:
  Fate stop(std::string why) const { return {net::Verdict::blocked, {}, std::move(why), false, {}}; }
  Fate lost(std::string why) const { return {net::Verdict::unknown, {}, std::move(why), false, {}}; }
  Fate unsettled(std::string why) const { return {net::Verdict::unknown, {}, std::move(why), true, {}}; }

  Fate arrived() const;
  bool is_ours(Address a) const;
  bool works(const Interface& i) const { return runs(cloud_, i); }

  Fate forward();
  Fate over_transit(const Route& to);
  std::optional<Fate> return_over_transit(const Route& route, const Subnet& from, const Sender& to, const Packet& reply,
                                          bool& switched) const;
  Fate outside_our_vpcs(const Crossed& crossed);
  std::optional<Fate> comes_to(const Crossed& crossed, const Sender& to, const Packet& reply, bool& switched) const;
  Fate leave(const Route& route, Packet p);
  Fate leave_only(const Route& route, const Packet& p);
  std::optional<Fate> blocked_out(bool egress_only) const;
  std::optional<Fate> blocked(Passes passes) const;
  Fate outside(Packet p);
  Fate translate(const Route& route, const Subnet* via = nullptr);
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
  const std::vector<Prefix>& ours_;
  std::vector<Sender> legs_;  // the source, then perhaps NAT gateways
  std::vector<net::Door> doors_;
  InterfaceId at_;
};

}  // namespace sallyport::naive
