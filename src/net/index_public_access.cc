#include "net/index.h"

namespace sallyport::net {

void IndexParts::add_public_access(const Cloud& cloud) {
  for (const PublicAccessExclusion& e : cloud->public_access_exclusions) {
    if (e.what.kind == Kind::vpc) exclusions_of_vpc[e.what.number].push_back(&e);
    if (e.what.kind == Kind::subnet) exclusions_of_subnet[e.what.number].push_back(&e);
    if (!e.what) strays[static_cast<std::size_t>(Kind::public_access_exclusion)] = e.head.gap;
  }
}

const PublicAccessBlock* Index::public_access_block(const Vpc& vpc) const {
  for (const PublicAccessBlock& block : cloud_->public_access_blocks) {
    if (block.head.region != vpc.head.region) continue;
    if (block.head.account.empty() || vpc.head.account.empty() || block.head.account == vpc.head.account) return &block;
  }
  return nullptr;
}

std::span<const PublicAccessExclusion* const> Index::public_access_exclusions(Ref what) const {
  const auto& map = what.kind == Kind::vpc ? parts_->exclusions_of_vpc : parts_->exclusions_of_subnet;
  const auto found = map.find(what.number);
  if (found == map.end()) return {};
  return found->second;
}

}  // namespace sallyport::net
