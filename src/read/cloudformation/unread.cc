// Resources that no reader takes: listed once each with their number, and what they may
// change held back from coverage.
#include <algorithm>

#include "read/cloudformation/evaluate.h"
#include "read/cloudformation/families.h"

namespace sallyport::read::cloudformation {
namespace {

// What resources of a type, told by how its name begins, may add to a VPC.
struct Hides {
  std::string_view prefix;
  Kind kind;  // `none`: any kind
};
constexpr Hides hides[] = {
    {"AWS::Route53Resolver::ResolverRule", Kind::resolver_rule},
    {"AWS::Route53Profiles::", Kind::hosted_zone},
    {"AWS::Route53Profiles::", Kind::resolver_rule},
    {"AWS::ServiceDiscovery::PrivateDnsNamespace", Kind::hosted_zone},
    {"AWS::NetworkFirewall::Firewall", Kind::endpoint},
    {"AWS::VpcLattice::", Kind::endpoint},
    {"AWS::EKS::Cluster", Kind::security_group},
    {"AWS::ServiceCatalog::CloudFormationProvisionedProduct", Kind::none},
    {"AWS::CloudFormation::StackSet", Kind::none},
    {"AWS::CloudFormation::Macro", Kind::none},
    {"AWS::Serverless::Application", Kind::none},
    {"AWS::EC2::", Kind::none},
};

// Types of those that add nothing to a VPC.
constexpr std::string_view harmless[] = {
    "AWS::EC2::CapacityReservation",
    "AWS::EC2::CustomerGateway",
    "AWS::EC2::EC2Fleet",
    "AWS::EC2::FlowLog",
    "AWS::EC2::Host",
    "AWS::EC2::IPAM",
    "AWS::EC2::KeyPair",
    "AWS::EC2::NetworkInsights",
    "AWS::EC2::NetworkPerformanceMetricSubscription",
    "AWS::EC2::PlacementGroup",
    "AWS::EC2::SnapshotBlockPublicAccess",
    "AWS::EC2::SpotFleet",
    "AWS::EC2::TrafficMirror",
    "AWS::EC2::TransitGateway",
    "AWS::EC2::VPCEndpointConnectionNotification",
    "AWS::EC2::VPCEndpointServicePermissions",
    "AWS::EC2::Volume",
    "AWS::EC2::VPNConnection",
    "AWS::EC2::VPNGateway",
    "AWS::EC2::CarrierGateway",
    "AWS::EC2::LocalGateway",
    "AWS::EC2::VerifiedAccess",
    "AWS::EC2::ClientVpn",
    "AWS::EC2::InstanceConnectEndpoint",
};

bool begins(std::string_view text, const auto& prefixes) {
  return std::any_of(std::begin(prefixes), std::end(prefixes),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool is_custom(std::string_view type) {
  return type.starts_with("Custom::") || type == "AWS::CloudFormation::CustomResource";
}

// Does a part of a resource name something of AWS::EC2 in its stack? Depth is bounded by
// the parsers.
bool names_network(const Stack& stack, Node node) {
  const Call c = call_of(node);
  if (c.name == "Ref" || c.name == "Fn::GetAtt") {
    std::string_view name = c.argument.is(json::Kind::array) ? c.argument.at(0).text() : c.argument.text();
    name = name.substr(0, name.find('.'));
    const Resource* r = stack.find(name);
    return r != nullptr && r->type.starts_with("AWS::EC2::");
  }
  for (const Node entry : node.items()) {
    if (names_network(stack, entry)) return true;
  }
  for (const json::Member m : node.members()) {
    if (names_network(stack, m.value)) return true;
  }
  return false;
}

// A custom resource runs code of the user's. What it is given of a network it may change.
bool may_hide(const std::string& type, const std::vector<const Resource*>& resources, Kind kind) {
  if (is_custom(type)) {
    return std::any_of(resources.begin(), resources.end(),
                       [](const Resource* r) { return names_network(*r->stack, r->node["Properties"]); });
  }
  return std::any_of(std::begin(hides), std::end(hides), [&](const Hides& h) {
    if (!type.starts_with(h.prefix)) return false;
    return h.kind == kind || (h.kind == Kind::none && !begins(type, harmless));
  });
}

}  // namespace

void report_unread(Work& work) {
  for (const auto& [type, resources] : work.unread) {
    work.change.unread.push_back({type, resources.size()});
    work.change.diagnostics.push_back({Severity::note, "unread-type",
                                       "`" + type + "` is not read (" + std::to_string(resources.size()) +
                                           (resources.size() == 1 ? " resource)" : " resources)"),
                                       resources.front()->node.origin()});
  }
}

GapId hidden_by_unread(Work& work, Kind kind) {
  for (const auto& [type, resources] : work.unread) {
    if (!may_hide(type, resources, kind)) continue;
    return work.registry.gaps.add({GapKind::not_modelled, "resources of the type `" + type + "` are not read",
                                   "collect the account once the stack is made"});
  }
  return {};
}

}  // namespace sallyport::read::cloudformation
