// Work: the stacks on their way to a change: the rows so far, and what was learnt.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "model/cloud.h"
#include "read/cloudformation/stack.h"

namespace sallyport::read::cloudformation {

// What a subnet gives to interfaces that stand in it.
struct SubnetDefaults {
  Value<bool> public_address;  // MapPublicIpOnLaunch
  Value<bool> ipv6_address;    // AssignIpv6AddressOnCreation
};

// A public address that some other resource puts in front of an interface.
struct Fronting {
  Ref target;  // an instance or an interface
  Origin origin;
};

struct Work {
  explicit Work(const Cloud& cloud) : base(cloud), registry(cloud.registry()), change(cloud.registry_ptr()) {}

  const Cloud& base;  // what is there already; empty if the templates stand alone
  Registry& registry;
  Change change;
  std::deque<Stack> stacks;

  bool exports_known = false;
  std::map<Text, std::vector<std::pair<Stack*, Node>>> exports;  // by name

  std::set<Ref> created;              // objects that the stacks make
  std::map<Ref, std::uint32_t> rows;  // where the row of an object stands in its vector
  std::map<SubnetId, SubnetDefaults> subnet_defaults;
  std::map<VpcId, SecurityGroupId> default_groups;
  std::map<Text, Value<bool>> custom_dns;  // of DHCP options by id
  std::set<SecurityGroupId> no_egress;     // groups without inline egress rules
  std::set<SecurityGroupId> has_egress;    // groups with egress rules that are resources
  std::vector<Fronting> elastic;
  GapId elastic_gap;  // set: one stands in front of something unknown
  std::map<Text, RoleId> role_names;
  std::map<Text, UserId> user_names;
  std::map<Text, GroupId> group_names;
  std::map<Text, InstanceProfileId> profile_names;
  std::map<Text, const Resource*> launch_templates;  // by id
  std::map<Text, ResourceId> queue_urls;
  std::map<FunctionId, std::vector<std::string>> permissions;  // statements, as JSON
  std::map<std::string, std::vector<const Resource*>> unread;
  GapId left_out;                 // set: something is left out, for this reason
  GapId left_out_of_accounts;     // the same, of what lives in no VPC
  std::map<Kind, GapId> doubted;  // kinds of which an object may or may not be there
  std::set<std::pair<Origin, std::string>> told;
  std::map<std::string, std::size_t> said;  // diagnostics by code
  std::size_t steps = 0;                    // of evaluation: bounded
  std::size_t step_limit = 1'000'000;
  int depth = 0;

  Text text(std::string_view bytes) const { return registry.text(bytes); }

  void say(Severity severity, const char* code, std::string message, Origin at) {
    constexpr std::size_t enough = 50;
    if (!told.emplace(at, message).second) return;  // a value may be evaluated more than once
    if (++said[code] <= enough) change.diagnostics.push_back({severity, code, std::move(message), at});
  }

  // The row of `id`; null if there is none yet.
  template <class Row>
  Row* row(std::vector<Row>& all, decltype(Row::id) id) {
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
  // The row of something that a template refers to and that may exist already: copied
  // from the base, so that it can be added to. Null: it is in neither.
  template <class Row, class Table>
  Row* row_or_base(std::vector<Row>& all, const Table& table, decltype(Row::id) id) {
    if (Row* there = row(all, id)) return there;
    const Row* below = table.find(id);
    return below == nullptr ? nullptr : &put(all, Row(*below));
  }
};

// A text that exists and is not told; one that AWS chooses when the stack is made
// (base/text.h). Colons in the name become dots: an ARN around it must stay one.
Text any_text(Work& work, std::string_view name);
Text new_text(Work& work, std::string_view name);

// The one gap for all that may stand beside what the templates make.
GapId beside(Work& work);

// The one gap for stacks of which nothing says where they are made.
GapId no_region(Work& work);

// A gap of something that AWS chooses when the stack is made.
GapId once_made(Work& work, const std::string& what, Origin origin);

}  // namespace sallyport::read::cloudformation
