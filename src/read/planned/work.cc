#include "read/planned/work.h"

namespace sallyport::read::planned {

void Work::say(Severity severity, const char* code, std::string message, Origin at) {
  constexpr std::size_t enough = 50;
  if (!told.emplace(at, message).second) return;  // a value may be read more than once
  if (++said[code] <= enough) change.diagnostics.push_back({severity, code, std::move(message), at});
}

GapId beside(Work& work) {
  return work.registry.gaps.add({GapKind::not_collected, work.wording->beside, work.wording->beside_remedy});
}

GapId later(Work& work, const std::string& what, Origin origin, bool are) {
  return work.registry.gaps.add({GapKind::known_after_apply,
                                 what + " " + (are ? work.wording->are_later : work.wording->is_later),
                                 work.wording->remedy, origin});
}

bool is_new_vpc(const Work& work, const Value<VpcId>& vpc) { return vpc.known() && work.created.contains(Ref(*vpc)); }

}  // namespace sallyport::read::planned
