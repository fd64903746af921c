#include "read/planned/public_access.h"

#include <string>
#include <utility>

namespace sallyport::read::planned {
namespace {

GapId no_word(Work& work, std::string_view word, Origin origin) {
  return work.registry.gaps.add({GapKind::not_readable,
                                 "`" + std::string(word) + "` is no mode of VPC Block Public Access",
                                 "see the EC2 API reference", origin});
}

}  // namespace

Value<PublicAccessMode> public_access_mode(Work& work, const Value<Text>& text, Origin origin) {
  if (!text.known()) return text.gap();
  const std::string_view word = work.registry.view(*text);
  if (word == "off") return PublicAccessMode::off;
  if (word == "block-bidirectional") return PublicAccessMode::block_bidirectional;
  if (word == "block-ingress") return PublicAccessMode::block_ingress;
  return no_word(work, word, origin);
}

void put_public_access(Work& work, const Head& head, Value<PublicAccessMode> mode) {
  PublicAccessBlock row;
  row.head = head;
  row.mode = mode;
  bool found = false;
  for (const PublicAccessBlock& there : work.base->public_access_blocks) {
    if (there.head.region != head.region) continue;
    if (!head.account.empty() && there.head.account != head.account) continue;
    row.id = there.id;
    row.head.account = there.head.account;
    work.put(work.change.put.public_access_blocks, row);
    found = true;
  }
  if (found) return;
  const Text whose = head.account.empty() ? work.registry.text("account") : head.account;
  row.id = work.registry.ids.get<PublicAccessBlockId>(head.region, whose);
  work.put(work.change.put.public_access_blocks, std::move(row));
}

void put_exclusion(Work& work, PublicAccessExclusionId id, Head head, const Value<VpcId>& vpc,
                   const Value<SubnetId>& subnet, const Value<Text>& mode) {
  PublicAccessExclusion row;
  row.id = id;
  row.head = head;
  if (!vpc.known() || !subnet.known()) {
    row.head.gap = vpc.known() ? subnet.gap() : vpc.gap();
  } else {
    row.what = *vpc ? Ref(*vpc) : Ref(*subnet);
    if (!row.what && !row.head.gap) {
      row.head.gap = work.registry.gaps.add(
          {GapKind::not_readable, "an exclusion from VPC Block Public Access names neither a VPC nor a subnet", "",
           head.origin});
    }
  }
  if (!mode.known()) {
    row.mode = mode.gap();
  } else if (work.registry.view(*mode) == "allow-bidirectional") {
    row.mode = ExclusionMode::allow_bidirectional;
  } else if (work.registry.view(*mode) == "allow-egress") {
    row.mode = ExclusionMode::allow_egress;
  } else {
    row.mode = no_word(work, work.registry.view(*mode), head.origin);
  }
  work.put(work.change.put.public_access_exclusions, std::move(row));
}

}  // namespace sallyport::read::planned
