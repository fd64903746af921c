#include "cli/lacks.h"

#include <algorithm>

#include "guard/ground.h"

namespace sallyport::cli {
namespace {

std::vector<GapId> open_of(guard::Ledger ledger) {
  std::vector<GapId> gaps;
  for (const guard::Open& open : ledger.close().open) gaps.push_back(open.gap);
  std::sort(gaps.begin(), gaps.end());
  return gaps;
}

guard::Ledger ledger_of(const Cloud& cloud) { return {cloud, "", guard::Level::low, 0}; }

}  // namespace

std::vector<GapId> lacking_workloads(const Cloud& cloud) {
  guard::Ledger ledger = ledger_of(cloud);
  guard::require(cloud, {Kind::instance, Kind::network_interface, Kind::function}, false, ledger);
  return open_of(std::move(ledger));
}

std::vector<GapId> lacking_targets(const Cloud& cloud) {
  guard::Ledger ledger = ledger_of(cloud);
  guard::require(cloud,
                 {Kind::endpoint, Kind::function, Kind::table, Kind::queue, Kind::topic, Kind::key, Kind::secret,
                  Kind::repository, Kind::event_bus},
                 false, ledger);
  guard::require(cloud, {Kind::bucket}, true, ledger);
  return open_of(std::move(ledger));
}

}  // namespace sallyport::cli
