// Region and account of each provider.
#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <set>
#include <span>

#include "base/parallel.h"
#include "facts/regions.h"
#include "read/json/keys.h"
#include "read/terraform/references.h"
#include "read/terraform/work.h"

namespace sallyport::read::terraform {
namespace {

struct Arn {
  std::string_view service, region, account;
};

Arn split(std::string_view text) {
  if (!text.starts_with("arn:")) return {};
  std::string_view part[5];
  for (std::string_view& p : part) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {};
    p = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  return {part[2], part[3], part[4]};
}

bool is_account(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view region_if(std::string_view text) {
  return facts::partition_of(text) == nullptr ? std::string_view() : text;
}

// `eu-central-1a` -> `eu-central-1`; a local zone is none.
std::string_view region_of_zone(std::string_view zone) {
  return zone.empty() ? zone : region_if(zone.substr(0, zone.size() - 1));
}

// Regions by what names them; asked of the same few again and again.
class Regions {
 public:
  std::string_view by_name(std::string_view text) { return once(names_, text, region_if); }
  std::string_view by_zone(std::string_view zone) { return once(zones_, zone, region_of_zone); }

 private:
  using Known = boost::unordered_flat_map<std::string_view, std::string_view>;
  template <class F>
  static std::string_view once(Known& known, std::string_view text, F find) {
    if (text.empty()) return {};
    const auto [entry, is_new] = known.try_emplace(text);
    if (is_new) entry->second = find(text);
    return entry->second;
  }
  Known names_, zones_;
};

// What a resource itself shows of where it is.
struct Shown {
  std::string_view region, account;
};
using Showing = json::Keys<4>;
Showing showing(Node document) { return {document, {"arn", "region", "availability_zone", "owner_id"}}; }
Shown shown_by(const Resource& r, const Showing& keys, Regions& regions) {
  if (r.data) return {};
  const auto [own_arn, region, zone, owner] = keys.of(r.values);
  const Arn arn = split(own_arn.text());
  Shown shown;
  shown.region = regions.by_name(region.text());
  if (shown.region.empty()) shown.region = regions.by_name(arn.region);
  if (shown.region.empty()) shown.region = regions.by_zone(zone.text());
  if (is_account(owner.scalar())) {
    shown.account = owner.scalar();
  } else if (is_account(arn.account)) {
    shown.account = arn.account;
  }
  return shown;
}

using Votes = std::map<std::string, std::size_t, std::less<>>;

// The only name, or the one with most votes where `most` suffices.
std::string winner(const Votes& votes, bool only) {
  if (votes.empty() || (only && votes.size() > 1)) return {};
  return std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

std::size_t& vote(Votes& votes, std::string_view name) {
  const auto found = votes.find(name);
  return found != votes.end() ? found->second : votes[std::string(name)];
}

struct Evidence {
  Votes regions, accounts;
};

Place configured(const Work& work, std::string_view key) {
  const Node provider = work.document.configuration().provider(key);
  const std::string_view module = provider["module_address"].text();
  const auto constant = [&](Node expression) { return constant_of(work.document, module, expression); };
  Place place;
  place.region = work.text(constant(provider["expressions"]["region"]).text());
  const Node allowed = constant(provider["expressions"]["allowed_account_ids"]);
  if (allowed.size() == 1 && is_account(allowed.at(0).scalar())) place.account = work.text(allowed.at(0).scalar());
  for (const Node assumed : provider["expressions"]["assume_role"].items()) {
    const std::string_view account = split(constant(assumed["role_arn"]).text()).account;
    if (is_account(account)) place.account = work.text(account);
  }
  return place;
}

// The Regions of what the base has, by id: AWS gives an id once.
class Standing {
 public:
  explicit Standing(const Work& work) : work_(work) {}

  // That of the first object which a resource names; empty: it names none. Cost: linear in the base once.
  Text region_of(Node values) {
    if (!asked_) ask();
    for (const json::Member m : values.members()) {
      if (const auto found = regions_.find(m.value.text()); found != regions_.end()) return found->second;
      for (const Node item : m.value.items()) {
        if (const auto found = regions_.find(item.text()); found != regions_.end()) return found->second;
      }
    }
    return {};
  }

 private:
  void ask() {
    asked_ = true;
    each_kind(work_.base.tables(), [&](const auto& rows) {
      for (const auto& row : rows) {
        if (!row.head.region.empty()) regions_.emplace(work_.registry.id(row.id), row.head.region);
      }
    });
  }

  const Work& work_;
  boost::unordered_flat_map<std::string_view, Text> regions_;
  bool asked_ = false;
};

// What all providers have in common is that of a resource without a block, too: one that goes, and stands no longer in
// the configuration.
void place_what_goes(Work& work) {
  const auto gone = work.places.find("");
  if (gone == work.places.end() || !work.document.configuration().exists()) return;
  std::vector<Place> all;
  for (const auto& [key, place] : work.places) {
    if (!key.empty()) all.push_back(place);
  }
  for (const std::string_view key : work.document.configuration().providers()) {
    if (work.places.contains(key)) continue;
    all.push_back(configured(work, key));
    if (all.back().region.empty()) all.pop_back();
  }
  if (all.empty()) return;
  Place common = all.front();
  for (const Place& place : all) {
    if (place.region != common.region) common.region = {};
    if (place.account != common.account) common.account = {};
  }
  gone->second = common;
}

Place placed(const Work& work, const Resource& resource, Place place, const Shown& shown, Standing& standing) {
  const bool goes = !resource.config && work.document.configuration().exists();
  if (!shown.region.empty()) {
    place.region = work.text(shown.region);
  } else if (const Text there = place.region.empty() || goes ? standing.region_of(resource.values) : Text();
             !there.empty()) {
    place.region = there;
  } else if (!resource.config && !work.regions.empty()) {
    // A state does not say which provider it is; what a resource names is in its own Region.
    for (const json::Member m : resource.values.members()) {
      const auto found = work.regions.find(m.value.text());
      if (found != work.regions.end()) place.region = found->second;
    }
  }
  if (!shown.account.empty()) place.account = work.text(shown.account);
  return place;
}

Text partition_of(const Work& work, Text region) {
  const facts::Partition* partition = facts::partition_of(work.registry.view(region));
  return work.text(partition == nullptr ? "aws" : partition->name);
}

}  // namespace

void find_places(Work& work) {
  const std::span<const Resource> resources = work.document.resources();
  std::vector<Shown> shown(resources.size());
  std::vector<std::string_view> providers(resources.size());
  // Some parts more than there are threads: so none waits long for another.
  constexpr std::size_t parts = 16;
  each_part(parts, Document::is_large(resources.size()), [&](std::size_t part) {
    const std::size_t from = resources.size() * part / parts;
    const std::size_t to = resources.size() * (part + 1) / parts;
    if (from == to) return;
    Regions known;
    const Showing keys = showing(resources[from].node);
    const json::Keys<1> provider(resources[from].node, {"provider_config_key"});
    for (std::size_t n = from; n < to; ++n) {
      if (n + 4 < to) resources[n + 4].values.fetch_entries(), resources[n + 4].config.fetch_entries();
      if (n + 2 < to) resources[n + 2].values.fetch_text(), resources[n + 2].config.fetch_text();
      shown[n] = shown_by(resources[n], keys, known);
      providers[n] = provider.of(resources[n].config)[0].text();
    }
  });
  std::map<std::string_view, Evidence> seen;
  std::set<std::string_view> regions;
  Evidence* same = nullptr;  // that of the provider before
  for (const Resource& r : resources) {
    const Shown& own = shown[r.number];
    if (r.number == 0 || providers[r.number] != providers[r.number - 1]) same = &seen[providers[r.number]];
    Evidence& evidence = *same;
    if (r.data && r.type == "aws_caller_identity" && is_account(r.values["account_id"].scalar())) {
      evidence.accounts[std::string(r.values["account_id"].scalar())] += 1000;
    }
    if (r.data && r.type == "aws_region") {
      for (const char* member : {"region", "name"}) {
        const std::string_view name = region_if(r.values[member].text());
        if (!name.empty()) evidence.regions[std::string(name)] += 1000;
      }
    }
    if (!own.region.empty()) ++vote(evidence.regions, own.region), regions.insert(own.region);
    if (!own.account.empty()) ++vote(evidence.accounts, own.account);
  }
  for (const Resource& r : resources) {
    if (regions.size() < 2) break;
    const std::string_view id = r.values["id"].text();
    if (id.empty()) continue;
    if (const auto region = shown[r.number].region; !region.empty()) work.regions.emplace(id, work.text(region));
  }
  for (const auto& [key, evidence] : seen) {
    Place place = configured(work, key);
    if (place.region.empty()) place.region = work.text(winner(evidence.regions, false));
    // An account that is only likely would be a guess: resources of others are read too.
    if (place.account.empty()) {
      Votes sure;
      for (const auto& [account, votes] : evidence.accounts) {
        if (votes >= 1000) sure[account] = votes;
      }
      place.account = work.text(winner(sure.empty() ? evidence.accounts : sure, true));
    }
    work.places[std::string(key)] = place;
  }
  place_what_goes(work);
  Standing standing(work);
  work.place_of.reserve(shown.size());
  const Place* provider = nullptr;
  for (const Resource& r : resources) {
    if (r.number == 0 || providers[r.number] != providers[r.number - 1]) {
      provider = &work.places.find(providers[r.number])->second;
    }
    Place place = placed(work, r, *provider, shown[r.number], standing);
    const bool again = !work.place_of.empty() && work.place_of.back().region == place.region;
    place.partition = again ? work.place_of.back().partition : partition_of(work, place.region);
    work.place_of.push_back(place);
  }
}

Place place_of(const Work& work, const Resource& resource) { return work.place_of[resource.number]; }

}  // namespace sallyport::read::terraform
