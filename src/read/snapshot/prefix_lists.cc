// Managed prefix lists and their entries (RT-8, RT-10, GE-5).
#include <algorithm>

#include "facts/regions.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// `Cidr` of each entry. Host bits are clear in AWS's lists.
void add_entries(Answer& answer, Node entries, std::string_view name, List<Prefix>& list) {
  for (const Node entry : entries.items()) {
    const Node cidr = entry.is(json::Kind::string) ? entry : entry["Cidr"];
    const Value<Prefix> p = answer.prefix(cidr, name);
    if (p.known()) {
      list.items.push_back(*p);
    } else {
      list.open = p.gap();
    }
  }
}

std::string_view list_name(const Answer& answer) { return answer.subject; }

// The Region in a name such as `com.amazonaws.eu-central-1.s3`; empty if none.
std::string_view region_in(std::string_view name) {
  constexpr std::string_view prefix = "com.amazonaws.";
  if (!name.starts_with(prefix)) return {};
  name.remove_prefix(prefix.size());
  const std::string_view region = name.substr(0, name.find('.'));
  return facts::partition_of(region) == nullptr || region.ends_with("global") ? std::string_view() : region;
}

}  // namespace

// `describe-managed-prefix-lists` and the older `describe-prefix-lists`, which has
// the blocks (`Cidrs`) of AWS's lists at once.
void read_managed_prefix_lists(Answer& answer) {
  for (const Node node : answer.root()["PrefixLists"].items()) {
    const std::string_view id = node["PrefixListId"].text();
    PrefixList list;
    list.id = answer.id<PrefixListId>(id);
    if (!list.id) {
      unnamed(answer, node, "PrefixListId");
      continue;
    }
    const std::string_view state = node["State"].text();
    if (state == "delete-complete") continue;
    const std::string_view name = node["PrefixListName"].text();
    list.head = answer.head(node, {}, name);
    const std::string_view owner = node["OwnerId"].text();
    list.aws_managed = owner == "AWS" || (owner.empty() && name.starts_with("com.amazonaws."));
    if (owner == "AWS") list.head.account = Text();
    if (const Node cidrs = node["Cidrs"]; cidrs.is(json::Kind::array)) {
      List<Prefix>& entries = answer.work().entries[list.id];
      entries = {};
      add_entries(answer, cidrs, id, entries);
    }
    auto& rows = answer.rows().prefix_lists;
    if (PrefixList* standing = answer.standing(rows, list.id)) {
      // Both operations list AWS's own: what either lacks, the other has.
      if (standing->head.name.empty()) standing->head.name = list.head.name;
      if (standing->head.name == list.head.name) continue;
    }
    answer.put(rows, std::move(list), node);
  }
}

void read_prefix_list_entries(Answer& answer) {
  const PrefixListId id = answer.id<PrefixListId>(list_name(answer));
  if (!id) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the prefix list's id (`pl-...`)");
  }
  List<Prefix> entries;
  add_entries(answer, answer.list(answer.root(), "Entries", list_name(answer), entries.open), list_name(answer),
              entries);
  if (!answer.root()["NextToken"].absent()) {
    entries.open = answer.gap(GapKind::not_collected, "not all entries of `" + answer.subject + "` were collected",
                              "aws ec2 get-managed-prefix-list-entries --prefix-list-id " + answer.subject);
  }
  List<Prefix>& standing = answer.work().entries[id];
  // Pages of one list come one after the other: their union.
  standing.items.insert(standing.items.end(), entries.items.begin(), entries.items.end());
  std::sort(standing.items.begin(), standing.items.end());
  standing.items.erase(std::unique(standing.items.begin(), standing.items.end()), standing.items.end());
  standing.open = entries.open;
}

void no_prefix_list_entries(Answer& answer, bool, GapId gap) {
  const PrefixListId id = answer.id<PrefixListId>(list_name(answer));
  if (id && answer.work().entries.count(id) == 0) answer.work().entries[id].open = gap;
}

void finish_prefix_lists(Work& work) {
  Registry& registry = *work.registry;
  std::map<std::vector<Prefix>, PrefixList*> contents;
  for (PrefixList& list : work.change.put.prefix_lists) {
    const auto found = work.entries.find(list.id);
    const std::string id(registry.id(list.id));
    if (found != work.entries.end()) {
      list.entries = found->second;
    } else {
      list.entries.open =
          registry.gaps.add({GapKind::not_collected, "the entries of the prefix list `" + id + "` were not collected",
                             "aws ec2 get-managed-prefix-list-entries --prefix-list-id " + id, list.head.origin});
    }
    // GE-5: a service has other addresses in each Region. Equal lists are made up.
    const std::string_view region = region_in(registry.view(list.head.name));
    if (region.empty() || list.entries.empty()) continue;
    std::vector<Prefix> key = list.entries.items;
    std::sort(key.begin(), key.end());
    const auto [other, is_new] = contents.try_emplace(std::move(key), &list);
    if (is_new || region_in(registry.view(other->second->head.name)) == region) continue;
    const std::string what = "the prefix list `" + id + "` has the same entries as `" +
                             std::string(registry.id(other->second->id)) + "` of another Region";
    say(work, Severity::warning, "contradiction", what, list.head.origin);
    const GapId gap = registry.gaps.add({GapKind::contradictory, what, "collect the entries again", list.head.origin});
    // Which of them is right, nobody says.
    list.entries.open = gap;
    other->second->entries.open = gap;
  }
}

// GE-1: the route of a gateway endpoint has its service's list as destination, which names a list that no answer
// lists. An endpoint that has IPv6 routes as well has two, and which is which is not told.
void finish_lists_of_routes(Work& work) {
  std::map<EndpointId, std::set<PrefixListId>> lists;
  for (const RouteTable& table : work.change.put.route_tables) {
    for (const Route& route : table.routes) {
      const auto* list = std::get_if<PrefixListId>(&route.destination);
      if (list != nullptr && route.target == RouteTarget::gateway_endpoint && !route.gap)
        lists[route.object.as<Kind::endpoint>()].insert(*list);
    }
  }
  std::set<PrefixListId> listed;
  for (const PrefixList& list : work.change.put.prefix_lists) listed.insert(list.id);
  for (const Endpoint& endpoint : work.change.put.endpoints) {
    const auto found = lists.find(endpoint.id);
    if (found == lists.end() || found->second.size() != 1 || endpoint.service.empty()) continue;
    if (endpoint.type != Value<EndpointType>(EndpointType::gateway) ||
        endpoint.ip_type != Value<EndpointIpType>(EndpointIpType::ipv4))
      continue;
    const PrefixListId id = *found->second.begin();
    if (!listed.insert(id).second) continue;
    PrefixList row;
    row.id = id;
    row.head = {endpoint.service, endpoint.head.account, endpoint.head.region, endpoint.head.origin, {}};
    row.aws_managed = true;
    row.entries.open = work.registry->gaps.add(
        {GapKind::not_collected,
         "the entries of the prefix list `" + std::string(work.registry->id(id)) + "` were not collected",
         "aws ec2 get-managed-prefix-list-entries --prefix-list-id " + std::string(work.registry->id(id)),
         row.head.origin});
    if (const auto entries = work.entries.find(id); entries != work.entries.end()) row.entries = entries->second;
    work.change.put.prefix_lists.push_back(std::move(row));
  }
}

}  // namespace sallyport::read::snapshot
