#include "guard/ground.h"

#include <set>
#include <string>

namespace sallyport::guard {
namespace {

struct Whereabouts {
  Text account;
  Text region;
  friend auto operator<=>(const Whereabouts&, const Whereabouts&) = default;
};

// Every account and Region of which the input holds something; lists and services
// of AWS belong to AWS.
std::set<Whereabouts> whereabouts(const Cloud& cloud) {
  std::set<Whereabouts> places;
  each_kind(cloud.tables(), [&](const auto& rows) {
    using Row = std::remove_cvref_t<decltype(*rows.begin())>;
    if constexpr (!std::is_same_v<Row, PrefixList> && !std::is_same_v<Row, EndpointService> &&
                  !std::is_same_v<Row, OrgNode> && !std::is_same_v<Row, Policy> && !std::is_same_v<Row, Peering>) {
      for (const Row& row : rows) places.insert({row.head.account, row.head.region});
    }
  });
  return places;
}

}  // namespace

void require(const Cloud& cloud, std::initializer_list<Kind> kinds, bool global, Ledger& ledger) {
  std::set<Whereabouts> places;
  for (const Whereabouts& place : whereabouts(cloud)) {
    if (global) {
      places.insert({place.account, Text()});
    } else if (!place.region.empty()) {
      places.insert(place);
    }
  }
  if (places.empty()) places.insert(Whereabouts{});  // nothing at all was collected
  std::set<GapId> told;
  for (const Whereabouts& place : places) {
    for (const Kind kind : kinds) {
      const GapId gap = cloud.missing(kind, place.account, place.region);
      if (gap && told.insert(gap).second) ledger.unknown(gap);
    }
  }
}

}  // namespace sallyport::guard
