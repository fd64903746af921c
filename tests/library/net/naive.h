// The independent judge of paths: a packet walker that is too simple to be wrong.
//
// WHY IT EXISTS. The engine answers sets of flows at once, with indexes, sets of
// addresses and classes. This one shares no thought with it: it was written from
// the numbered rules of network semantics alone, walks ONE packet with concrete
// addresses and ports hop by hop and then its reply, and looks everything up by
// going through all rows. No sets, no caches, no indexes: do not make it faster.
// It includes base/, model/ and the enums of net/answer.h, nothing else.
//
// Rules are cited by id in the code: RT routes, IG internet gateways, NA NAT
// gateways, AC network ACLs, SG security groups, GE and IF endpoints, DN and S3
// names, PX peering, LA functions.
//
// It judges fully known clouds only: every value known, every list complete, all
// kinds collected. Where the rules themselves say that the configuration does not
// decide (an appliance, a VPN) the verdict is `unknown`; where they say nothing at
// all the fate is `unsettled`, and no engine may be blamed for its answer.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "library/net/choices.h"
#include "model/cloud.h"
#include "model/settings.h"
#include "net/answer.h"

namespace sallyport::naive {

// ICMP and ICMPv6 packets are echo requests, and echo replies on the way back.
// Ports are those of TCP and UDP, 0 for all else.
struct Packet {
  Address source;
  Address destination;
  std::int16_t protocol = tcp;
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  bool reply = false;
};

// What became of one packet and its reply. `doors` in order of passing.
struct Fate {
  net::Verdict verdict = net::Verdict::blocked;
  std::vector<net::Door> doors;
  std::string why;
  bool unsettled = false;
  InterfaceId at;  // who got the request; none: a service or somebody outside
};

// What no AWS answer says, and the user does.
struct Given {
  std::vector<Prefix> ours;             // networks behind VPNs and Direct Connect (VG-3)
  std::vector<Assumption> assumptions;  // what appliances let through (GW-3)
};

// A packet that leaves this interface; private only if the reply comes back.
Fate walk(const Cloud& cloud, const Interface& from, const Packet& packet, Choices& choices, const Given& given = {});

// A packet from a public address outside the cloud.
Fate walk_from_internet(const Cloud& cloud, const Packet& packet, Choices& choices, const Given& given = {});

// A packet of a function outside any VPC (LA-1).
Fate walk_from_service_network(const Cloud& cloud, const Packet& packet, Choices& choices, const Given& given = {});

struct Internet {};
struct Host {
  std::string name;  // lower case
};
struct Service {
  std::string name;    // `s3`
  std::string region;  // `eu-central-1`
};
// A Ref is an instance, function or interface; as target also an endpoint, a bucket
// or a table: these two mean their service, by the names that SDKs use for them.
using From = std::variant<Ref, Address, Internet>;
using To = std::variant<Ref, Address, Internet, Host, Service>;

struct Question {
  From from;
  To to;
  std::int16_t protocol = tcp;
  std::uint16_t port = 443;
};

// All packets that a question stands for, taken together: public if any is, else
// unknown, else private, else blocked.
struct Judgement {
  net::Verdict verdict = net::Verdict::blocked;
  bool degraded = false;         // private, and other packets were blocked
  std::vector<net::Door> doors;  // the naming doors of all packets with that verdict, distinct
  net::May worlds;               // the verdicts under each assumption about what nobody knows
  bool unsettled = false;        // a packet met something that the rules do not say
  std::string why;               // of one packet with that verdict
  std::size_t packets = 0;
  std::set<std::string> met;  // rarer rules that a packet or its name met: "NA-8", "RE-2" ...
};

// Where an address is not knowable (that of an AWS service without prefix list),
// each candidate is a world of its own: one verdict per world, and `unknown` if
// they differ.
Judgement judge(const Cloud& cloud, const Question& question, const Given& given = {});

}  // namespace sallyport::naive
