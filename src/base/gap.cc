#include "base/gap.h"

#include <utility>

#include "base/result.h"

namespace sallyport {

Gaps::Gaps() { gaps_.push_back({}); }

GapId Gaps::add(Gap gap) {
  const std::lock_guard lock(mutex_);
  const auto [entry, is_new] =
      index_.try_emplace({gap.kind, gap.what}, GapId(static_cast<std::uint32_t>(gaps_.size())));
  if (is_new) gaps_.push_back(std::move(gap));
  return entry->second;
}

std::size_t Gaps::size() const {
  const std::lock_guard lock(mutex_);
  return gaps_.size();
}

const Gap& Gaps::operator[](GapId id) const {
  const std::lock_guard lock(mutex_);
  SP_ASSERT(id && id.number() < gaps_.size());
  return gaps_[id.number()];
}

const char* name(GapKind kind) {
  switch (kind) {
    case GapKind::not_collected: return "not-collected";
    case GapKind::not_readable: return "not-readable";
    case GapKind::not_modelled: return "not-modelled";
    case GapKind::known_after_apply: return "known-after-apply";
    case GapKind::contradictory: return "contradictory";
    case GapKind::undocumented: return "undocumented";
    case GapKind::outside: return "outside";
  }
  return "unknown";
}

}  // namespace sallyport
