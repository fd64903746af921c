#include "net/public_access.h"

#include <utility>

namespace sallyport::net {
namespace {

std::string quoted(const std::string& id) { return "`" + id + "`"; }

struct Setting {
  PublicAccessMode mode = PublicAccessMode::off;
  const PublicAccessBlock* block = nullptr;
  GapId gap;
  std::string assumption;
};

// The setting of the VPC's owner counts, whoever the workload's is (RT-17, BP-1). AWS has
// it off until somebody turns it on.
Setting setting_for(const Index& index, const Vpc& vpc) {
  Setting setting;
  setting.block = index.public_access_block(vpc);
  if (setting.block != nullptr) {
    setting.gap = setting.block->head.gap;
    if (!setting.block->mode.known()) {
      setting.gap = setting.block->mode.gap();
    } else {
      setting.mode = *setting.block->mode;
    }
    return setting;
  }
  const GapId missing = index.cloud().missing(Kind::public_access_block, vpc.head.account, vpc.head.region);
  if (!missing) return setting;
  if (index.options().strict || index.registry().gaps[missing].kind != GapKind::not_collected) {
    setting.gap = missing;
  } else {
    setting.assumption = "VPC Block Public Access is off for " + quoted(index.show(vpc.id)) + " (not collected)";
  }
  return setting;
}

// What the exclusions of a subnet and of its VPC let through (BP-4).
struct Excluded {
  Truth out = Truth::no;
  Truth in = Truth::no;
  GapId gap;
};

void take(const Index& index, Ref what, Excluded& all) {
  for (const PublicAccessExclusion* e : index.public_access_exclusions(what)) {
    GapId gap = e->head.gap;
    if (!gap && !e->mode.known()) gap = e->mode.gap();
    if (gap) {
      all.out = all.out | Truth::unknown;
      all.in = all.in | Truth::unknown;
      all.gap = gap;
      continue;
    }
    all.out = Truth::yes;
    if (*e->mode == ExclusionMode::allow_bidirectional) all.in = Truth::yes;
  }
}

Excluded exclusions(const Index& index, const Vpc& vpc, const Subnet& subnet) {
  Excluded all;
  take(index, vpc.id, all);
  take(index, subnet.id, all);
  if (all.in == Truth::yes) return all;
  GapId missing = index.cloud().missing(Kind::public_access_exclusion, vpc.head.account, vpc.head.region);
  if (!missing) missing = index.stray(Kind::public_access_exclusion);
  if (missing) {
    all.out = all.out | Truth::unknown;
    all.in = all.in | Truth::unknown;
    all.gap = missing;
  }
  return all;
}

PublicAccess closed(const Index& index, const Setting& setting, const Subnet& subnet, const char* what) {
  const bool both = setting.mode == PublicAccessMode::block_bidirectional;
  PublicAccess result;
  result.open = Truth::no;
  result.why = "VPC Block Public Access is " + std::string(both ? "`block-bidirectional`" : "`block-ingress`") +
               ", and no exclusion lets " + quoted(index.show(subnet.id)) + " " + what;
  result.by = setting.block->id;
  result.place = setting.block->head.origin;
  return result;
}

PublicAccess unknown(GapId gap) {
  PublicAccess result;
  result.open = Truth::unknown;
  result.gap = gap;
  return result;
}

}  // namespace

PublicAccess may_leave(const Index& index, const Vpc& vpc, const Subnet& subnet, bool behind_nat, const Subnet* inside,
                       bool egress_only) {
  const Setting setting = setting_for(index, vpc);
  if (setting.gap) return unknown(setting.gap);
  PublicAccess open;
  open.assumption = setting.assumption;
  if (setting.mode == PublicAccessMode::off) return open;
  const bool ingress_only = setting.mode == PublicAccessMode::block_ingress;
  if (ingress_only && (behind_nat || egress_only)) return open;  // BP-3

  // Under `block-ingress` an `allow-egress` exclusion has no effect (BP-4).
  const auto passes = [&](const Subnet& of) {
    const Excluded e = exclusions(index, vpc, of);
    return std::pair(ingress_only ? e.in : e.out, e.gap);
  };
  const auto [at, at_gap] = passes(subnet);
  if (!behind_nat || inside == nullptr || inside == &subnet) {
    if (at == Truth::unknown) return unknown(at_gap);
    return at == Truth::yes ? open : closed(index, setting, subnet, "out");
  }
  // Of a NAT gateway and the subnets that use it AWS names the VPC's exclusion only.
  const auto [from, from_gap] = passes(*inside);
  if (at == Truth::yes && from == Truth::yes) return open;
  if (at == Truth::no && from == Truth::no) return closed(index, setting, *inside, "out");
  if (at == Truth::unknown || from == Truth::unknown) return unknown(at == Truth::unknown ? at_gap : from_gap);
  return unknown(index.gap(GapKind::undocumented,
                           "an exclusion of VPC Block Public Access names " +
                               quoted(index.show(at == Truth::yes ? subnet.id : inside->id)) + ", but not " +
                               quoted(index.show(at == Truth::yes ? inside->id : subnet.id)) +
                               ": whether it holds for what passes the NAT gateway",
                           "exclude both subnets, or the VPC"));
}

PublicAccess may_enter(const Index& index, const Vpc& vpc, const Subnet& subnet) {
  const Setting setting = setting_for(index, vpc);
  if (setting.gap) return unknown(setting.gap);
  PublicAccess open;
  open.assumption = setting.assumption;
  if (setting.mode == PublicAccessMode::off) return open;
  const Excluded e = exclusions(index, vpc, subnet);
  if (e.in == Truth::unknown) return unknown(e.gap);
  return e.in == Truth::yes ? open : closed(index, setting, subnet, "be reached");
}

}  // namespace sallyport::net
