#include "net/api_door.h"

#include <algorithm>
#include <utility>

namespace sallyport::net {
namespace {

// `may` with one verdict turned into another.
May turned(May may, Verdict from, Verdict into) {
  May result;
  for (const Verdict v : {Verdict::private_, Verdict::public_, Verdict::blocked}) {
    if (may.has(v)) result = result | (v == from ? into : v);
  }
  return result;
}

Outcome refused(const Index& index, const Resource& api, Outcome outcome, Verdict way) {
  if (!outcome.may.has(way)) return outcome;
  const bool only = outcome.may == May(way);
  outcome.may = turned(outcome.may, way, Verdict::blocked);
  const bool by_endpoint = way == Verdict::private_;
  std::erase_if(outcome.passages, [&](const Passage& p) { return static_cast<bool>(p.endpoint) == by_endpoint; });
  if (!only) return outcome;
  const std::string who = "`" + index.show(api.id) + "`";
  outcome.reason =
      by_endpoint
          ? Reason{"API_NOT_PRIVATE", "an interface endpoint leads to private APIs only, and " + who + " is none",
                   api.id, api.head.origin}
          : Reason{"API_PRIVATE_ONLY", who + " is private: it answers through interface endpoints only", api.id,
                   api.head.origin};
  outcome.trail.hops.push_back({name(api.what), api.id, {}, "does not answer here", api.head.origin});
  return outcome;
}

}  // namespace

Outcome at_api(const Index& index, const Target& target, Outcome outcome) {
  const auto* t = std::get_if<ResourceTarget>(&target);
  const Resource* api = t == nullptr ? nullptr : index.cloud()->resources.find(t->object.as<Kind::resource>());
  if (api == nullptr || api->what != Kind::api) return outcome;
  outcome.trail.reads.push_back(api->id);
  if (api->endpoints_only.known()) {
    return refused(index, *api, std::move(outcome), *api->endpoints_only ? Verdict::public_ : Verdict::private_);
  }
  if (outcome.may == May(Verdict::blocked)) return outcome;
  outcome.may = outcome.may | Verdict::blocked;
  outcome.trail.doubts.push_back(api->endpoints_only.gap());
  for (Passage& p : outcome.passages) p.certain = false;
  return outcome;
}

}  // namespace sallyport::net
