// Region and account of each provider.
#include <algorithm>
#include <set>

#include "facts/regions.h"
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

// What a resource itself shows of where it is.
std::string_view own_region(const Resource& r) {
  if (r.data) return {};
  if (const auto named = region_if(r.values["region"].text()); !named.empty()) return named;
  if (const auto by_arn = region_if(split(r.values["arn"].text()).region); !by_arn.empty()) return by_arn;
  return region_of_zone(r.values["availability_zone"].text());
}

std::string_view own_account(const Resource& r) {
  if (r.data) return {};
  if (const std::string_view owner = r.values["owner_id"].scalar(); is_account(owner)) return owner;
  const std::string_view by_arn = split(r.values["arn"].text()).account;
  return is_account(by_arn) ? by_arn : std::string_view();
}

std::string provider_of(const Resource& r) { return std::string(r.config["provider_config_key"].text()); }

using Votes = std::map<std::string, std::size_t, std::less<>>;

// The only name, or the one with most votes where `most` suffices.
std::string winner(const Votes& votes, bool only) {
  if (votes.empty() || (only && votes.size() > 1)) return {};
  return std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

struct Evidence {
  Votes regions, accounts;
};

Place configured(const Work& work, const std::string& key) {
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

}  // namespace

void find_places(Work& work) {
  std::map<std::string, Evidence, std::less<>> seen;
  for (const Resource& r : work.document.resources()) {
    Evidence& evidence = seen[provider_of(r)];
    if (r.block.starts_with("data.aws_caller_identity.") && is_account(r.values["account_id"].scalar())) {
      evidence.accounts[std::string(r.values["account_id"].scalar())] += 1000;
    }
    if (r.block.starts_with("data.aws_region.")) {
      for (const char* member : {"region", "name"}) {
        const std::string_view name = region_if(r.values[member].text());
        if (!name.empty()) evidence.regions[std::string(name)] += 1000;
      }
    }
    if (const auto region = own_region(r); !region.empty()) ++evidence.regions[std::string(region)];
    if (const auto account = own_account(r); !account.empty()) ++evidence.accounts[std::string(account)];
  }
  std::set<std::string_view> regions;
  for (const Resource& r : work.document.resources()) {
    if (const auto region = own_region(r); !region.empty()) regions.insert(region);
  }
  for (const Resource& r : work.document.resources()) {
    const std::string_view id = r.values["id"].text();
    if (regions.size() < 2 || id.empty()) continue;
    if (const auto region = own_region(r); !region.empty()) work.regions.emplace(id, work.text(region));
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
    work.places[key] = place;
  }
}

Place place_of(const Work& work, const Resource& resource) {
  Place place;
  if (const auto found = work.places.find(provider_of(resource)); found != work.places.end()) place = found->second;
  if (const auto region = own_region(resource); !region.empty()) {
    place.region = work.text(region);
  } else if (!resource.config) {
    // A state does not say which provider it is; what a resource names is in its own Region.
    for (const json::Member m : resource.values.members()) {
      const auto found = work.regions.find(m.value.text());
      if (found != work.regions.end()) place.region = found->second;
    }
  }
  if (const auto account = own_account(resource); !account.empty()) place.account = work.text(account);
  const facts::Partition* partition = facts::partition_of(work.registry.view(place.region));
  place.partition = work.text(partition == nullptr ? "aws" : partition->name);
  return place;
}

}  // namespace sallyport::read::terraform
