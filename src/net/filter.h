// Filters: network ACLs and security groups on beams.
//
// A filter splits a beam into what it passes, what it stops, and what it may pass
// or stop because something is not known.
#pragma once

#include <string>
#include <vector>

#include "net/answer.h"
#include "net/beam.h"
#include "net/index.h"

namespace sallyport::net {

struct Passed {
  Beam beam;
  Origin place;      // the entry or rule
  Ref by;            // the ACL or group
  std::string what;  // for people: "rule 100 allows tcp from 0.0.0.0/0"
};

struct Doubted {
  Beam beam;
  GapId gap;
};

struct Sifted {
  std::vector<Passed> passed;
  std::vector<Passed> stopped;
  std::vector<Doubted> doubted;
};

// How a packet came into the VPC, as far as references between groups ask (SG-6, TG-9).
struct Carried {
  TransitGatewayId gateway;   // by this one; none: not by a transit gateway
  GapId doubt;                // set: it is not known whether references match
  bool loses_groups = false;  // over several gateways, or to an endpoint: no reference matches
  bool re_emitted = false;    // by an appliance: no reference matches (SG-8)
  // Set: it counts as sent by these groups, whatever its address (SG-13).
  const List<SecurityGroupId>* as_groups = nullptr;
  // Set: the other side is an interface with these groups in this VPC. Where its address is not known, a
  // reference between groups matches by them (SG-5): it has a member's address if it is one.
  const List<SecurityGroupId>* remote_groups = nullptr;
  VpcId remote_vpc;
};

enum class Direction : std::uint8_t { ingress, egress };

// The ACL's entries in one direction: first match decides, nothing matched is
// denied (AC-2). `reply`: the beam is the answer to a request; an ACL does not know
// (AC-3), only the ICMP type tells. Cost: entries x pieces.
Sifted sift(const Index& index, const NetworkAcl& acl, Direction direction, const Beam& beam, bool reply);

// All rules of the groups in one direction, united (SG-1). `vpc` is that of the
// interface that carries the groups: it decides which references are valid (SG-6).
// `groups.open` or a group that is not in the input leaves what no known rule
// allows in doubt.
Sifted sift(const Index& index, const List<SecurityGroupId>& groups, VpcId vpc, Direction direction, const Beam& beam,
            const Carried& carried = {});

// Parts common to both.

// Does a rule's protocol cover the beam's? ICMP rules name types: a request is echo
// (8, 128), its reply 0 or 129; `reply` says which the beam is.
bool covers_protocol(std::int16_t rule, const Beam& beam);
bool covers_icmp(std::int16_t type, std::int16_t code, const Beam& beam, bool reply);

}  // namespace sallyport::net
