// Recorded: everything that AWS Config recorded, out of all inputs, told as answers of AWS's
// own calls.
//
//   Recorded recorded;
//   recorded.add(tree, where);              // for each document that is_config
//   recorded.tell(snapshot, diagnostics);   // once: says the newest item of each resource
//
// Which item counts: of one resource the newest. Of several snapshots of an account and
// Region the newest is what is there; an item beside it counts if it is newer.
//
// What is all there is (docs/internals/decisions.md): of a type of which the newest snapshot
// holds an item, all that the account has in the Region, since a snapshot holds every
// resource of the types that are recorded; of one that the recorder's own description names,
// also where there is none. A history file holds what changed, so it never says so; a select
// does where its expression, which is its file's name, chooses by type alone.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "read/awsconfig/items.h"
#include "read/json/tree.h"
#include "read/snapshot/snapshot.h"

namespace sallyport::read::awsconfig {

struct Telling;

class Recorded {
 public:
  explicit Recorded(RegistryPtr registry) : registry_(std::move(registry)) {}

  bool empty() const { return items_.empty() && recorders_.empty(); }

  // `expression`: that of a select, as its file's name has it; may be empty.
  void add(const json::Tree& tree, const Where& where, const std::string& expression);

  // Once, when every document was added. Types that are not read are noted, with their numbers.
  struct Noted {
    Diagnostics diagnostics;
    std::vector<Unread> unread;
  };
  Noted tell(snapshot::Snapshot& snapshot);

 private:
  using Site = std::pair<std::string, std::string>;  // (account, Region; empty for global types)
  // (type, account, Region, id)
  using Key = std::tuple<std::string, std::string, std::string, std::string>;

  struct Taken {  // one snapshot
    std::string id;
    double moment = 0;  // by its file's name, else of its newest item
    Origin origin;
  };
  struct Recorder {
    bool all = false;
    std::set<std::string> types;     // named
    std::set<std::string> excluded;  // with `all`
  };
  struct Kept {
    Item item;                // the newest
    std::set<int> snapshots;  // that hold it
  };
  struct Count {
    std::size_t in_newest = 0;  // read, of the newest snapshot
    GapId gap;                  // one of them was not read, for this reason
  };

  void add_snapshot(json::Node root, const Where& where, std::vector<Item>& items);
  void add_recorders(json::Node root, const Where& where);
  void keep(Item item);
  void find_newest();
  bool is_gone(const Kept& kept, const Site& site) const;
  GapId read_one(const Item& item, Telling& telling);
  GapId why_not_all(const Site& site, const std::string& type) const;
  bool records(const Site& site, std::string_view type, bool everywhere) const;
  void list(snapshot::Snapshot& snapshot);
  static Site site_of(const Item& item);

  RegistryPtr registry_;
  Diagnostics diagnostics_;
  std::map<Key, Kept> items_;
  std::vector<Taken> taken_;
  std::map<Site, std::set<int>> snapshots_;
  std::map<Site, int> newest_;
  std::map<Site, GapId> doubts_;  // which snapshot is the newest cannot be told
  std::map<Site, Recorder> recorders_;
  std::map<std::string, GapId> unnamed_;                  // by type, empty for any: one of them could not be told
  std::set<std::pair<Site, std::string>> selected_;       // types of which a select asked for all
  std::map<std::pair<Site, std::string>, Count> counts_;  // by type
};

// The types that a select chooses by its expression, if it chooses by type alone. First:
// does it? An empty set: it chooses all.
std::pair<bool, std::set<std::string>> chosen_types(std::string_view expression);

}  // namespace sallyport::read::awsconfig
