// VPC Block Public Access as VPCs and subnets show it, where the account's own setting was not collected: participants
// of shared subnets cannot see it, and older collections lack it (BP-1, BP-4).
//
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BlockPublicAccessStates.html
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// How much is blocked.
int strength(PublicAccessMode mode) {
  switch (mode) {
    case PublicAccessMode::off: return 0;
    case PublicAccessMode::block_ingress: return 1;
    case PublicAccessMode::block_bidirectional: return 2;
  }
  return 2;
}

PublicAccessMode stronger(PublicAccessMode a, PublicAccessMode b) { return strength(a) < strength(b) ? b : a; }

class Shown {
 public:
  explicit Shown(Work& work) : work_(work), registry_(*work.registry) {}

  void run() {
    Objects& put = work_.change.put;
    std::set<std::pair<Text, Text>> told;
    for (const PublicAccessBlock& row : put.public_access_blocks) told.emplace(row.head.account, row.head.region);
    for (const Vpc& vpc : put.vpcs) {
      const std::pair place{vpc.head.account, vpc.head.region};
      if (!told.contains(place) && state_of(vpc.id) != nullptr) places_[place].push_back(&vpc);
    }
    for (const Subnet& subnet : put.subnets) {
      if (subnet.vpc.known()) subnets_[*subnet.vpc].push_back(&subnet);
    }
    for (const auto& [place, vpcs] : places_) settle(place, vpcs);
  }

 private:
  using Place = std::pair<Text, Text>;  // account, Region

  const PublicAccessMode* state_of(Ref what) const {
    const auto found = work_.shown_blocks.find(what);
    return found == work_.shown_blocks.end() ? nullptr : &found->second;
  }

  void settle(const Place& place, const std::vector<const Vpc*>& vpcs) {
    PublicAccessMode mode = PublicAccessMode::off;
    for (const Vpc* vpc : vpcs) {
      mode = stronger(mode, *state_of(vpc->id));
      for (const Subnet* subnet : subnets_[vpc->id]) {
        if (const PublicAccessMode* state = state_of(subnet->id)) mode = stronger(mode, *state);
      }
    }
    PublicAccessBlock row;
    row.id = registry_.ids.get<PublicAccessBlockId>(place.second, place.first);
    row.head = {{}, place.first, place.second, vpcs.front()->head.origin, {}};
    row.mode = mode;
    work_.change.put.public_access_blocks.push_back(std::move(row));
    cover(work_, Kind::public_access_block, place.first, place.second, {});
    if (mode == PublicAccessMode::off) return;
    for (const Vpc* vpc : vpcs) {
      except(vpc->id, vpc->head, *state_of(vpc->id), mode);
      for (const Subnet* subnet : subnets_[vpc->id]) {
        const PublicAccessMode* state = state_of(subnet->id);
        if (state != nullptr && strength(*state) < strength(*state_of(vpc->id)))
          except(subnet->id, subnet->head, *state, mode);
      }
    }
    cover(work_, Kind::public_access_exclusion, place.first, place.second, {});
  }

  // What shows less than the account's setting is excluded from it.
  void except(Ref what, const Head& head, PublicAccessMode shown, PublicAccessMode mode) {
    if (shown == mode) return;
    PublicAccessExclusion row;
    row.id = registry_.ids.get<PublicAccessExclusionId>(head.region,
                                                        registry_.text("shown by " + std::string(registry_.id(what))));
    row.head = {{}, head.account, head.region, head.origin, {}};
    row.what = what;
    row.mode = shown == PublicAccessMode::off ? ExclusionMode::allow_bidirectional : ExclusionMode::allow_egress;
    work_.change.put.public_access_exclusions.push_back(std::move(row));
  }

  Work& work_;
  Registry& registry_;
  std::map<Place, std::vector<const Vpc*>> places_;
  std::map<VpcId, std::vector<const Subnet*>> subnets_;
};

}  // namespace

void note_shown_block(Answer& answer, Ref what, Node node) {
  const std::string_view mode = node["BlockPublicAccessStates"]["InternetGatewayBlockMode"].text();
  if (mode == "off") answer.work().shown_blocks[what] = PublicAccessMode::off;
  if (mode == "block-ingress") answer.work().shown_blocks[what] = PublicAccessMode::block_ingress;
  if (mode == "block-bidirectional") answer.work().shown_blocks[what] = PublicAccessMode::block_bidirectional;
}

void finish_shown_blocks(Work& work) {
  if (!work.shown_blocks.empty()) Shown(work).run();
}

}  // namespace sallyport::read::snapshot
