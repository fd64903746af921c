// Route 53 Profiles: zones, rules and private names of endpoints that many VPCs share (DN-12).
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

std::string_view after_last(std::string_view text, char c) { return text.substr(text.rfind(c) + 1); }

}  // namespace

void read_profile_associations(Answer& answer) {
  if (answer.root()["NextToken"].absent())
    answer.work().resolver.profile_associations_read.insert({answer.account, answer.region});
  for (const Node node : answer.root()["ProfileAssociations"].items()) {
    const std::string_view status = node["Status"].text();
    if (status == "DELETED" || status == "FAILED") continue;
    const auto vpc = answer.id<VpcId>(node["ResourceId"]);
    if (!vpc || node["ProfileId"].text().empty()) {  // to some VPC it brings something
      cover(answer.work(), Kind::hosted_zone, answer.account, Text(),
            answer.lacking("a profile association", vpc ? "ProfileId" : "ResourceId",
                           node[vpc ? "ProfileId" : "ResourceId"]));
      continue;
    }
    answer.work().resolver.profile_vpcs[{answer.region, answer.text(node["ProfileId"])}].push_back(vpc);
  }
}

void read_profile_resources(Answer& answer) {
  ResolverParts& parts = answer.work().resolver;
  Text profile = answer.text(answer.subject);
  if (answer.root()["NextToken"].absent() && !profile.empty()) parts.profiles_read.insert({answer.region, profile});
  for (const Node node : answer.root()["ProfileResourceAssociations"].items()) {
    if (profile.empty()) profile = answer.text(node["ProfileId"]);
    const std::string_view status = node["Status"].text();
    if (status == "DELETED" || status == "FAILED") continue;
    const std::string_view type = node["ResourceType"].text();
    const std::string_view arn = node["ResourceArn"].text();
    if (type == "PRIVATE_HOSTED_ZONE") {
      const auto zone = answer.id_in<HostedZoneId>(answer.partition, after_last(arn, '/'));
      parts.brought_by[zone].insert({answer.region, profile});
    } else if (type == "RESOLVER_RULE") {
      parts.brought_by[answer.id<ResolverRuleId>(after_last(arn, '/'))].insert({answer.region, profile});
    } else if (type == "VPC_ENDPOINT") {
      parts.brought_by[answer.id<EndpointId>(after_last(arn, '/'))].insert({answer.region, profile});
    } else {
      // Firewall rules: what they do to names is not decided; so that no name of these VPCs is settled.
      parts.profiles_read.erase({answer.region, profile});
      answer.say(Severity::note, "unread-profile-resource",
                 "a Route 53 Profile holds a `" + std::string(type) + "`, which is not read", node);
      return;
    }
  }
}

void bring_by_profile(const Work& work, Ref what, std::vector<VpcId>& vpcs) {
  const auto profiles = work.resolver.brought_by.find(what);
  if (profiles == work.resolver.brought_by.end()) return;
  for (const auto& profile : profiles->second) {
    const auto found = work.resolver.profile_vpcs.find(profile);
    if (found != work.resolver.profile_vpcs.end()) vpcs.insert(vpcs.end(), found->second.begin(), found->second.end());
  }
}

// What an unread profile brings may be any zone: a rule of which it is not known for which
// names it is says so of its VPCs.
void finish_profiles(Work& work) {
  ResolverParts& parts = work.resolver;
  std::set<Ref> known;
  for (const HostedZone& zone : work.change.put.hosted_zones) known.insert(zone.id);
  for (const ResolverRule& rule : work.change.put.resolver_rules) known.insert(rule.id);
  for (Endpoint& endpoint : work.change.put.endpoints) {
    known.insert(endpoint.id);
    bring_by_profile(work, endpoint.id, endpoint.profile_vpcs.items);
  }
  for (const auto& [what, profiles] : parts.brought_by) {
    if (known.contains(what)) continue;
    for (const auto& profile : profiles) parts.profiles_read.erase(profile);
  }
  for (const auto& [profile, vpcs] : parts.profile_vpcs) {
    if (parts.profiles_read.contains(profile)) continue;
    const std::string id = work.registry->texts.string(profile.second);
    ResolverRule rule;
    rule.id = work.registry->ids.get<ResolverRuleId>(profile.first, work.registry->text(id));
    rule.head.region = profile.first;
    rule.head.gap =
        work.registry->gaps.add({GapKind::not_modelled,
                                 "what the Route 53 Profile `" + id + "` brings to its VPCs is not known in full",
                                 "aws route53profiles list-profile-resource-associations --profile-id " + id,
                                 {}});
    rule.type = rule.head.gap;
    rule.vpcs.items = vpcs;
    work.change.put.resolver_rules.push_back(std::move(rule));
  }
}

}  // namespace sallyport::read::snapshot
