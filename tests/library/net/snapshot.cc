#include "library/net/snapshot.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "library/net/snapshot_parts.h"

namespace sallyport::generate {
namespace {

std::string answer(const char* key, const std::vector<std::string>& items) {
  std::string out = "{\"" + std::string(key) + "\": [";
  for (std::size_t i = 0; i < items.size(); ++i) out += (i == 0 ? "\n  " : ",\n  ") + items[i];
  out += "\n]}\n";
  return out;
}

// Answers of which the generator has nothing: collected, and none.
struct Empty {
  const char* operation;
  const char* key;
};
constexpr Empty empties[] = {
    {"ec2-describe-addresses", "Addresses"},
    {"ec2-describe-transit-gateway-policy-tables", "TransitGatewayPolicyTables"},
    {"ec2-describe-vpn-gateways", "VpnGateways"},
    {"elbv2-describe-load-balancers", "LoadBalancers"},
    {"route53profiles-list-profile-associations", "ProfileAssociations"},
};

std::string dhcp_options(const char* id, const char* server) {
  const std::string value = array({object({{"Value", json_string(server)}})});
  return object(
      {{"DhcpOptionsId", json_string(id)},
       {"DhcpConfigurations", array({object({{"Key", json_string("domain-name-servers")}, {"Values", value}})})}});
}

class Folder {
 public:
  Folder(const Cloud& cloud, std::vector<File>& files) : cloud_(cloud), files_(files) {}

  void region(const std::string& account, const std::string& name) {
    const Writer w(cloud_, name);
    const std::string at = account + "/" + name + "/";
    const auto put = [&](const char* operation, const char* key, const std::vector<std::string>& items) {
      files_.push_back({at + operation + ".json", answer(key, items)});
    };
    put("ec2-describe-vpcs", "Vpcs", w.vpcs());
    put("ec2-describe-subnets", "Subnets", w.subnets());
    put("ec2-describe-route-tables", "RouteTables", w.route_tables());
    put("ec2-describe-network-acls", "NetworkAcls", w.network_acls());
    put("ec2-describe-security-groups", "SecurityGroups", w.security_groups());
    put("ec2-describe-network-interfaces", "NetworkInterfaces", w.interfaces());
    put("ec2-describe-instances", "Reservations", w.reservations());
    put("ec2-describe-internet-gateways", "InternetGateways", w.internet_gateways());
    put("ec2-describe-egress-only-internet-gateways", "EgressOnlyInternetGateways", w.egress_only_gateways());
    put("ec2-describe-nat-gateways", "NatGateways", w.nat_gateways());
    put("ec2-describe-vpc-endpoints", "VpcEndpoints", w.endpoints());
    put("ec2-describe-vpc-endpoint-services", "ServiceDetails", w.endpoint_services());
    put("ec2-describe-vpc-peering-connections", "VpcPeeringConnections", w.peerings());
    put("lambda-list-functions", "Functions", w.functions());
    put("ec2-describe-dhcp-options", "DhcpOptions",
        {dhcp_options("dopt-amazon", "AmazonProvidedDNS"), dhcp_options("dopt-own", "10.99.0.53")});
    put("ec2-describe-transit-gateways", "TransitGateways", w.transit_gateways());
    put("ec2-describe-transit-gateway-attachments", "TransitGatewayAttachments", w.transit_attachments());
    put("ec2-describe-transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments", w.transit_vpc_attachments());
    put("ec2-describe-transit-gateway-peering-attachments", "TransitGatewayPeeringAttachments", w.transit_peerings());
    put("ec2-describe-transit-gateway-route-tables", "TransitGatewayRouteTables", w.transit_tables());
    for (const TransitTable& table : cloud_->transit_tables) {
      if (!w.here(table.head)) continue;
      const std::string name(cloud_.id(table.id));
      files_.push_back(
          {at + "ec2-search-transit-gateway-routes/" + name + ".json", answer("Routes", w.transit_routes(table))});
      files_.push_back({at + "ec2-get-transit-gateway-route-table-propagations/" + name + ".json",
                        answer("TransitGatewayRouteTablePropagations", w.transit_propagations(table))});
    }
    files_.push_back({at + "ec2-describe-vpc-block-public-access-options.json",
                      object({{"VpcBlockPublicAccessOptions", w.public_access_options()}}) + "\n"});
    put("ec2-describe-vpc-block-public-access-exclusions", "VpcBlockPublicAccessExclusions",
        w.public_access_exclusions());
    put("route53resolver-list-resolver-rules", "ResolverRules", w.resolver_rules());
    put("route53resolver-list-resolver-rule-associations", "ResolverRuleAssociations", w.resolver_rule_associations());
    put("route53resolver-list-resolver-endpoints", "ResolverEndpoints", w.resolver_endpoints());
    for (const ResolverEndpoint& e : cloud_->resolver_endpoints) {
      if (!w.here(e.head)) continue;
      files_.push_back(
          {at + "route53resolver-list-resolver-endpoint-ip-addresses/" + std::string(cloud_.id(e.id)) + ".json",
           answer("IpAddresses", w.resolver_addresses(e))});
    }
    for (const Empty& e : empties) put(e.operation, e.key, {});
    attributes(w, at);
    lists(w, at);
    tables(w, at);
  }

