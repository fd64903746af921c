// Hosted zones and their records (DN-7, DN-12).
#include <algorithm>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// `/hostedzone/Z123` -> `Z123`
std::string_view zone_id(std::string_view text) {
  constexpr std::string_view prefix = "/hostedzone/";
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

HostedZoneId zone_named(Answer& answer, std::string_view id) {
  return answer.id_in<HostedZoneId>(answer.partition, zone_id(id));
}

// Lower case, no final dot, `\052` decoded: how names are compared.
std::string plain_name(std::string_view written) {
  std::string name;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const auto octal = [&](std::size_t k) {
      return i + k < written.size() && written[i + k] >= '0' && written[i + k] <= '7';
    };
    if (written[i] == '\\' && octal(1) && octal(2) && octal(3)) {
      name += static_cast<char>((written[i + 1] - '0') * 64 + (written[i + 2] - '0') * 8 + (written[i + 3] - '0'));
      i += 3;
    } else {
      const char c = written[i];
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (name.ends_with('.')) name.pop_back();
  return name;
}

DnsRecord read_record(Answer& answer, Node node, std::string_view zone) {
  DnsRecord record;
  record.name = answer.text(plain_name(node["Name"].text()));
  record.type = answer.text(node["Type"]);
  for (const Node value : answer.optional_list(node, "ResourceRecords", zone, record.values.open).items()) {
    record.values.items.push_back(answer.text(plain_name(value["Value"].text())));
  }
  record.alias = answer.text(plain_name(node["AliasTarget"]["DNSName"].text()));
  return record;
}

void put_zone(Answer& answer, Node node) {
  HostedZone row;
  row.id = zone_named(answer, node["Id"].text());
  if (!row.id) return unnamed(answer, node, "Id");
  row.head.name = answer.text(plain_name(node["Name"].text()));
  row.head.account = answer.account;
  row.head.origin = node.origin();
  row.is_private = answer.flag(node["Config"], "PrivateZone", node["Id"].text());
  auto& rows = answer.rows().hosted_zones;
  if (answer.standing(rows, row.id) == nullptr) answer.put(rows, std::move(row), node);
}

}  // namespace

void read_hosted_zones(Answer& answer) {
  for (const Node node : answer.root()["HostedZones"].items()) put_zone(answer, node);
}

void read_hosted_zone(Answer& answer) {
  const Node zone = answer.root()["HostedZone"];
  put_zone(answer, zone);
  const HostedZoneId id = zone_named(answer, zone["Id"].text());
  if (!id) return;
  List<VpcId>& vpcs = answer.work().zone_vpcs[id];
  const Node list = answer.root()["VPCs"];
  if (list.absent() && !zone["Config"]["PrivateZone"].boolean().value_or(true)) return;  // a public zone has none
  for (const Node vpc : answer.list(answer.root(), "VPCs", zone["Id"].text(), vpcs.open).items()) {
    const Text region = vpc["VPCRegion"].text().empty() ? answer.region : answer.text(vpc["VPCRegion"]);
    vpcs.items.push_back(answer.id_in<VpcId>(region, vpc["VPCId"].text()));
  }
}

void read_records(Answer& answer) {
  if (answer.subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the hosted zone's id");
  }
  List<DnsRecord>& records = answer.work().zone_records[zone_named(answer, answer.subject)];
  for (const Node node : answer.list(answer.root(), "ResourceRecordSets", answer.subject, records.open).items()) {
    records.items.push_back(read_record(answer, node, answer.subject));
  }
  const Node truncated = answer.root()["IsTruncated"];
  if (truncated.boolean().value_or(false) || !answer.root()["NextToken"].absent()) {
    records.open = answer.gap(GapKind::not_collected, "not all records of `" + answer.subject + "` were collected",
                              "aws route53 list-resource-record-sets --hosted-zone-id " + answer.subject);
  }
}

void finish_zones(Work& work) {
  for (HostedZone& zone : work.change.put.hosted_zones) {
    const std::string id(work.registry->id(zone.id));
    const auto missing = [&](const char* what, const char* operation) {
      return work.registry->gaps.add({GapKind::not_collected,
                                      std::string(what) + " of the hosted zone `" + id + "` were not collected",
                                      std::string("aws route53 ") + operation + id, zone.head.origin});
    };
    const bool is_public = zone.is_private.known() && !*zone.is_private;
    if (const auto vpcs = work.zone_vpcs.find(zone.id); vpcs != work.zone_vpcs.end()) {
      zone.vpcs = vpcs->second;
    } else if (!is_public) {
      zone.vpcs.open = missing("the VPCs", "get-hosted-zone --id ");
    }
    bring_by_profile(work, zone.id, zone.vpcs.items);
    if (const auto records = work.zone_records.find(zone.id); records != work.zone_records.end()) {
      zone.records = records->second;
    } else {
      zone.records.open = missing("the records", "list-resource-record-sets --hosted-zone-id ");
    }
  }
}

// All zones of one VPC, whoever owns them; the file's name says which VPC.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html
void read_zones_of_vpc(Answer& answer) {
  if (answer.subject.empty()) answer.say(Severity::warning, "no-subject", "the file's name must be the VPC's id");
  ZonesOfVpc& of = answer.work().zones_of_vpc[answer.subject];
  of.whole = of.whole || answer.root()["NextToken"].absent();
  for (const Node node : answer.root()["HostedZoneSummaries"].items()) {
    // Zones of endpoints' private DNS and of file systems are derived from these.
    const std::string_view service = node["Owner"]["OwningService"].text();
    if (service.starts_with("vpce.") || service.starts_with("efs.")) continue;
    HostedZone zone;
    zone.id = zone_named(answer, node["HostedZoneId"].text());
    if (!zone.id) {
      unnamed(answer, node, "HostedZoneId");
      continue;
    }
    zone.head = answer.head(node, {}, plain_name(node["Name"].text()));
    if (const Node owner = node["Owner"]["OwningAccount"]; !owner.scalar().empty())
      zone.head.account = answer.account_id(owner);
    zone.is_private = true;
    of.zones.push_back(std::move(zone));
  }
}

// Zones of accounts that were not collected: there, with records that nobody knows.
void finish_zones_of_vpcs(Work& work) {
  std::map<HostedZoneId, std::size_t> places;
  std::vector<HostedZone>& rows = work.change.put.hosted_zones;
  for (std::size_t i = 0; i < rows.size(); ++i) places.try_emplace(rows[i].id, i);
  for (Vpc& vpc : work.change.put.vpcs) {
    const std::string id(work.registry->id(vpc.id));
    const auto found = work.zones_of_vpc.find(id);
    if (!work.resolver.profile_associations_read.contains({vpc.head.account, vpc.head.region})) {
      vpc.foreign_zones = work.registry->gaps.add(
          {GapKind::not_collected, "with which Route 53 Profile `" + id + "` is associated was not collected",
           "aws route53profiles list-profile-associations", vpc.head.origin});
    }
    if (found == work.zones_of_vpc.end() || !found->second.whole) {
      vpc.foreign_zones = work.registry->gaps.add(
          {GapKind::not_collected,
           "which private zones of other accounts are associated with `" + id + "` was not collected",
           "aws route53 list-hosted-zones-by-vpc --vpc-id " + id + " --vpc-region " +
               work.registry->texts.string(vpc.head.region),
           vpc.head.origin});
    }
    if (found == work.zones_of_vpc.end()) continue;
    for (const HostedZone& seen : found->second.zones) {
      const auto [place, is_new] = places.try_emplace(seen.id, rows.size());
      if (is_new) {
        rows.push_back(seen);
        rows.back().records.open = work.registry->gaps.add(
            {GapKind::not_collected,
             "the records of the hosted zone `" + std::string(work.registry->id(seen.id)) + "` were not collected",
             "aws route53 list-resource-record-sets --hosted-zone-id " + std::string(work.registry->id(seen.id)),
             seen.head.origin});
      }
      std::vector<VpcId>& vpcs = rows[place->second].vpcs.items;
      if (std::find(vpcs.begin(), vpcs.end(), vpc.id) == vpcs.end()) vpcs.push_back(vpc.id);
    }
  }
  // Of some VPC, nothing says of which: of any.
  const auto unnamed_vpc = work.zones_of_vpc.find("");
  if (unnamed_vpc == work.zones_of_vpc.end()) return;
  for (const HostedZone& seen : unnamed_vpc->second.zones) {
    const auto [place, is_new] = places.try_emplace(seen.id, rows.size());
    if (!is_new) continue;
    rows.push_back(seen);
    rows.back().vpcs.open = rows.back().records.open = work.registry->gaps.add(
        {GapKind::not_collected,
         "with which VPC the hosted zone `" + std::string(work.registry->id(seen.id)) + "` is associated",
         "name the file after the VPC that was asked about", seen.head.origin});
  }
}

}  // namespace sallyport::read::snapshot
