// Hosted zones and their records (DN-7..9).
#include "read/planned/zones.h"
#include "read/cloudformation/families.h"

namespace sallyport::read::cloudformation {
namespace {

void add_record(const Properties& p, HostedZone& zone) {
  planned::WrittenRecord written;
  written.name = p.text("Name");
  written.type = p.text("Type");
  written.values = p.texts("ResourceRecords");
  GapId gap;
  const Properties alias = p.block("AliasTarget", gap);
  written.alias = gap ? Value<Text>(gap) : alias.text("DNSName");
  written.no_name = p.gap("Name"), written.no_value = p.gap("ResourceRecords"), written.no_alias = alias.gap("DNSName");
  planned::add_record(p.work(), zone, written);
}

// The zones that a record may be in: by id, or by name.
template <class F>
void each_zone(const Properties& p, const Properties& outer, F f) {
  Work& work = p.work();
  const Properties& giver = p.gives("HostedZoneId") || p.gives("HostedZoneName") ? p : outer;
  Value<Text> id = giver.text("HostedZoneId");
  if (id.known() && p.may_be_another(Kind::hosted_zone, *id)) id = giver.gap("HostedZoneId");
  Value<Text> name = giver.text("HostedZoneName");
  if (name.known() && work.registry.texts.has_symbol(*name)) name = giver.gap("HostedZoneName");
  const GapId gap = !id.known() ? id.gap() : name.known() ? GapId() : name.gap();
  if (!gap && !id->empty()) {
    const HostedZoneId zone = work.registry.ids.get<HostedZoneId>(p.place().partition, *id);
    if (HostedZone* row = work.row_or_base(work.change.put.hosted_zones, work.base->hosted_zones, zone))
      f(*row, GapId());
    return;
  }
  const std::string wanted = name.known() ? planned::plain_domain(work.registry.view(*name)) : std::string();
  for (const HostedZone& there : work.base->hosted_zones) {
    if (gap || work.registry.view(there.head.name) == wanted) {
      work.row_or_base(work.change.put.hosted_zones, work.base->hosted_zones, there.id);
    }
  }
  for (HostedZone& row : work.change.put.hosted_zones) {
    if (gap || work.registry.view(row.head.name) == wanted) f(row, gap);
  }
}

void read_record(const Properties& p, const Properties& outer) {
  each_zone(p, outer, [&](HostedZone& zone, GapId gap) {
    if (gap || p.doubt()) {
      zone.records.open = gap ? gap : p.doubt();
    } else {
      add_record(p, zone);
    }
  });
}

}  // namespace

void read_hosted_zone(const Properties& p) {
  Work& work = p.work();
  Registry& registry = work.registry;
  HostedZone row;
  row.id = registry.ids.get<HostedZoneId>(p.place().partition, p.own_text());
  row.head.account = p.place().account;
  row.head.origin = p.resource().node.origin();
  const Value<Text> name = p.text("Name");
  if (!name.known() || registry.texts.has_symbol(*name)) {
    row.head.gap = p.gap("Name");
  } else {
    row.head.name = registry.text(planned::plain_domain(registry.view(*name)));
  }
  // "VPCs": given for private zones only (AWS::Route53::HostedZone).
  row.is_private = p.gives("VPCs");
  const List<Properties> vpcs = p.blocks("VPCs");
  row.vpcs.open = vpcs.open;
  for (const Properties& vpc : vpcs) {
    const Value<Text> id = vpc.text("VPCId");
    const Value<Text> region = vpc.text("VPCRegion");
    if (!id.known() || !region.known()) {
      row.vpcs.open = id.known() ? region.gap() : id.gap();
      continue;
    }
    if (vpc.may_be_another(Kind::vpc, *id)) {
      row.vpcs.open = vpc.gap("VPCId");
      continue;
    }
    const Text where = region->empty() || registry.texts.has_symbol(*region) ? p.place().region : *region;
    row.vpcs.items.push_back(registry.ids.get<VpcId>(where, *id));
  }
  work.created.insert(row.id);
  work.put(work.change.put.hosted_zones, std::move(row));
}

void read_record_set(const Properties& p) { read_record(p, p); }

void read_record_group(const Properties& p) {
  const List<Properties> records = p.blocks("RecordSets");
  for (const Properties& record : records) read_record(record, p);
  if (!records.open) return;
  for (HostedZone& zone : p.work().change.put.hosted_zones) zone.records.open = records.open;
}

}  // namespace sallyport::read::cloudformation