  void global(const std::string& account) {
    const std::string at = account + "/aws-global/";
    const Writer w(cloud_, "");
    std::vector<std::string> zones;
    for (const HostedZone& zone : cloud_->hosted_zones) zones.push_back(zone_node(w, zone));
    files_.push_back({at + "route53-list-hosted-zones.json", answer("HostedZones", zones)});
    for (const HostedZone& zone : cloud_->hosted_zones) one_zone(w, at, zone);
    std::vector<std::string> buckets;
    for (const Bucket& bucket : cloud_->buckets) {
      buckets.push_back(object({{"Name", w.id(bucket.id)}, {"BucketRegion", json_string(w.text(*bucket.region))}}));
      const std::string name(cloud_.id(bucket.id));
      files_.push_back({at + "s3api-get-bucket-location/" + name + ".json",
                        object({{"LocationConstraint", json_string(w.text(*bucket.region))}}) + "\n"});
      files_.push_back({at + "s3api-get-bucket-policy/" + name + ".json", R"({"Error": {"Code": "NoSuchBucketPolicy"}})"
                                                                          "\n"});
    }
    files_.push_back({at + "s3api-list-buckets.json", answer("Buckets", buckets)});
  }

 private:
  void attributes(const Writer& w, const std::string& at) {
    for (const Vpc& vpc : cloud_->vpcs) {
      if (!w.here(vpc.head)) continue;
      const auto put = [&](const char* file, const char* key, bool value) {
        files_.push_back({at + "ec2-describe-vpc-attribute/" + std::string(cloud_.id(vpc.id)) + "--" + file + ".json",
                          object({{key, object({{"Value", boolean(value)}})}, {"VpcId", w.id(vpc.id)}}) + "\n"});
      };
      put("enableDnsSupport", "EnableDnsSupport", *vpc.dns_support);
      put("enableDnsHostnames", "EnableDnsHostnames", *vpc.dns_hostnames);
    }
  }

  void lists(const Writer& w, const std::string& at) {
    std::vector<std::string> rows;
    for (const PrefixList& list : cloud_->prefix_lists) {
      if (!w.here(list.head)) continue;
      const bool v6 = !list.entries.empty() && list.entries.items[0].family() == Family::v6;
      rows.push_back(object({{"PrefixListId", w.id(list.id)},
                             {"AddressFamily", json_string(v6 ? "IPv6" : "IPv4")},
                             {"State", json_string("create-complete")},
                             {"PrefixListName", json_string(w.text(list.head.name))},
                             {"Tags", "[]"},
                             {"OwnerId", json_string(*list.aws_managed ? "AWS" : w.text(list.head.account))}}));
      std::vector<std::string> entries;
      for (const Prefix& p : list.entries) entries.push_back(object({{"Cidr", json_string(to_string(p))}}));
      files_.push_back({at + "ec2-get-managed-prefix-list-entries/" + std::string(cloud_.id(list.id)) + ".json",
                        answer("Entries", entries)});
    }
    files_.push_back({at + "ec2-describe-managed-prefix-lists.json", answer("PrefixLists", rows)});
  }

