#include "read/snapshot/evidence.h"

#include <algorithm>

#include "facts/regions.h"
#include "read/snapshot/arn.h"

namespace sallyport::read::snapshot {
namespace {

constexpr long strong = 1000;

bool is_account(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `eu-central-1a`, `us-west-2-lax-1a` -> the Region; empty if it is no zone.
std::string_view region_of_zone(std::string_view zone) {
  std::string_view best;
  for (const facts::Region& region : facts::regions()) {
    if (zone.size() > region.name.size() && zone.starts_with(region.name) && region.name.size() > best.size()) {
      best = region.name;
    }
  }
  return best;
}

// `com.amazonaws.eu-central-1.s3` -> `eu-central-1`.
std::string_view region_of_service(std::string_view name) {
  constexpr std::string_view prefix = "com.amazonaws.";
  if (!name.starts_with(prefix)) return {};
  name.remove_prefix(prefix.size());
  const std::string_view region = name.substr(0, name.find('.'));
  return facts::region(region) != nullptr ? region : std::string_view();
}

// Recursion is bounded by the parser's nesting limit.
void look(std::string_view key, json::Node node, Evidence& evidence) {
  switch (node.kind()) {
    case json::Kind::array:
      for (const json::Node item : node.items()) look(key, item, evidence);
      return;
    case json::Kind::object:
      for (const json::Member m : node.members()) look(m.name(), m.value, evidence);
      return;
    case json::Kind::string:
    case json::Kind::number: break;
    default: return;
  }
  const std::string_view text = node.scalar();
  if (key == "OwnerId" && is_account(text)) {
    evidence.accounts[std::string(text)] += strong;
  } else if (key == "AvailabilityZone") {
    if (const auto region = region_of_zone(text); !region.empty()) evidence.regions[std::string(region)] += strong;
  } else if (key == "ServiceName") {
    if (const auto region = region_of_service(text); !region.empty())
      evidence.regions[std::string(region)] += strong / 10;
  } else if (text.starts_with("arn:")) {
    const Arn arn = split_arn(text);
    if (is_account(arn.account)) ++evidence.accounts[std::string(arn.account)];
    if (facts::region(arn.region) != nullptr) ++evidence.regions[std::string(arn.region)];
  }
}

}  // namespace

void Evidence::add(const Evidence& other) {
  for (const auto& [name, votes] : other.regions) regions[name] += votes;
  for (const auto& [name, votes] : other.accounts) accounts[name] += votes;
}

std::string Evidence::winner(const std::map<std::string, long>& votes) {
  const auto best =
      std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == votes.end() ? std::string() : best->first;
}

bool Evidence::mixed(const std::map<std::string, long>& votes) {
  return std::count_if(votes.begin(), votes.end(), [](const auto& v) { return v.second >= strong; }) > 1;
}

Evidence evidence_of(json::Node root) {
  Evidence evidence;
  look({}, root, evidence);
  return evidence;
}

std::string caller_account(json::Node root) {
  const std::string_view account = root["Account"].scalar();
  return root["UserId"] && root["Arn"] && is_account(account) ? std::string(account) : std::string();
}

}  // namespace sallyport::read::snapshot
