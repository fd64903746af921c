// Transit gateways: attachments, route tables with their associations, propagations and routes
// (TG-1, TG-2, TG-5, TG-9, TG-10); what else may put routes into their tables.
#include "read/planned/transit.h"

#include "read/cloudformation/families.h"
#include "read/cloudformation/owners.h"

namespace sallyport::read::cloudformation {
namespace {

// `enable` or `disable`; `otherwise` where nothing is given.
Value<bool> option(const Properties& p, const char* property, Value<bool> otherwise) {
  const Value<Text> word = p.text(property);
  if (!word.known()) return word.gap();
  if (word->empty()) return otherwise;
  if (p.registry().view(*word) == "enable") return true;
  if (p.registry().view(*word) == "disable") return false;
  return p.registry().texts.has_symbol(*word) ? p.gap(property) : p.not_understood(property);
}

// AWS's pages do not agree on the default: that of the template says `disable`, that of the
// EC2 API `enable` (CreateTransitGatewayVpcAttachmentRequestOptions).
GapId undocumented(const Properties& p, const char* property) {
  return p.registry().gaps.add({GapKind::undocumented,
                                "AWS's pages do not agree on what holds for `" + p.resource().address + "` where `" +
                                    property + "` is not given",
                                "give `Options`", p.origin()});
}

// The tables that an unknown id may name: all of the Region.
template <class F>
void each_table(const Properties& p, const Value<TransitTableId>& id, F f) {
  if (id.known()) return f(planned::transit_table_of(p.work(), *id, p.head()));
  take_all(p, p.work().change.put.transit_tables, p.work().base->transit_tables);
  for (TransitTable& row : p.work().change.put.transit_tables) {
    if (row.head.region == p.place().region) f(row);
  }
}

void open_tables_of(const Properties& p, const Value<TransitGatewayId>& gateway, GapId gap) {
  planned::open_tables_of(p.work(), gateway, p.place().region, gap);
}

// Puts an attachment. One that may not be there may still put its routes into the tables.
void attach(const Properties& p, TransitAttachment row) {
  if (p.doubt()) {
    p.work().doubted.emplace(Kind::transit_attachment, p.doubt());
    return open_tables_of(p, row.gateway, p.doubt());
  }
  p.work().created.insert(row.id);
  planned::attach(p.work(), std::move(row), true, {true, true});
}

// The part that is the same whatever the attachment joins.
TransitAttachment begin_attachment(const Properties& p, AttachmentKind kind, std::string_view part = {}) {
  TransitAttachment row;
  row.id = p.own_id<TransitAttachmentId>(part);
  row.head = p.head();
  row.kind = kind;
  row.gateway = p.ref<TransitGatewayId>("TransitGatewayId");
  row.vpc = VpcId();
  row.appliance_mode = row.ipv6 = row.group_referencing = row.dns_support = false;
  return row;
}

}  // namespace

// Defaults: association with and propagation into a table that AWS makes along with it;
// `DnsSupport` enable, `SecurityGroupReferencingSupport` disable.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-transitgateway.html
void read_transit_gateway(const Properties& p) {
  Work& work = p.work();
  TransitGateway row;
  row.id = p.own_id<TransitGatewayId>();
  row.head = p.head();
  row.state = State::working;
  row.group_referencing = option(p, "SecurityGroupReferencingSupport", false);
  row.dns_support = option(p, "DnsSupport", true);
  work.created.insert(row.id);
  planned::TransitDefaults& defaults = work.transit_defaults[row.id];
  defaults.associates = option(p, "DefaultRouteTableAssociation", true);
  defaults.propagates = option(p, "DefaultRouteTablePropagation", true);
  // A table that is given takes the place of the one that AWS makes, once the stack is changed.
  if (p.gives("AssociationDefaultRouteTableId")) defaults.associates = p.gap("AssociationDefaultRouteTableId");
  if (p.gives("PropagationDefaultRouteTableId")) defaults.propagates = p.gap("PropagationDefaultRouteTableId");
  defaults.account = p.place().account;
  const auto off = [](const Value<bool>& v) { return v.known() && !*v; };
  if (!off(defaults.associates) || !off(defaults.propagates)) {
    defaults.table = p.own_id<TransitTableId>("DefaultRouteTable");
    TransitTable table;
    table.id = defaults.table;
    table.head = p.head();
    table.head.name = work.text("default route table of " + p.resource().address);
    table.gateway = row.id;
    work.created.insert(table.id);
    work.put(work.change.put.transit_tables, std::move(table));
  }
  work.put(work.change.put.transit_gateways, std::move(row));
}

void read_transit_table(const Properties& p) {
  Work& work = p.work();
  TransitTable row;
  row.id = p.own_id<TransitTableId>();
  row.head = p.head();
  row.gateway = p.ref<TransitGatewayId>("TransitGatewayId");
  work.created.insert(row.id);
  work.put(work.change.put.transit_tables, std::move(row));
}

// Defaults: `ApplianceModeSupport` and `Ipv6Support` disable.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ec2-transitgatewayattachment-options.html
void read_transit_vpc_attachment(const Properties& p) {
  TransitAttachment row = begin_attachment(p, AttachmentKind::vpc);
  row.vpc = p.ref<VpcId>("VpcId");
  row.subnets = p.refs<SubnetId>("SubnetIds");
  for (const char* change : {"AddSubnetIds", "RemoveSubnetIds"}) {
    if (p.gives(change)) row.subnets.open = p.gap(change);
  }
  GapId gap;
  const Properties options = p.block("Options", gap);
  const auto read = [&](const char* name, Value<bool> otherwise) {
    return gap ? Value<bool>(gap) : option(options, name, otherwise);
  };
  row.appliance_mode = read("ApplianceModeSupport", false);
  row.ipv6 = read("Ipv6Support", false);
  row.group_referencing = read("SecurityGroupReferencingSupport", undocumented(p, "SecurityGroupReferencingSupport"));
  row.dns_support = read("DnsSupport", undocumented(p, "DnsSupport"));
  attach(p, std::move(row));
}

// "After you create the peering attachment, the owner of the accepter transit gateway must accept the
// attachment request." Its other side has the same id in its own Region; only static routes lead there (TG-8).
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-transitgatewaypeeringattachment.html
void read_transit_peering(const Properties& p) {
  Work& work = p.work();
  if (p.doubt()) return;
  TransitAttachment row = begin_attachment(p, AttachmentKind::peering);
  row.table = TransitTableId();  // peerings are never associated by default
  const Value<Text> region = p.text("PeerRegion");
  if (!region.known()) {
    row.peer = region.gap();
  } else if (work.registry.texts.has_symbol(*region)) {
    row.peer = p.gap("PeerRegion");
  } else {
    row.peer = work.registry.ids.get<TransitAttachmentId>(*region, p.own_text());
  }
  row.state = once_made(work, "whether `" + p.resource().address + "` is accepted is not known", p.origin());
  work.created.insert(row.id);
  work.put(work.change.put.transit_attachments, std::move(row));
}

// Of a VPN connection to a transit gateway, or one over which appliances speak BGP: an attachment of which
// nobody shows the routes.
void read_transit_vpn(const Properties& p) {
  planned::doubt_vpn_gateways(
      p.work(), p.place().region,
      once_made(p.work(), "whether `" + p.resource().address + "` works is not known", p.origin()));
  if (p.gives("TransitGatewayId")) attach(p, begin_attachment(p, AttachmentKind::vpn, "Attachment"));
}

void read_transit_connect(const Properties& p) {
  TransitAttachment row = begin_attachment(p, AttachmentKind::connect);
  const GapId gap =
      once_made(p.work(), "the transit gateway of `" + p.resource().address + "` is not read", p.origin());
  row.gateway = gap;  // that of the attachment that it runs over
  attach(p, std::move(row));
}

// Direct Connect and Cloud WAN put routes into tables that no template shows.
void read_transit_routes_of_others(const Properties& p) {
  const GapId gap = p.registry().gaps.add(
      {GapKind::not_modelled, "`" + p.resource().address + "` may put routes into transit gateways",
       "make the stack and collect `aws ec2 search-transit-gateway-routes`", p.origin()});
  open_tables_of(p, gap, gap);
  planned::doubt_vpn_gateways(p.work(), p.place().region, gap);
}

void read_transit_association(const Properties& p) {
  Work& work = p.work();
  const Value<TransitTableId> table = p.ref<TransitTableId>("TransitGatewayRouteTableId");
  const Value<TransitAttachmentId> attachment = p.ref<TransitAttachmentId>("TransitGatewayAttachmentId");
  const GapId gap = p.doubt() ? p.doubt() : attachment.known() ? GapId() : attachment.gap();
  if (attachment.known()) planned::attachment_of(work, *attachment, p.head());
  if (!attachment.known()) take_all(p, work.change.put.transit_attachments, work.base->transit_attachments);
  for (TransitAttachment& row : work.change.put.transit_attachments) {
    if (attachment.known() ? row.id != *attachment : row.head.region != p.place().region) continue;
    row.table = gap ? Value<TransitTableId>(gap) : table;
  }
}

void read_transit_propagation(const Properties& p) {
  const Value<TransitTableId> table = p.ref<TransitTableId>("TransitGatewayRouteTableId");
  const Value<TransitAttachmentId> attachment = p.ref<TransitAttachmentId>("TransitGatewayAttachmentId");
  const GapId gap = p.doubt()            ? p.doubt()
                    : !table.known()     ? table.gap()
                    : attachment.known() ? GapId()
                                         : attachment.gap();
  each_table(p, table, [&](TransitTable& row) {
    planned::propagate(row, attachment.known() ? *attachment : TransitAttachmentId(), gap);
  });
}

void read_transit_route(const Properties& p) {
  const Value<TransitTableId> id = p.ref<TransitTableId>("TransitGatewayRouteTableId");
  if (const GapId gap = p.doubt() ? p.doubt() : id.known() ? GapId() : id.gap()) {
    return each_table(p, id, [&](TransitTable& table) { table.routes.open = gap; });
  }
  TransitRoute route;
  route.place = p.resource().node.origin();
  route.destination = everything(Family::v4);
  const Value<Prefix> destination = p.prefix("DestinationCidrBlock");
  if (destination.known()) {
    route.destination = *destination;
  } else {
    route.gap = destination.gap();
  }
  route.blackhole = p.flag("Blackhole", false);
  const Value<TransitAttachmentId> attachment = p.ref<TransitAttachmentId>("TransitGatewayAttachmentId");
  if (!attachment.known()) {
    route.gap = attachment.gap();
  } else if (p.gives("TransitGatewayAttachmentId")) {
    route.attachments.push_back(*attachment);
  } else {
    route.blackhole = true;
  }
  each_table(p, id, [&](TransitTable& table) { table.routes.items.push_back(route); });
}

}  // namespace sallyport::read::cloudformation
