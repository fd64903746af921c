// Transit gateways as plain values: gateways, attachments, and their route tables.
//
// A packet that enters by an attachment is routed by the table associated with it
// (TG-1); the route leads to another attachment. What is propagated into a table and
// not shown as a route is added by the cloud's builder (TG-2, derive.h).
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/ip.h"
#include "base/value.h"
#include "model/ids.h"
#include "model/network.h"
#include "model/object.h"

namespace sallyport {

struct TransitGateway {
  TransitGatewayId id;
  Head head;
  Value<State> state;             // available = working
  Value<bool> group_referencing;  // SecurityGroupReferencingSupport (TG-9)
  Value<bool> dns_support;        // DnsSupport (DN-13)
};

// What an attachment joins to the gateway.
enum class AttachmentKind : std::uint8_t {
  vpc,
  peering,  // another transit gateway
  vpn,
  direct_connect,
  connect,
  other,  // a network function, a client VPN ...
};

// One gateway's side of an attachment: a peering has a row in each of its Regions.
struct TransitAttachment {
  TransitAttachmentId id;
  Head head;  // account = owner of the gateway
  Value<AttachmentKind> kind;
  Value<State> state;  // available = working
  Value<TransitGatewayId> gateway;
  Value<TransitTableId> table;      // associated (TG-1); none: no association
  Value<TransitAttachmentId> peer;  // peerings: the other side
  // What stands only on attachments of VPCs:
  Value<VpcId> vpc;
  List<SubnetId> subnets;         // one per enabled zone (TG-5)
  Value<bool> appliance_mode;     // TG-10
  Value<bool> ipv6;               // off: IPv6 blocks are not propagated; filters nothing
  Value<bool> group_referencing;  // TG-9
  Value<bool> dns_support;        // DN-13
};

struct TransitRoute {
  std::variant<Prefix, PrefixListId> destination;
  std::vector<TransitAttachmentId> attachments;  // several: equal cost, AWS picks; none: a black hole
  bool propagated = false;
  Value<bool> blackhole;
  GapId gap;  // set: the destination or the attachment is not known
  Origin place;
};

struct TransitTable {
  TransitTableId id;
  Head head;
  Value<TransitGatewayId> gateway;
  List<TransitRoute> routes;
  List<TransitAttachmentId> propagations;  // enabled ones (TG-2)
  // Do `routes` hold what is propagated, too? AWS's own search can leave it out.
  bool shows_propagated = false;
};

}  // namespace sallyport
