// Answer: the verdict of one flow, and all that explains it.
//
// A flow has alternatives (interfaces, subnets, source addresses, names, the
// addresses that they resolve to, client ports, choices AWS makes at random). Its
// verdict is `public` if any alternative is, else `unknown` if any is, else
// `private` if any is (`degraded` where others are blocked), else `blocked`.
// `hops`, `doors` and `reason` are those of the deciding alternative.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/gap.h"
#include "base/interval_set.h"
#include "base/origin.h"
#include "model/ids.h"

namespace sallyport::net {

enum class Verdict : std::uint8_t { private_, public_, blocked, unknown };

// A set of decided verdicts: what an unknown flow may turn out to be.
class May {
 public:
  constexpr May() = default;
  constexpr May(Verdict v) : bits_(static_cast<std::uint8_t>(1u << static_cast<unsigned>(v))) {}
  static constexpr May anything() { return May(Verdict::private_) | May(Verdict::public_) | May(Verdict::blocked); }
  constexpr bool has(Verdict v) const { return bits_ >> static_cast<unsigned>(v) & 1u; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr May operator|(May a, May b) {
    May m;
    m.bits_ = static_cast<std::uint8_t>(a.bits_ | b.bits_);
    return m;
  }
  friend constexpr bool operator==(May, May) = default;

 private:
  std::uint8_t bits_ = 0;  // never holds `unknown`
};

// The doors of DESIGN.md, in its order.
enum class DoorKind : std::uint8_t {
  gateway_endpoint,
  interface_endpoint,
  resource_endpoint,
  service_network_endpoint,
  gateway_load_balancer_endpoint,
  peering,
  transit_gateway,
  cloud_wan,
  vpn_gateway,
  direct_connect,
  nat_gateway,
  internet_gateway,
  egress_only_gateway,
  local_gateway,
  carrier_gateway,
  lattice,
  appliance,
  service,
  front_door,
  local,
};

struct Door {
  DoorKind kind = DoorKind::local;
  Ref object;  // none for `service`, `front_door`, `local`
  friend bool operator==(const Door&, const Door&) = default;
};

// One step of a flow. `kind` is the word of the answers: a Kind's name,
// `security-group`, `network-acl`, `route-table`, `dns`, `service`, `internet` ...
struct Hop {
  const char* kind = "";
  Ref object;          // what was passed; none where it has no id
  std::string id;      // what to show where there is no object: a host name, an address
  std::string detail;  // why it passed or stopped, for people
  Origin place;        // the rule, entry or route that decided
};

struct Reason {
  const char* code = "";  // a reason code of network.md section 19, or ours
  std::string message;
  Ref where;  // the object that decided
  Origin place;
};

// How a request that takes one of the flow's alternatives arrives at a service:
// what the network condition keys are made of (NK-1..4, NK-15).
struct Passage {
  Door door;
  Ref endpoint;                 // the VPC endpoint it came through; none: by public address
  Ref vpc;                      // VPC of that endpoint
  AddressSet source_addresses;  // endpoint: private ones (aws:VpcSourceIp); else public ones (aws:SourceIp)
  bool source_exact = false;    // false: `source_addresses` only bounds them (empty: nothing known)
  bool certain = true;          // false: it is not known whether this alternative gets through
  friend bool operator==(const Passage&, const Passage&) = default;
};

struct Answer {
  Verdict verdict = Verdict::unknown;
  bool degraded = false;
  May may;                  // of a decided verdict: just that one
  Door door;                // the door that names the flow; only if private or public
  std::vector<Door> doors;  // all, in the order of passing
  Reason reason;
  std::vector<Hop> hops;
  std::vector<Passage> passages;         // of all alternatives that get or may get through, distinct
  std::vector<GapId> gaps;               // why it is unknown; sorted by number
  std::vector<std::string> assumptions;  // what it rests on beside the input (`assume:`, defaults)
  std::vector<Ref> reads;                // the objects the answer rests on, sorted, distinct
  bool has_door() const { return verdict == Verdict::private_ || verdict == Verdict::public_; }
};

const char* name(Verdict v);   // "private", "public", "blocked", "unknown"
const char* name(DoorKind k);  // "gateway-endpoint" ...

// The door that stands for a flow: the endpoint if there is one, else the first
// NAT, egress-only or internet gateway, else the first door.
Door naming_door(const std::vector<Door>& doors);

}  // namespace sallyport::net
