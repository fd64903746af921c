// What the newest items say, in answers of AWS's calls, and of which types they are all there are.
#include <algorithm>

#include "read/awsconfig/recorded.h"
#include "read/awsconfig/types.h"
#include "read/json/parse.h"
#include "read/json/text.h"

namespace sallyport::read::awsconfig {
namespace {

using json::Node;

std::string tags_of(const std::string& json) {
  const auto tree = json::parse(json);
  std::string out = "[";
  const auto add = [&](std::string_view key, std::string_view value) {
    out += (out.size() > 1 ? ",{" : "{") + std::string("\"Key\":") + text(key) + ",\"Value\":" + text(value) + "}";
  };
  if (tree) {
    for (const json::Member m : tree->root().members()) add(m.name(), m.value.text());
    for (const Node tag : tree->root().items()) add(tag["key"].text(), tag["value"].text());
  }
  return out + "]";
}

bool needed_was_asked(const Item& item, const Type& type) {
  return !item.in_part || (type.in_part && (type.needs.empty() || item.whole.contains(std::string(type.needs))));
}

}  // namespace

Node Resource::extra(std::string_view member, json::Tree& room) const {
  const Node node = supplementary[member];
  if (!node.is(json::Kind::string)) return node;
  auto tree = json::parse(std::string(node.text()));
  if (!tree) return node;
  room = std::move(*tree);
  return room.root();
}

const Type* type_named(std::string_view name) {
  for (const auto family : {network_types(), service_types(), identity_types()}) {
    for (const Type& type : family) {
      if (type.name == name) return &type;
    }
  }
  return nullptr;
}

void say(Telling& telling, const Item& item, std::string operation, std::string body, std::string subject,
         std::string lister, bool global) {
  telling.snapshot.say({item.account, global ? std::string() : item.region, std::move(operation), std::move(lister),
                        std::move(subject), std::move(body), item.file, item.origin});
}

// Why the item says nothing; 0: it was read.
GapId Recorded::read_one(const Item& item, Telling& telling) {
  const Type& type = *type_named(item.type);
  const auto doubt = [&](GapKind kind, const std::string& what, const std::string& remedy) {
    return registry_->gaps.add({kind, what, remedy, item.origin});
  };
  if (item.status == Status::not_recorded || item.configuration.empty()) {
    return doubt(GapKind::not_collected, "AWS Config did not record the configuration of `" + item.id + "`",
                 "have its recorder record `" + item.type + "`");
  }
  if (!needed_was_asked(item, type)) {
    return doubt(GapKind::not_collected, "only some members of `" + item.id + "` were selected",
                 "select `configuration` as a whole");
  }
  const auto configuration = json::parse(item.configuration);
  if (!configuration || !configuration->root().is(json::Kind::object)) {
    diagnostics_.push_back({Severity::warning, "not-an-item",
                            "the configuration of `" + item.id + "` in `" + item.file + "` is no JSON object",
                            item.origin});
    return doubt(GapKind::not_readable, "the configuration of `" + item.id + "` is no JSON object", "deliver it again");
  }
  const auto supplementary = json::parse(item.supplementary);
  if (type.tell == nullptr) return {};
  const Resource resource{item, configuration->root(), supplementary ? supplementary->root() : Node(),
                          tags_of(item.tags)};
  type.tell(resource, telling);
  return {};
}

// 0: the items of that type are all there are.
GapId Recorded::why_not_all(const Site& site, const std::string& type) const {
  const Type* known = type_named(type);
  for (const std::string& doubted : {type, std::string()}) {
    if (const auto found = unnamed_.find(doubted); found != unnamed_.end()) return found->second;
  }
  if (const auto count = counts_.find({site, type}); count != counts_.end() && count->second.gap)
    return count->second.gap;
  if (selected_.contains({site, type})) return {};
  if (const auto doubt = doubts_.find(site); doubt != doubts_.end()) return doubt->second;
  const auto newest = newest_.find(site);
  const auto count = counts_.find({site, type});
  const bool some = count != counts_.end() && count->second.in_newest > 0;
  if (newest != newest_.end() && (some || records(site, type, known->everywhere))) return {};
  const std::string where = site.first + (site.second.empty() ? "" : " in " + site.second);
  return registry_->gaps.add({GapKind::not_collected,
                              "no snapshot of AWS Config holds all resources of the type `" + type + "` of " + where,
                              "aws configservice deliver-config-snapshot, and describe-configuration-recorders",
                              {}});
}

void Recorded::list(snapshot::Snapshot& snapshot) {
  std::set<Site> sites;
  for (const auto& [key, count] : counts_) sites.insert(key.first);
  for (const auto& [site, recorder] : recorders_) sites.insert(site);
  for (const auto& [site, numbers] : snapshots_) sites.insert(site);
  for (const Site& site : sites) {
    for (const auto family : {network_types(), service_types(), identity_types()}) {
      for (const Type& type : family) {
        const std::string name(type.name);
        if (type.global != site.second.empty()) continue;
        if (!counts_.contains({site, name}) && !records(site, type.name, type.everywhere)) continue;
        const GapId gap = why_not_all(site, name);
        for (const Kind kind : type.kinds) {
          if (kind != Kind::none) snapshot.list({kind, site.first, site.second, gap});
        }
      }
    }
  }
}

Recorded::Noted Recorded::tell(snapshot::Snapshot& snapshot) {
  find_newest();
  Telling telling{snapshot, {}, {}, {}, {}};
  std::map<std::string, std::pair<std::size_t, Origin>> unread;
  std::vector<const Kept*> there;
  for (const auto& [key, kept] : items_) {
    const Site site{std::get<1>(key), std::get<2>(key)};
    if (is_gone(kept, site)) continue;
    if (type_named(kept.item.type) == nullptr) {
      auto& [number, first] = unread[kept.item.type];
      if (number++ == 0) first = kept.item.origin;
      continue;
    }
    there.push_back(&kept);
    note_subnet(kept.item, telling);
  }
  for (const Kept* kept : there) {
    const Site site = site_of(kept->item);
    Count& count = counts_[{site, kept->item.type}];
    if (const GapId gap = read_one(kept->item, telling)) {
      count.gap = gap;
    } else if (const auto newest = newest_.find(site);
               newest != newest_.end() && kept->snapshots.contains(newest->second)) {
      ++count.in_newest;
    }
  }
  std::set<std::pair<std::string, std::string>> listeners_listed;
  for (const auto& [key, count] : counts_) {
    if (key.second == "AWS::ElasticLoadBalancingV2::Listener" && !why_not_all(key.first, key.second)) {
      listeners_listed.insert(key.first);
    }
  }
  finish_services(telling, listeners_listed);
  finish_identities(telling);
  list(snapshot);
  Noted noted{std::move(diagnostics_), {}};
  for (const auto& [type, count] : unread) {
    noted.unread.push_back({type, count.first});
    noted.diagnostics.push_back(
        {Severity::note, "unread-type",
         "`" + type + "` is not read (" + std::to_string(count.first) + (count.first == 1 ? " item)" : " items)"),
         count.second});
  }
  return noted;
}

}  // namespace sallyport::read::awsconfig