  void tables(const Writer& w, const std::string& at) {
    std::vector<std::string> names;
    for (const Table& table : cloud_->tables) {
      if (!w.here(table.head)) continue;
      const std::string name = w.text(table.head.name);
      names.push_back(json_string(name));
      const std::string row = object(
          {{"TableName", json_string(name)}, {"TableArn", w.id(table.id)}, {"TableStatus", json_string("ACTIVE")}});
      files_.push_back({at + "dynamodb-describe-table/" + name + ".json", object({{"Table", row}}) + "\n"});
      files_.push_back({at + "dynamodb-get-resource-policy/" + name + ".json",
                        R"({"Error": {"Code": "PolicyNotFoundException"}})"
                        "\n"});
    }
    files_.push_back({at + "dynamodb-list-tables.json", answer("TableNames", names)});
  }

  std::string zone_node(const Writer& w, const HostedZone& zone) const {
    return object({{"Id", json_string("/hostedzone/" + std::string(cloud_.id(zone.id)))},
                   {"Name", json_string(w.text(zone.head.name) + ".")},
                   {"Config", object({{"PrivateZone", boolean(*zone.is_private)}})},
                   {"ResourceRecordSetCount", number(static_cast<long long>(zone.records.size()))}});
  }

  void one_zone(const Writer& w, const std::string& at, const HostedZone& zone) {
    const std::string id(cloud_.id(zone.id));
    std::vector<std::string> vpcs;
    for (const VpcId v : zone.vpcs) {
      const std::string region = w.text(cloud_.registry().ids.scope(v));
      vpcs.push_back(object({{"VPCRegion", json_string(region)}, {"VPCId", w.id(v)}}));
    }
    files_.push_back({at + "route53-get-hosted-zone/" + id + ".json",
                      object({{"HostedZone", zone_node(w, zone)}, {"VPCs", array(vpcs)}}) + "\n"});
    std::vector<std::string> records;
    for (const DnsRecord& r : zone.records) {
      std::vector<std::string> values;
      for (const Text v : r.values) values.push_back(object({{"Value", json_string(w.text(v))}}));
      std::string name = w.text(r.name) + ".";
      if (name.starts_with("*")) name.replace(0, 1, "\\052");
      const std::string alias = r.alias.empty() ? std::string()
                                                : object({{"HostedZoneId", json_string("Z1")},
                                                          {"DNSName", json_string(w.text(r.alias) + ".")},
                                                          {"EvaluateTargetHealth", "false"}});
      records.push_back(object({{"Name", json_string(name)},
                                {"Type", json_string(w.text(r.type))},
                                {"TTL", r.alias.empty() ? "300" : ""},
                                {"ResourceRecords", r.alias.empty() ? array(values) : std::string()},
                                {"AliasTarget", alias}}));
    }
    files_.push_back({at + "route53-list-resource-record-sets/" + id + ".json", answer("ResourceRecordSets", records)});
  }

  const Cloud& cloud_;
  std::vector<File>& files_;
};

}  // namespace

std::vector<File> snapshot(const Cloud& cloud, const std::string& account) {
  std::set<std::string> regions = {"eu-central-1"};
  for (const Vpc& vpc : cloud->vpcs) regions.emplace(cloud.view(vpc.head.region));
  for (const PrefixList& list : cloud->prefix_lists) regions.emplace(cloud.view(list.head.region));
  std::vector<File> files;
  Folder folder(cloud, files);
  for (const std::string& region : regions) folder.region(account, region);
  folder.global(account);
  return files;
}

bool write(const std::string& folder, const std::vector<File>& files) {
  std::error_code error;
  for (const File& file : files) {
    const std::filesystem::path path = std::filesystem::path(folder) / file.path;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << file.json;
    if (!out.flush()) return false;
  }
  return true;
}

}  // namespace sallyport::generate
