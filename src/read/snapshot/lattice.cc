// VPC Lattice: resource gateways and configurations, service networks and what is associated
// with them (RE-1..9).
//
// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetResourceConfiguration.html
// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_GetResourceGateway.html
// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListServiceNetworkVpcAssociations.html
#include <charconv>

#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// ARNs are global in a partition; the Region and the owner stand in them.
template <class T>
T id_of(Answer& answer, std::string_view arn) {
  return answer.id_in<T>(answer.partition, arn);
}

Head head_of(Answer& answer, Node node, std::string_view arn) {
  Head head = answer.head(node, {}, node["name"].text());
  const Arn parts = split_arn(arn);
  if (!parts.account.empty()) head.account = answer.text(parts.account);
  if (!parts.region.empty()) head.region = answer.text(parts.region);
  return head;
}

Value<State> state_of_part(Answer& answer, Node node, std::string_view arn) {
  const std::string_view status = node["status"].text();
  if (status == "ACTIVE") return State::working;
  if (status.starts_with("CREATE_") || status.starts_with("DELETE_") || status == "PARTIAL") return State::not_working;
  return answer.lacking(arn, "status", node["status"]);
}

Value<ResourceConfigurationKind> kind_of(Answer& answer, Node node, std::string_view arn) {
  const std::string_view type = node["type"].text();
  if (type == "SINGLE") return ResourceConfigurationKind::single;
  if (type == "GROUP") return ResourceConfigurationKind::group;
  if (type == "CHILD") return ResourceConfigurationKind::child;
  if (type == "ARN") return ResourceConfigurationKind::arn;
  return answer.lacking(arn, "type", node["type"]);
}

// `80`, `443-445`.
Value<PortSet> ports_of(Answer& answer, Node node, std::string_view arn) {
  PortSet ports;
  const Node ranges = node["portRanges"];
  if (!ranges.is(json::Kind::array)) return answer.lacking(arn, "portRanges", ranges);
  for (const Node range : ranges.items()) {
    const std::string_view text = range.scalar();
    const std::size_t dash = text.find('-');
    std::uint16_t first = 0, last = 0;
    const auto parse = [](std::string_view digits, std::uint16_t& value) {
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
      return error == std::errc() && end == digits.data() + digits.size();
    };
    const std::string_view upper = dash == std::string_view::npos ? text : text.substr(dash + 1);
    if (!parse(text.substr(0, dash), first) || !parse(upper, last) || last < first)
      return answer.lacking(arn, "portRanges", range);
    ports = ports | PortSet(first, last);
  }
  return ports;
}

bool is(std::string_view arn, std::string_view kind) {
  return split_arn(arn).service == "vpc-lattice" && arn.find(":" + std::string(kind) + "/") != std::string_view::npos;
}

// A gateway or a group goes by its id alone: it is in the same Region, the gateway of the same owner.
std::string sibling(std::string_view arn, std::string_view kind, std::string_view id) {
  if (id.starts_with("arn:")) return std::string(id);
  const Arn parts = split_arn(arn);
  return "arn:" + std::string(parts.partition) + ":vpc-lattice:" + std::string(parts.region) + ":" +
         std::string(parts.account) + ":" + std::string(kind) + "/" + std::string(id);
}

std::string network_of(Answer& answer, Node node) {
  const std::string_view id = node["serviceNetworkId"].text();
  if (!id.empty()) return std::string(id);
  const std::string_view arn =
      node["serviceNetworkArn"].text().empty() ? std::string_view(answer.subject) : node["serviceNetworkArn"].text();
  return std::string(arn.substr(arn.rfind('/') + 1));
}

void take_gateway(Answer& answer, Node node) {
  const std::string_view arn = node["arn"].text();
  if (!is(arn, "resourcegateway")) return unnamed(answer, node, "arn");
  ResourceGateway row;
  row.id = id_of<ResourceGatewayId>(answer, arn);
  row.head = head_of(answer, node, arn);
  row.state = state_of_part(answer, node, arn);
  const char* vpc = node["vpcIdentifier"].absent() ? "vpcId" : "vpcIdentifier";
  row.vpc = answer.ref<VpcId>(node, vpc, arn);
  for (const Node subnet : answer.list(node, "subnetIds", arn, row.subnets.open).items()) {
    row.subnets.items.push_back(answer.id<SubnetId>(subnet));
  }
  for (const Node group : answer.list(node, "securityGroupIds", arn, row.groups.open).items()) {
    row.groups.items.push_back(answer.id<SecurityGroupId>(group));
  }
  // The list and the answer about one gateway say the same in other words.
  if (answer.standing(answer.rows().resource_gateways, row.id) == nullptr)
    answer.put(answer.rows().resource_gateways, std::move(row), node);
}

std::string subject_of(const Answer& answer) { return answer.subject.substr(answer.subject.rfind('/') + 1); }

}  // namespace

