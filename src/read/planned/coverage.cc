#include "read/planned/coverage.h"

#include <algorithm>

namespace sallyport::read::planned {
namespace {

constexpr Kind in_vpcs[] = {Kind::subnet,
                            Kind::route_table,
                            Kind::network_acl,
                            Kind::security_group,
                            Kind::internet_gateway,
                            Kind::egress_only_gateway,
                            Kind::nat_gateway,
                            Kind::endpoint,
                            Kind::peering,
                            Kind::resolver_rule,
                            Kind::dns_firewall,
                            Kind::vpc,
                            Kind::transit_attachment,
                            Kind::public_access_exclusion};

// Why the VPCs of a Region are not all new ones, or of an object it is not known in
// which VPC it is; 0 if all is well.
class OnlyNew {
 public:
  OnlyNew(Work& work, Text region) : work_(work), region_(region) {}

  GapId find() {
    const Objects& put = work_.change.put;
    if (std::none_of(put.vpcs.begin(), put.vpcs.end(), [&](const Vpc& v) { return v.head.region == region_; })) {
      return beside(work_);
    }
    for (const Vpc& row : put.vpcs) look(row.head, Value<VpcId>(row.id));
    for (const Subnet& row : put.subnets) look(row.head, row.vpc);
    for (const RouteTable& row : put.route_tables) look(row.head, row.vpc);
    for (const NetworkAcl& row : put.network_acls) look(row.head, row.vpc);
    for (const SecurityGroup& row : put.security_groups) look(row.head, row.vpc);
    for (const Endpoint& row : put.endpoints) look(row.head, row.vpc);
    for (const NatGateway& row : put.nat_gateways) look(row.head, row.vpc);
    for (const Interface& row : put.interfaces) look(row.head, row.vpc);
    for (const Instance& row : put.instances) look(row.head, row.vpc);
    for (const TransitAttachment& row : put.transit_attachments) look(row.head, row.vpc);
    for (const DnsFirewall& row : put.dns_firewalls) look(row.head, row.vpc);
    for (const InternetGateway& row : put.internet_gateways) look(row.head, row.vpcs);
    for (const EgressOnlyGateway& row : put.egress_only_gateways) look(row.head, row.vpcs);
    for (const Function& row : put.functions) {
      if (!row.network.known()) look(row.head, Value<VpcId>(row.network.gap()));
      if (row.network.known() && row.network->vpc) look(row.head, Value<VpcId>(row.network->vpc));
    }
    return gap_;
  }

 private:
  void look(const Head& head, const Value<VpcId>& vpc) {
    if (head.region != region_ || gap_) return;
    if (!vpc.known()) {
      if (!work_.among_created.contains(vpc.gap())) gap_ = vpc.gap();
    } else if (*vpc && !work_.created.contains(Ref(*vpc))) {
      gap_ = beside(work_);
    }
  }
  void look(const Head& head, const List<VpcId>& vpcs) {
    for (const VpcId vpc : vpcs) look(head, Value<VpcId>(vpc));
    if (vpcs.open) look(head, Value<VpcId>(vpcs.open));
  }

  Work& work_;
  Text region_;
  GapId gap_;
};

bool begins(std::string_view text, std::span<const std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view p) { return text.starts_with(p); });
}

bool may_hide(const Wording& wording, std::string_view type, const UnreadType& unread, Kind kind) {
  if (unread.of_any_kind) return true;
  return std::any_of(wording.hides.begin(), wording.hides.end(), [&](const Hides& h) {
    if (!type.starts_with(h.prefix)) return false;
    return h.kind == kind || (h.kind == Kind::none && !begins(type, wording.harmless));
  });
}

// Why objects of `kind` may be missing for what is not read; 0 if nothing hides any.
// `only_new`: what is there already stands in the base.
GapId hidden_by_unread(Work& work, Kind kind, bool only_new) {
  for (const auto& [type, unread] : work.unread) {
    if ((only_new && unread.made == 0) || !may_hide(*work.wording, type, unread, kind)) continue;
    return work.registry.gaps.add(
        {GapKind::not_modelled, "resources of the type `" + type + "` are not read", work.wording->collect});
  }
  return {};
}

// Why an object of `kind` that the input makes may not be among its rows.
GapId in_doubt(const Work& work, Kind kind) {
  if (work.left_out) return work.left_out;
  const auto doubted = work.doubted.find(kind);
  return doubted == work.doubted.end() ? GapId() : doubted->second;
}

void taint_new(Work& work, GapId gap) {
  if (!gap) return;
  const auto taint = [&](Head& head) {
    if (!head.gap) head.gap = gap;
  };
  for (Interface& row : work.change.put.interfaces) {
    if (!row.vpc.known() || work.created.contains(Ref(*row.vpc))) taint(row.head);
  }
  for (Function& row : work.change.put.functions) {
    if (row.network.known() && row.network->vpc && work.created.contains(Ref(row.network->vpc))) taint(row.head);
  }
}

}  // namespace

void claim_coverage(Work& work, const std::vector<Site>& sites) {
  const bool over_base = !work.base->vpcs.empty();
  const auto anything = work.doubted.find(Kind::none);  // what makes it may hold objects of any kind
  for (const Site& site : sites) {
    const GapId silent = over_base ? beside(work) : site.silent ? site.silent : OnlyNew(work, site.region).find();
    const auto missing = [&](Kind kind) {
      const GapId hidden = hidden_by_unread(work, kind, over_base);
      if (over_base && hidden) return hidden;
      if (over_base && anything != work.doubted.end()) return anything->second;
      if (silent) return silent;
      const GapId doubt = in_doubt(work, kind);
      return doubt ? doubt : hidden;
    };
    for (const Kind kind : in_vpcs) work.change.collected(kind, site.account, site.region, missing(kind));
    work.change.collected(Kind::hosted_zone, site.account, Text(), missing(Kind::hosted_zone));
    work.change.collected(Kind::network_interface, site.account, site.region,
                          silent ? silent : later(work, "which interfaces AWS's services make", {}));
  }
  if (!over_base) return;
  for (const Kind kind : in_vpcs) taint_new(work, in_doubt(work, kind));
  taint_new(work, in_doubt(work, Kind::hosted_zone));
}

void report_unread(Work& work) {
  for (const auto& [type, unread] : work.unread) {
    work.change.unread.push_back({type, unread.number});
    work.change.diagnostics.push_back({Severity::note, "unread-type",
                                       "`" + type + "` is not read (" + std::to_string(unread.number) +
                                           (unread.number == 1 ? " resource)" : " resources)"),
                                       unread.first});
  }
}

}  // namespace sallyport::read::planned
