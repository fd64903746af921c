// VPCs with their attributes and DHCP options, and subnets.
#include "base/wildcard.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// Blocks that are (still, already) there. One in between counts neither way.
void add_block(const Answer& answer, Node node, Node state, std::string_view about, List<Value<Prefix>>& blocks) {
  const std::string_view code = state["State"].text();
  if (code == "disassociated" || code == "failed") return;
  if (code == "associated" || state.absent()) {
    blocks.items.push_back(answer.prefix(node, about));
  } else {
    blocks.items.emplace_back(answer.gap(
        GapKind::undocumented,
        "the block `" + std::string(node.text()) + "` of `" + std::string(about) + "` is `" + std::string(code) + "`",
        "collect again when it has settled", node));
  }
}

void read_vpc(Answer& answer, Node node) {
  const std::string_view name = node["VpcId"].text();
  Vpc vpc;
  vpc.id = answer.id<VpcId>(name);
  if (!vpc.id) return unnamed(answer, node, "VpcId");
  vpc.head = answer.head(node, node["Tags"]);
  const Node set = node["CidrBlockAssociationSet"];
  if (set.is(json::Kind::array) && set.size() > 0) {
    for (const Node block : set.items()) {
      add_block(answer, block["CidrBlock"], block["CidrBlockState"], name, vpc.cidrs);
    }
  } else {
    vpc.cidrs.items.push_back(answer.prefix(node["CidrBlock"], name));
    if (!set.absent() && !set.is(json::Kind::array)) {
      vpc.cidrs.open = answer.lacking(name, "CidrBlockAssociationSet", set);
    }
  }
  for (const Node block : answer.optional_list(node, "Ipv6CidrBlockAssociationSet", name, vpc.cidrs.open).items()) {
    add_block(answer, block["Ipv6CidrBlock"], block["Ipv6CidrBlockState"], name, vpc.cidrs);
  }
  note_shown_block(answer, vpc.id, node);
  answer.work().dhcp_of_vpc[vpc.id] = {answer.region, answer.text(node["DhcpOptionsId"])};
  answer.put(answer.rows().vpcs, std::move(vpc), node);
}

// Amazon's resolver under its well-known addresses (DN-1).
bool is_amazon_resolver(Address a) {
  static const Address link_local = *parse_address("169.254.169.253");
  static const Address link_local6 = *parse_address("fd00:ec2::253");
  return a == link_local || a == link_local6;
}

void read_dhcp(Answer& answer, Node node) {
  DhcpServers servers;
  bool named = false;
  const std::string_view id = node["DhcpOptionsId"].text();
  for (const Node configuration : answer.list(node, "DhcpConfigurations", id, servers.gap).items()) {
    if (configuration["Key"].text() != "domain-name-servers") continue;
    for (const Node value : answer.list(configuration, "Values", id, servers.gap).items()) {
      const std::string_view server = value["Value"].text();
      named = true;
      if (server == "AmazonProvidedDNS") {
        servers.names_amazon = true;
        continue;
      }
      const Value<Address> address = answer.address(value["Value"], id);
      if (!address.known()) {
        servers.gap = address.gap();
      } else if (is_amazon_resolver(*address)) {
        servers.names_amazon = true;
      } else {
        servers.others.push_back(*address);
      }
    }
  }
  if (!named && !servers.gap) {
    servers.gap = answer.gap(GapKind::outside, "the DHCP options `" + std::string(id) + "` name no DNS server",
                             "state under `assume:` which servers its VPCs ask", node);
  }
  answer.work().dhcp[{answer.region, answer.text(id)}] = std::move(servers);
}

