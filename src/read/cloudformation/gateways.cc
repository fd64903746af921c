// Internet, egress-only and NAT gateways (IG, NA), peerings (PX).
#include <algorithm>

#include "read/cloudformation/families.h"
#include "read/cloudformation/owners.h"
#include "read/planned/parts.h"
#include "read/planned/peering.h"
#include "read/planned/public_access.h"

namespace sallyport::read::cloudformation {

void read_internet_gateway(const Properties& p) {
  Work& work = p.work();
  InternetGateway row;
  row.id = p.own_id<InternetGatewayId>();
  row.head = p.head();
  work.created.insert(row.id);
  work.put(work.change.put.internet_gateways, std::move(row));
}

// It has no row: what lies behind it, nobody shows (VG-3).
void read_vpn_gateway(const Properties& p) {
  p.work().created.insert(p.registry().ids.intern(Kind::vpn_gateway, p.place().region, p.own_text()));
}

// Of an internet gateway; that of a VPN gateway changes nothing that is read.
void read_gateway_attachment(const Properties& p) {
  Work& work = p.work();
  if (!p.gives("InternetGatewayId")) return;
  const Value<VpcId> vpc = p.ref<VpcId>("VpcId");
  const auto id =
      owner<InternetGatewayId>(p, "InternetGatewayId", work.change.put.internet_gateways, work.base->internet_gateways);
  const GapId gap = p.doubt() ? p.doubt() : !vpc.known() ? vpc.gap() : id.known() ? GapId() : id.gap();
  if (id.known()) work.row_or_base(work.change.put.internet_gateways, work.base->internet_gateways, *id);
  for (InternetGateway& row : work.change.put.internet_gateways) {
    if (id.known() && row.id != *id) continue;
    if (gap) {
      row.vpcs.open = gap;
    } else if (std::find(row.vpcs.begin(), row.vpcs.end(), *vpc) == row.vpcs.end()) {
      row.vpcs.items.push_back(*vpc);
    }
  }
}

void read_egress_only_gateway(const Properties& p) {
  Work& work = p.work();
  EgressOnlyGateway row;
  row.id = p.own_id<EgressOnlyGatewayId>();
  row.head = p.head();
  const Value<VpcId> vpc = p.ref<VpcId>("VpcId");
  if (vpc.known()) {
    row.vpcs.items.push_back(*vpc);
  } else {
    row.vpcs.open = vpc.gap();
  }
  work.created.insert(row.id);
  work.put(work.change.put.egress_only_gateways, std::move(row));
}

namespace {

Value<bool> is_public(const Properties& p) {
  const Value<Text> type = p.text("ConnectivityType");
  if (!type.known()) return type.gap();
  if (p.registry().texts.has_symbol(*type)) return p.gap("ConnectivityType");
  return p.registry().view(*type) != "private";
}

// NA-9: it stands in a VPC and in no subnet. AWS makes the table that belongs to it, and gives it its addresses
// where none are given.
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
void read_regional_gateway(const Properties& p, NatGateway row) {
  Work& work = p.work();
  row.vpc = p.ref<VpcId>("VpcId");
  row.is_public = is_public(p);
  row.table = p.gap("RouteTableId");
  row.every_zone = p.gives("AvailabilityZoneAddresses") ? Value<bool>(p.gap("AutoProvisionZones")) : Value<bool>(true);
  row.addresses.open = p.gap("AvailabilityZoneAddresses");
  work.created.insert(row.id);
  work.put(work.change.put.nat_gateways, std::move(row));
}

}  // namespace

// Default: AWS::EC2::NatGateway, `ConnectivityType` public.
void read_nat_gateway(const Properties& p) {
  Work& work = p.work();
  NatGateway row;
  row.id = p.own_id<NatGatewayId>();
  row.head = p.head();
  row.state = State::working;
  const Value<Text> mode = p.text("AvailabilityMode");
  row.regional = mode.known() && work.registry.view(*mode) == "regional";
  if (row.regional) return read_regional_gateway(p, std::move(row));
  if (!mode.known()) row.head.gap = mode.gap();
  if (mode.known() && work.registry.texts.has_symbol(*mode)) row.head.gap = p.gap("AvailabilityMode");
  row.subnet = p.ref<SubnetId>("SubnetId");
  row.vpc = p.gives("VpcId") ? p.ref<VpcId>("VpcId") : stand_in(work, row.subnet).vpc;
  row.is_public = is_public(p);
  NatAddress address;
  address.private_address =
      p.gives("PrivateIpAddress") ? p.address("PrivateIpAddress") : Value<Address>(p.gap("PrivateIpAddress"));
  address.has_public = !row.is_public.known() || *row.is_public;
  if (address.has_public) address.public_address = p.gap("PublicIp");
  row.addresses.items.push_back(address);
  for (const char* more : {"SecondaryAllocationIds", "SecondaryPrivateIpAddressCount", "SecondaryPrivateIpAddresses"}) {
    if (p.gives(more)) row.addresses.open = p.gap(more);
  }
  work.created.insert(row.id);
  work.put(work.change.put.nat_gateways, std::move(row));
}

void read_public_block(const Properties& p) {
  Value<PublicAccessMode> mode = planned::public_access_mode(p.work(), p.text("InternetGatewayBlockMode"), p.origin());
  if (p.doubt()) mode = p.doubt();
  planned::put_public_access(p.work(), p.head(), mode);
}

void read_public_exclusion(const Properties& p) {
  Head head = p.head();
  if (p.doubt()) head.gap = p.doubt();
  planned::put_exclusion(p.work(), p.own_id<PublicAccessExclusionId>(), head, p.ref<VpcId>("VpcId"),
                         p.ref<SubnetId>("SubnetId"), p.text("InternetGatewayExclusionMode"));
}

// CloudFormation accepts a peering within an account, and across accounts with
// `PeerRoleArn`; else someone else has to.
void read_peering(const Properties& p) {
  Work& work = p.work();
  Registry& registry = work.registry;
  Peering row;
  row.id = registry.ids.get<PeeringId>(p.place().partition, p.own_text());
  row.head = p.head();
  const auto given = [&](const char* property, Text otherwise) {
    const Value<Text> t = p.text(property);
    if (!t.known()) row.head.gap = t.gap();
    return t.known() && !t->empty() ? *t : otherwise;
  };
  const Text peer = given("PeerOwnerId", p.place().account);
  const auto side = [&](const char* property) {
    const Value<Text> vpc = p.text(property);
    return vpc.known() && p.may_be_another(Kind::vpc, *vpc) ? Value<Text>(p.gap(property)) : vpc;
  };
  row.requester = planned::peering_side(work, side("VpcId"), p.place().account, p.place().region, row.head);
  row.accepter = planned::peering_side(work, side("PeerVpcId"), peer, given("PeerRegion", p.place().region), row.head);
  const bool accepted = peer == p.place().account || p.gives("PeerRoleArn") || !p.gives("PeerOwnerId");
  row.state = accepted ? Value<State>(State::working)
                       : Value<State>(once_made(work, "whether `" + p.resource().address + "` is accepted is not known",
                                                p.origin()));
  work.created.insert(row.id);
  work.put(work.change.put.peerings, std::move(row));
}

}  // namespace sallyport::read::cloudformation
