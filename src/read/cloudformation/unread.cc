// What templates call things, and what resources of types that no reader takes may add to a
// VPC (planned/coverage.h).
#include <algorithm>

#include "read/cloudformation/evaluate.h"
#include "read/cloudformation/families.h"

namespace sallyport::read::cloudformation {
namespace {

constexpr planned::Hides hides[] = {
    {"AWS::Route53Resolver::ResolverConfig", Kind::resolver_rule},
    {"AWS::Route53Profiles::", Kind::hosted_zone},
    {"AWS::Route53Profiles::", Kind::resolver_rule},
    {"AWS::ServiceDiscovery::PrivateDnsNamespace", Kind::hosted_zone},
    {"AWS::NetworkFirewall::Firewall", Kind::endpoint},
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

Text fresh(Registry& registry, std::string_view name) {
  std::string plain(name);
  std::replace(plain.begin(), plain.end(), ':', '.');  // as `new_text` does
  return registry.texts.symbol(plain);
}

}  // namespace

const planned::Wording template_words = {"what others made beside the resources of these templates is not in them",
                                         "collect the account (`collect.sh`) and give its folder with `--base`",
                                         "is not known before the stack is made",
                                         "are not known before the stack is made",
                                         "make the stack and collect the account",
                                         "collect the account once the stack is made",
                                         hides,
                                         harmless,
                                         fresh};

// A custom resource runs code of the user's. What it is given of a network it may change.
void leave_unread(Work& work, const Resource& r) {
  planned::UnreadType& unread = work.unread[std::string(r.type)];
  if (unread.number++ == 0) unread.first = r.node.origin();
  ++unread.made;
  if (is_custom(r.type) && names_network(*r.stack, r.node["Properties"])) unread.of_any_kind = true;
}

}  // namespace sallyport::read::cloudformation