void read_resource_gateways(Answer& answer) {
  for (const Node node : answer.root()["items"].items()) take_gateway(answer, node);
}

void read_resource_gateway(Answer& answer) { take_gateway(answer, answer.root()); }

// What the list names; the definition stands in the answer about one.
void read_resource_configurations(Answer& answer) {
  for (const Node node : answer.root()["items"].items()) {
    const std::string arn(node["arn"].text());
    if (!is(arn, "resourceconfiguration")) {
      unnamed(answer, node, "arn");
      continue;
    }
    if (answer.standing(answer.rows().resource_configurations, id_of<ResourceConfigurationId>(answer, arn)) != nullptr)
      continue;
    ResourceConfiguration row;
    row.id = id_of<ResourceConfigurationId>(answer, arn);
    row.head = head_of(answer, node, arn);
    row.kind = kind_of(answer, node, arn);
    row.state = state_of_part(answer, node, arn);
    const GapId gap =
        answer.gap(GapKind::not_collected, "the definition of `" + arn + "` was not collected",
                   "aws vpc-lattice get-resource-configuration --resource-configuration-identifier " + arn, node);
    row.address = gap;
    row.ports = gap;
    row.custom_domain = gap;
    const std::string_view gateway = node["resourceGatewayId"].text();
    row.gateway = gateway.empty() ? Value<ResourceGatewayId>(gap)
                                  : id_of<ResourceGatewayId>(answer, sibling(arn, "resourcegateway", gateway));
    const std::string_view group = node["resourceConfigurationGroupId"].text();
    if (!group.empty())
      row.group = id_of<ResourceConfigurationId>(answer, sibling(arn, "resourceconfiguration", group));
    answer.work().lattice.listed_only.insert(row.id);
    answer.put(answer.rows().resource_configurations, std::move(row), node);
  }
}

void read_resource_configuration(Answer& answer) {
  const Node node = answer.root();
  const std::string arn(node["arn"].text());
  if (!is(arn, "resourceconfiguration")) return answer.unread();
  ResourceConfiguration row;
  row.id = id_of<ResourceConfigurationId>(answer, arn);
  row.head = head_of(answer, node, arn);
  row.kind = kind_of(answer, node, arn);
  row.state = state_of_part(answer, node, arn);
  const std::string_view gateway = node["resourceGatewayId"].text();
  row.gateway = gateway.empty() ? Value<ResourceGatewayId>()
                                : id_of<ResourceGatewayId>(answer, sibling(arn, "resourcegateway", gateway));
  const std::string_view group = node["resourceConfigurationGroupId"].text();
  if (!group.empty()) row.group = id_of<ResourceConfigurationId>(answer, sibling(arn, "resourceconfiguration", group));
  const Node what = node["resourceConfigurationDefinition"];
  row.host = answer.text(what["dnsResource"]["domainName"]);
  row.arn = answer.text(what["arnResource"]["arn"]);
  if (const Node address = what["ipResource"]["ipAddress"]; !address.absent()) {
    row.address = answer.address(address, arn);
    row.has_address = true;
  }
  row.custom_domain = answer.text(node["customDomainName"]);
  row.ports = row.kind.known() && *row.kind == ResourceConfigurationKind::single ? ports_of(answer, node, arn)
              : node["portRanges"].absent()                                      ? Value<PortSet>(PortSet(0, 65535))
                                                                                 : ports_of(answer, node, arn);
  auto& rows = answer.rows().resource_configurations;
  ResourceConfiguration* standing = answer.standing(rows, row.id);
  if (standing != nullptr && answer.work().lattice.listed_only.erase(row.id) > 0) {
    *standing = std::move(row);
  } else if (standing == nullptr) {
    answer.put(rows, std::move(row), node);
  }
}

void read_service_networks(Answer& answer) {
  for (const Node node : answer.root()["items"].items()) {
    const std::string_view arn = node["arn"].text();
    if (!is(arn, "servicenetwork")) {
      unnamed(answer, node, "arn");
      continue;
    }
    ServiceNetwork row;
    row.id = id_of<ServiceNetworkId>(answer, arn);
    if (answer.standing(answer.rows().service_networks, row.id) != nullptr) continue;
    row.head = head_of(answer, node, arn);
    row.authorizes =
        answer.gap(GapKind::not_collected, "whether `" + std::string(arn) + "` has an auth policy",
                   "aws vpc-lattice get-service-network --service-network-identifier " + std::string(arn), node);
    answer.put(answer.rows().service_networks, std::move(row), node);
  }
}

