// The judge's transit gateways: one packet through them, from subnet to subnet.
#pragma once

#include "library/net/naive_rules.h"

namespace sallyport::naive {

struct Crossed {
  enum class End { arrived, dropped, unknown, unsettled };
  End end = End::dropped;
  std::string why;
  VpcId vpc;                                   // arrived: where
  const Subnet* at = nullptr;                  // the attachment's subnet by which it enters
  std::vector<net::Door> doors;                // the gateways
  const TransitAttachment* outside = nullptr;  // unknown: a VPN or Direct Connect that it left by
  std::vector<Ref> passed{};                   // TG-12: firewalls of the gateways, in order
  bool appliance_mode = false;                 // arrived: of the attachment
};

// A packet of `from` that its table has sent to `gateway` and its ACL let out; up to
// where another VPC's attachment hands it over (TG-1, TG-3, TG-5, TG-10, AC-9).
Crossed cross(const Cloud& cloud, const Given& given, Ref gateway, const Subnet& from, const Packet& packet,
              Choices& choices);

// The same for what comes in by an attachment: the reply from behind a VPN.
Crossed cross_from(const Cloud& cloud, const Given& given, const TransitAttachment& in, const Packet& packet,
                   Choices& choices);

// TG-9: do the gateway and both attachments allow references between the VPCs?
bool references(const Cloud& cloud, TransitGatewayId gateway, VpcId a, VpcId b);

}  // namespace sallyport::naive