// DN-10. The VPC's own resolver is also at base + 2. `others`: the servers that are not it.
Value<bool> custom_dns(const Work& work, const Vpc& vpc, std::vector<Address>& others) {
  Registry& registry = *work.registry;
  const std::string name(registry.id(vpc.id));
  const auto of = work.dhcp_of_vpc.find(vpc.id);
  const std::string options = of == work.dhcp_of_vpc.end() ? "" : registry.texts.string(of->second.second);
  // No options of one's own: what is asked then no answer says.
  if (options == "default" || options.empty()) {
    return registry.gaps.add({GapKind::undocumented, "the DHCP options of `" + name + "` are not in the answer",
                              "aws ec2 describe-vpcs", vpc.head.origin});
  }
  const auto found = work.dhcp.find(of->second);
  if (found == work.dhcp.end()) {
    return registry.gaps.add({GapKind::not_collected, "the DHCP options `" + options + "` were not collected",
                              "aws ec2 describe-dhcp-options", vpc.head.origin});
  }
  const DhcpServers& servers = found->second;
  if (servers.gap) return servers.gap;
  for (const Address server : servers.others) {
    bool own = false;
    for (const Value<Prefix>& block : vpc.cidrs) {
      own = own || (block.known() && server == next(next(block->base)));
    }
    if (!own) others.push_back(server);
  }
  const bool mixed = servers.names_amazon || others.size() < servers.others.size();
  const bool custom = !others.empty();
  if (mixed) others.clear();  // a client may ask either
  return custom;
}

Value<bool> attribute(const Work& work, const Vpc& vpc, bool collected, const Value<bool>& value, const char* name) {
  if (collected) return value;
  const std::string id(work.registry->id(vpc.id));
  return work.registry->gaps.add(
      {GapKind::not_collected, std::string("`") + name + "` of `" + id + "` was not collected",
       "aws ec2 describe-vpc-attribute --vpc-id " + id + " --attribute " + name, vpc.head.origin});
}

}  // namespace

void read_vpcs(Answer& answer) {
  for (const Node vpc : answer.root()["Vpcs"].items()) read_vpc(answer, vpc);
}

void read_dhcp_options(Answer& answer) {
  for (const Node options : answer.root()["DhcpOptions"].items()) read_dhcp(answer, options);
}

void read_vpc_attribute(Answer& answer) {
  std::string_view name = answer.root()["VpcId"].text();
  if (name.empty()) name = std::string_view(answer.subject).substr(0, answer.subject.find("--"));
  const VpcId id = answer.id<VpcId>(name);
  if (!id) return unnamed(answer, answer.root(), "VpcId");
  VpcAttributes& attributes = answer.work().vpc_attributes[id];
  if (const Node support = answer.root()["EnableDnsSupport"]) {
    attributes.dns_support = answer.flag(support, "Value", name);
    attributes.has_dns_support = true;
  }
  if (const Node hostnames = answer.root()["EnableDnsHostnames"]) {
    attributes.dns_hostnames = answer.flag(hostnames, "Value", name);
    attributes.has_dns_hostnames = true;
  }
}

void read_subnets(Answer& answer) {
  for (const Node node : answer.root()["Subnets"].items()) {
    const std::string_view name = node["SubnetId"].text();
    Subnet subnet;
    subnet.id = answer.id<SubnetId>(name);
    if (!subnet.id) {
      unnamed(answer, node, "SubnetId");
      continue;
    }
    subnet.head = answer.head(node, node["Tags"]);
    note_shown_block(answer, subnet.id, node);
    subnet.vpc = answer.ref<VpcId>(node, "VpcId", name);
    subnet.zone = answer.text(node["AvailabilityZone"]);
    subnet.zone_id = answer.text(node["AvailabilityZoneId"]);
    subnet.dns64 = answer.flag_or(node, "EnableDns64", name, false);  // older answers know no such thing
    const bool ipv6_only = node["Ipv6Native"].boolean().value_or(false) && node["CidrBlock"].absent();
    if (!ipv6_only) subnet.cidrs.items.push_back(answer.prefix(node["CidrBlock"], name));
    for (const Node block :
         answer.optional_list(node, "Ipv6CidrBlockAssociationSet", name, subnet.cidrs.open).items()) {
      add_block(answer, block["Ipv6CidrBlock"], block["Ipv6CidrBlockState"], name, subnet.cidrs);
    }
    answer.put(answer.rows().subnets, std::move(subnet), node);
  }
}

void finish_vpcs(Work& work) {
  for (Vpc& vpc : work.change.put.vpcs) {
    const VpcAttributes& a = work.vpc_attributes[vpc.id];
    vpc.dns_support = attribute(work, vpc, a.has_dns_support, a.dns_support, "enableDnsSupport");
    vpc.dns_hostnames = attribute(work, vpc, a.has_dns_hostnames, a.dns_hostnames, "enableDnsHostnames");
    vpc.custom_dns = custom_dns(work, vpc, vpc.dns_servers);
  }
}

}  // namespace sallyport::read::snapshot
