// Planned: what plans and templates have in common: objects that do not exist yet, and what
// AWS makes along with them.
//
// The readers of Terraform and of CloudFormation fill rows of the model, each from its own
// format; what follows from the rows alone stands in this room, once: what a VPC brings
// along, what an interface gets from its subnet, where endpoints and functions stand, which
// rows something unread leaves in doubt, and of which kinds the input holds all there is.
//
// `Work` is the change on its way: the rows so far and what was learnt of them. It refers to
// the base and the registry, which outlive it.
#pragma once

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "model/cloud.h"

namespace sallyport::read::planned {

// What resources of a type, told by how its name begins, may add to a VPC.
struct Hides {
  std::string_view prefix;
  Kind kind;  // `none`: any kind
};

// How a format speaks of what is not there yet.
struct Wording {
  const char* beside;         // what others may have made
  const char* beside_remedy;  // how to see it
  const char* is_later;       // `is known after apply`
  const char* are_later;      // `are known after apply`
  const char* remedy;         // what makes it known
  const char* collect;        // how to see what resources that are not read have made
  std::span<const Hides> hides;
  std::span<const std::string_view> harmless;       // types of those that add nothing to a VPC
  Text (*fresh)(Registry&, std::string_view name);  // the symbol of an id that AWS chooses
};

// What a subnet gives to interfaces that stand in it.
struct SubnetDefaults {
  Value<bool> public_address;
  Value<bool> ipv6_address;
};

// A public address that some other resource puts in front of an interface.
struct Fronting {
  Ref target;                             // an instance or an interface
  std::optional<Value<Address>> address;  // none: which it is, AWS chooses
  Origin origin;
};

// What a transit gateway does with new attachments.
struct TransitDefaults {
  Value<bool> associates;
  Value<bool> propagates;
  TransitTableId table;
  Text account;
  GapId silent;  // set: nothing is known of the gateway
};

// A listener, while rules may still be added to it.
struct ListenerPlace {
  LoadBalancerId balancer;
  std::size_t number = 0;  // among the balancer's
};

// Resources of a type that no reader takes.
struct UnreadType {
  std::size_t number = 0;
  std::size_t made = 0;  // of them: those that are not there yet
  Origin first;
  bool of_any_kind = false;  // it may add anything, whatever the tables say
};

struct RefHash {
  std::size_t operator()(Ref ref) const {
    return boost::hash<std::uint64_t>()(std::uint64_t{ref.number} << 8U | static_cast<std::uint64_t>(ref.kind));
  }
};

struct Work {
  Work(const Cloud& cloud, const Wording& w)
      : base(cloud), registry(cloud.registry()), change(cloud.registry_ptr()), wording(&w) {}
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  const Cloud& base;  // what is there already; empty if the input stands alone
  Registry& registry;
  Change change;
  const Wording* wording;

  boost::unordered_flat_set<Ref, RefHash> created;  // objects that do not exist yet
  std::set<GapId> among_created;  // why it is not known in which VPC something is: one of several of those
  boost::unordered_flat_map<Ref, std::uint32_t, RefHash> rows;  // where the row of an object stands in its vector
  boost::unordered_flat_map<Ref, SubnetDefaults, RefHash> subnet_defaults;
  std::map<VpcId, SecurityGroupId> default_groups;
  std::map<TransitGatewayId, TransitDefaults> transit_defaults;
  std::vector<Fronting> elastic;
  std::map<std::string, ListenerPlace> listeners;              // by ARN, or what stands for it
  GapId elastic_gap;                                           // set: one stands in front of something unknown
  std::map<FunctionId, std::vector<std::string>> permissions;  // statements, as JSON
  std::map<std::string, UnreadType> unread;
  GapId left_out;                 // set: an object is left out, for this reason
  std::map<Kind, GapId> doubted;  // kinds of which an object may or may not be there
  std::set<std::pair<Origin, std::string>> told;
  std::map<std::string, std::size_t> said;  // diagnostics by code

  Text text(std::string_view bytes) const { return registry.text(bytes); }

  // A diagnostic, once; of one code no more than a reader wants to see.
  void say(Severity severity, const char* code, std::string message, Origin at);

  // The row of `id`; null if there is none yet.
  template <class Row>
  Row* row(std::vector<Row>& all, decltype(Row::id) id) {
    const auto found = rows.find(id);
    return found == rows.end() ? nullptr : &all[found->second];
  }
  template <class Row>
  const Row* find(const std::vector<Row>& all, decltype(Row::id) id) const {
    const auto found = rows.find(id);
    return found == rows.end() ? nullptr : &all[found->second];
  }
  // Adds a row; the first of an id stays.
  template <class Row>
  Row& put(std::vector<Row>& all, Row added) {
    const auto [entry, is_new] = rows.try_emplace(added.id, static_cast<std::uint32_t>(all.size()));
    if (is_new) all.push_back(std::move(added));
    return all[entry->second];
  }
  // The row of something that may exist already: copied from the base, so that it can be
  // added to. Null: it is in neither.
  template <class Row, class Table>
  Row* row_or_base(std::vector<Row>& all, const Table& table, decltype(Row::id) id) {
    if (Row* there = row(all, id)) return there;
    const Row* below = table.find(id);
    return below == nullptr ? nullptr : &put(all, Row(*below));
  }
};

// The one gap for all that may stand beside what the input makes: it sees only its own.
GapId beside(Work& work);

// The gap "`what` is known after apply", in the format's words; `are`: of several.
GapId later(Work& work, const std::string& what, Origin origin, bool are = false);

// Does the input make the VPC? Then nothing that exists already can be in it.
bool is_new_vpc(const Work& work, const Value<VpcId>& vpc);

}  // namespace sallyport::read::planned