void read_service_network(Answer& answer) {
  const Node node = answer.root();
  const std::string_view arn = node["arn"].text();
  if (!is(arn, "servicenetwork")) return answer.unread();
  const std::string_view type = node["authType"].text();
  const Value<bool> authorizes = type == "NONE"      ? Value<bool>(false)
                                 : type == "AWS_IAM" ? Value<bool>(true)
                                                     : Value<bool>(answer.lacking(arn, "authType", node["authType"]));
  const auto id = id_of<ServiceNetworkId>(answer, arn);
  if (ServiceNetwork* standing = answer.standing(answer.rows().service_networks, id)) {
    if (!standing->authorizes.known()) standing->authorizes = authorizes;
    return;
  }
  ServiceNetwork row;
  row.id = id;
  row.head = head_of(answer, node, arn);
  row.authorizes = authorizes;
  answer.put(answer.rows().service_networks, std::move(row), node);
}

void read_network_vpcs(Answer& answer) {
  LatticeParts& parts = answer.work().lattice;
  if (!answer.subject.empty()) parts.vpcs[subject_of(answer)];
  for (const Node node : answer.root()["items"].items()) {
    const std::string_view arn = node["arn"].text();
    ServiceNetworkVpc vpc;
    vpc.vpc = answer.ref<VpcId>(node, "vpcId", arn);
    vpc.state = state_of_part(answer, node, arn);
    vpc.private_dns = answer.flag(node, "privateDnsEnabled", arn);
    vpc.groups.open = answer.gap(GapKind::not_collected, "the security groups of `" + std::string(arn) + "`",
                                 "aws vpc-lattice get-service-network-vpc-association", node);
    parts.vpcs[network_of(answer, node)].items.push_back(std::move(vpc));
    parts.association_ids[network_of(answer, node)].push_back(std::string(node["id"].text()));
  }
}

// The answer about one association knows its groups, too.
void read_network_vpc(Answer& answer) {
  const Node node = answer.root();
  List<SecurityGroupId> groups;
  for (const Node group : answer.optional_list(node, "securityGroupIds", node["arn"].text(), groups.open).items()) {
    groups.items.push_back(answer.id<SecurityGroupId>(group));
  }
  answer.work().lattice.association_groups[std::string(node["id"].text())] = std::move(groups);
}

void read_network_resources(Answer& answer) {
  LatticeParts& parts = answer.work().lattice;
  if (!answer.subject.empty()) parts.resources[subject_of(answer)];
  for (const Node node : answer.root()["items"].items()) {
    const std::string_view status = node["status"].text();
    List<ResourceConfigurationId>& all = parts.resources[network_of(answer, node)];
    if (status != "ACTIVE") {
      all.open = answer.gap(GapKind::undocumented, "an association of a resource is `" + std::string(status) + "`",
                            "collect again", node);
      continue;
    }
    all.items.push_back(id_of<ResourceConfigurationId>(answer, node["resourceConfigurationArn"].text()));
  }
}

void read_network_services(Answer& answer) {
  LatticeParts& parts = answer.work().lattice;
  if (!answer.subject.empty()) parts.services[subject_of(answer)];
  for (const Node node : answer.root()["items"].items()) {
    LatticeService service;
    service.arn = answer.text(node["serviceArn"]);
    service.host = answer.text(node["dnsEntry"]["domainName"]);
    service.custom_domain = answer.text(node["customDomainName"]);
    parts.services[network_of(answer, node)].items.push_back(service);
  }
}

void finish_lattice(Work& work) {
  Registry& registry = *work.registry;
  LatticeParts& parts = work.lattice;
  for (ServiceNetwork& row : work.change.put.service_networks) {
    const std::string arn = registry.texts.string(registry.ids.id(row.id));
    const std::string id = arn.substr(arn.rfind('/') + 1);
    const auto not_collected = [&](const char* what, const char* command) {
      return registry.gaps.add(
          {GapKind::not_collected, std::string(what) + " of the service network `" + id + "` were not collected",
           std::string("aws vpc-lattice ") + command + " --service-network-identifier " + id, row.head.origin});
    };
    if (const auto found = parts.vpcs.find(id); found != parts.vpcs.end()) {
      row.vpcs = found->second;
      const std::vector<std::string>& ids = parts.association_ids[id];
      for (std::size_t n = 0; n < row.vpcs.items.size() && n < ids.size(); ++n) {
        const auto groups = parts.association_groups.find(ids[n]);
        if (groups != parts.association_groups.end()) row.vpcs.items[n].groups = groups->second;
      }
    } else {
      row.vpcs.open = not_collected("the VPCs", "list-service-network-vpc-associations");
    }
    if (const auto found = parts.resources.find(id); found != parts.resources.end()) {
      row.resources = found->second;
    } else {
      row.resources.open = not_collected("the resources", "list-service-network-resource-associations");
    }
    if (const auto found = parts.services.find(id); found != parts.services.end()) {
      row.services = found->second;
    } else {
      row.services.open = not_collected("the services", "list-service-network-service-associations");
    }
  }
}

}  // namespace sallyport::read::snapshot
