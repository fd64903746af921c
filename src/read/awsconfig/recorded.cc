#include "read/awsconfig/recorded.h"

#include <algorithm>

#include "read/awsconfig/types.h"
#include "read/json/parse.h"

namespace sallyport::read::awsconfig {
namespace {

using json::Node;

// `..._ConfigSnapshot_20160927T183939Z_16da....json` -> when; 0: the name does not say.
double moment_in(std::string_view file) {
  const std::size_t at = file.rfind("_ConfigSnapshot_");
  if (at == std::string_view::npos) return 0;
  const std::string_view stamp = file.substr(at + 16, 15);
  if (stamp.size() < 15 || stamp[8] != 'T') return 0;
  const auto part = [&](std::size_t from, std::size_t count) { return std::string(stamp.substr(from, count)); };
  const std::string iso = "\"" + part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(9, 2) + ":" +
                          part(11, 2) + ":" + part(13, 2) + "Z\"";
  const auto tree = json::parse(iso);
  return tree ? seconds_of(tree->root()) : 0;
}

}  // namespace

Recorded::Site Recorded::site_of(const Item& item) {
  const Type* type = type_named(item.type);
  return {item.account, type != nullptr && type->global ? std::string() : item.region};
}

void Recorded::add(const json::Tree& tree, const Where& where, const std::string& expression) {
  for (const Node root : tree.roots()) {
    if (root["ConfigurationRecorders"]) {
      add_recorders(root, where);
      continue;
    }
    std::vector<NoItem> none;
    std::vector<Item> items = items_of(root, where, none, diagnostics_);
    for (const NoItem& n : none) {
      unnamed_.try_emplace(n.type, registry_->gaps.add({GapKind::not_readable,
                                                        "an item of AWS Config in `" + where.file +
                                                            "` lacks its type, its id or its Region",
                                                        "deliver it again", n.origin}));
    }
    if (!root["configSnapshotId"].text().empty()) add_snapshot(root, where, items);
    if (root["Results"] && root["NextToken"].text().empty() && !expression.empty()) {
      const auto [by_type, types] = chosen_types(expression);
      for (const Item& item : items) {
        if (by_type && (types.empty() || types.contains(item.type))) selected_.insert({site_of(item), item.type});
      }
    }
    for (Item& item : items) keep(std::move(item));
  }
}

// A snapshot is of one account and one Region, and of global types perhaps.
void Recorded::add_snapshot(Node root, const Where& where, std::vector<Item>& items) {
  Taken taken{std::string(root["configSnapshotId"].text()), moment_in(where.file), root.origin()};
  const bool named = taken.moment > 0;
  const int number = static_cast<int>(taken_.size());
  if (!where.account.empty() && !where.region.empty()) snapshots_[{where.account, where.region}].insert(number);
  for (Item& item : items) {
    if (!named) taken.moment = std::max(taken.moment, item.captured);
    snapshots_[site_of(item)].insert(number);
    item.snapshot = number;
  }
  taken_.push_back(std::move(taken));
}

void Recorded::keep(Item item) {
  const Site site = site_of(item);
  Kept& kept = items_[{item.type, site.first, site.second, item.id}];
  if (item.snapshot >= 0) kept.snapshots.insert(item.snapshot);
  // Of equally new ones that with more to say; then the first.
  const auto rank = [](const Item& i) { return std::tuple(i.captured, !i.in_part, !i.configuration.empty()); };
  if (kept.item.id.empty() || rank(kept.item) < rank(item)) kept.item = std::move(item);
}

void Recorded::add_recorders(Node root, const Where& where) {
  for (const Node node : root["ConfigurationRecorders"].items()) {
    const Node group = node["recordingGroup"];
    const std::string_view strategy = group["recordingStrategy"]["useOnly"].text();
    Recorder& recorder = recorders_[{where.account, where.region}];
    recorder.all = recorder.all || group["allSupported"].boolean().value_or(false) ||
                   strategy == "ALL_SUPPORTED_RESOURCE_TYPES" || strategy == "EXCLUSION_BY_RESOURCE_TYPES";
    for (const Node type : group["resourceTypes"].items()) recorder.types.emplace(type.text());
    for (const Node type : group["exclusionByResourceTypes"]["resourceTypes"].items()) {
      recorder.excluded.emplace(type.text());
    }
  }
}

bool Recorded::records(const Site& site, std::string_view type, bool everywhere) const {
  const auto found = recorders_.find(site);
  if (found == recorders_.end()) return false;
  const std::string name(type);
  if (found->second.types.contains(name)) return true;
  return found->second.all && everywhere && !found->second.excluded.contains(name);
}

void Recorded::find_newest() {
  for (const auto& [site, numbers] : snapshots_) {
    int best = -1;
    bool tie = false;
    for (const int n : numbers) {
      const Taken& taken = taken_[static_cast<std::size_t>(n)];
      if (best < 0) {
        best = n;
        continue;
      }
      const Taken& standing = taken_[static_cast<std::size_t>(best)];
      if (taken.id == standing.id) continue;  // the same one twice
      tie = taken.moment == standing.moment || (tie && taken.moment < standing.moment);
      if (taken.moment > standing.moment) best = n;
    }
    newest_[site] = best;
    if (!tie) continue;
    doubts_[site] = registry_->gaps.add(
        {GapKind::contradictory,
         "two snapshots of AWS Config for " + site.first + " in " + site.second + " do not say which is newer",
         "give the newest only", taken_[static_cast<std::size_t>(best)].origin});
  }
}

// What a newer snapshot lacks is not there any more, unless it was recorded later.
bool Recorded::is_gone(const Kept& kept, const Site& site) const {
  if (kept.item.status == Status::deleted) return true;
  const auto newest = newest_.find(site);
  if (newest == newest_.end() || kept.snapshots.contains(newest->second)) return false;
  const Taken& taken = taken_[static_cast<std::size_t>(newest->second)];
  // The same snapshot may have been given twice.
  for (const int n : kept.snapshots) {
    if (taken_[static_cast<std::size_t>(n)].id == taken.id) return false;
  }
  return !kept.snapshots.empty() && kept.item.captured <= taken.moment;
}

}  // namespace sallyport::read::awsconfig
