// Hosted zones, their VPCs and records (DN-7..9).
#include "read/planned/zones.h"

#include "read/terraform/families.h"
#include "read/terraform/owners.h"

namespace sallyport::read::terraform {
namespace {

void add_vpc(const Block& b, HostedZone& zone) {
  const Value<Text> vpc = b.named("vpc_id", Kind::vpc);
  const bool has_region = b.has("vpc_region") == Has::value || b.has("vpc_region") == Has::unknown;
  const Value<Text> region = has_region ? b.text("vpc_region") : Value<Text>(Text());
  if (!vpc.known() || !region.known()) {
    zone.vpcs.open = vpc.known() ? region.gap() : vpc.gap();
    return;
  }
  const Text where = region->empty() ? b.place().region : *region;
  zone.vpcs.items.push_back(b.registry().ids.get<VpcId>(where, *vpc));
}

// The zone leaves a VPC.
void take_vpc(const Block& b, HostedZone& zone) {
  HostedZone gone;
  add_vpc(b, gone);
  if (gone.vpcs.open) zone.vpcs.open = gone.vpcs.open;
  for (const VpcId vpc : gone.vpcs) std::erase(zone.vpcs.items, vpc);
}

// The zones that something with a `zone_id` may belong to.
template <class F>
void each_zone(const Block& b, F f) {  // `f` takes each, and a gap where it is not known which
  Work& work = b.work();
  const Value<Text> name = b.named("zone_id", Kind::hosted_zone);
  if (!name.known()) {
    take_base(b, "zone_id", Value<HostedZoneId>(name.gap()), work.change.put.hosted_zones, work.base->hosted_zones);
    for (HostedZone& row : work.change.put.hosted_zones) f(row, name.gap());
    return;
  }
  const HostedZoneId id = work.registry.ids.get<HostedZoneId>(b.place().partition, *name);
  if (b.resource().fate == Fate::kept && work.base->hosted_zones.find(id) != nullptr) return;
  if (HostedZone* row = work.row_or_base(work.change.put.hosted_zones, work.base->hosted_zones, id)) f(*row, GapId());
}

// The provider adds the zone's name where it is missing.
Value<Text> full_name(const Block& b, const HostedZone& zone) {
  const Value<Text> written = b.text("name");
  if (!written.known()) return written;
  const std::string name = planned::plain_domain(b.registry().view(*written));
  const std::string_view domain = b.registry().view(zone.head.name);
  if (domain.empty() || name == domain || name.ends_with("." + std::string(domain))) return b.registry().text(name);
  return b.registry().text(name.empty() ? std::string(domain) : name + "." + std::string(domain));
}

// Takes a record away that goes, changes or is written over. A gap: which of the zone's it is cannot be told: there are
// several of a name and type (`set_identifier`), or its type changes.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
GapId take_record(const Block& b, HostedZone& zone, const planned::WrittenRecord& record) {
  const bool was_there = !b.resource().stays() || b.resource().fate == Fate::changed;
  if (!record.name.known() || !record.type.known() || b.gives_any("set_identifier"))
    return was_there ? beside(b.work()) : GapId();
  const auto is_it = [&](const DnsRecord& r) { return r.name == *record.name && r.type == *record.type; };
  const auto taken = std::erase_if(zone.records.items, is_it);
  return taken == 1 || !was_there ? GapId() : beside(b.work());
}

}  // namespace

void read_hosted_zone(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id("zone_id");
  if (!name) return;
  HostedZone row;
  row.id = work.registry.ids.get<HostedZoneId>(b.place().partition, *name);
  if (work.stands(work.base->hosted_zones, row.id, b.resource())) return;
  row.head = b.head();
  row.head.region = {};
  const Value<Text> domain = b.text("name");
  if (domain.known()) {
    row.head.name = work.text(planned::plain_domain(work.registry.view(*domain)));
  } else {
    row.head.gap = domain.gap();
  }
  // "vpc": of private zones only; other VPCs may be associated by resources of their own.
  const List<Block> vpcs = b.blocks("vpc");
  row.is_private = vpcs.open ? Value<bool>(vpcs.open) : Value<bool>(!vpcs.empty());
  row.vpcs.open = vpcs.open;
  for (const Block& vpc : vpcs) add_vpc(vpc, row);
  if (b.resource().is_new()) {
    work.created.insert(row.id);
  } else {
    row.records.open = beside(work);
    if (!row.is_private.known() || *row.is_private) row.vpcs.open = beside(work);
  }
  work.put(work.change.put.hosted_zones, std::move(row));
}

void read_zone_association(const Block& b) {
  each_zone(b, [&](HostedZone& zone, GapId gap) {
    if (gap) {
      zone.vpcs.open = gap;
    } else if (b.resource().stays()) {
      add_vpc(b, zone);
    } else {
      take_vpc(b, zone);
    }
  });
}

void read_record(const Block& b) {
  each_zone(b, [&](HostedZone& zone, GapId gap) {
    planned::WrittenRecord written;
    written.name = full_name(b, zone);
    written.type = b.text("type");
    if (!gap) gap = take_record(b, zone, written);
    if (gap) zone.records.open = gap;
    if (gap || !b.resource().stays()) return;
    if (b.has("records") == Has::unknown) written.values.open = b.gap("records");
    for (const Node value : b.raw("records").items()) {
      if (!value.text().empty()) written.values.items.push_back(b.registry().text(value.text()));
    }
    if (b.has("alias") != Has::computed) {
      const List<Block> aliases = b.blocks("alias");
      if (aliases.open) written.alias = aliases.open;
      for (const Block& alias : aliases) written.alias = alias.text("name");
    }
    written.no_name = b.gap("name"), written.no_value = b.gap("records"), written.no_alias = b.gap("alias");
    planned::add_record(b.work(), zone, written);
  });
}

}  // namespace sallyport::read::terraform
