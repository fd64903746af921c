// Work: a plan or state on its way to a change: the rows so far, and where each
// provider puts what it makes.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "model/cloud.h"
#include "read/terraform/document.h"

namespace sallyport::read::terraform {

// Where a provider's resources are.
struct Place {
  Text region;     // empty: the plan does not say
  Text account;    // empty: the plan does not say
  Text partition;  // `aws` where the Region does not say otherwise
};

// What a subnet gives to interfaces that stand in it.
struct SubnetDefaults {
  Value<bool> public_address;  // map_public_ip_on_launch
  Value<bool> ipv6_address;    // assign_ipv6_address_on_creation
};

// A public address that some other resource puts in front of an interface.
struct Fronting {
  Ref target;  // an instance or an interface
  Value<Address> address;
  Origin origin;
};

struct Work {
  Work(const Cloud& cloud, const Document& d)
      : document(d), base(cloud), registry(cloud.registry()), change(cloud.registry_ptr()) {}

  const Document& document;
  const Cloud& base;  // what is there already; empty if the plan stands alone
  Registry& registry;
  Change change;

  std::map<std::string, Place, std::less<>> places;  // by provider key
  std::map<std::string, Text, std::less<>> regions;  // of objects by id, where there are several Regions
  std::map<Text, const Resource*> vpc_resources;     // `aws_vpc` by id
  std::set<Ref> created;                             // objects that apply makes
  std::map<Ref, std::uint32_t> rows;                 // where the row of an object stands in its vector
  std::map<SubnetId, SubnetDefaults> subnet_defaults;
  std::map<VpcId, SecurityGroupId> default_groups;
  std::vector<Fronting> elastic;  // by `aws_eip`
  GapId elastic_gap;              // set: one stands in front of something unknown
  std::map<std::pair<const Resource*, std::string>, Value<Text>> meanings;  // see identity.h
  std::set<std::string> unread_types;
  GapId left_out;                           // set: an object is left out, for this reason
  std::map<std::string, std::size_t> said;  // diagnostics by code

  Text text(std::string_view bytes) const { return registry.text(bytes); }

  void say(Severity severity, const char* code, std::string message, Origin at) {
    constexpr std::size_t enough = 50;
    if (++said[code] <= enough) change.diagnostics.push_back({severity, code, std::move(message), at});
  }

  // True if the row need not be read: what stays as it is stands in the base, which
  // knows it better.
  template <class Table, class IdType>
  bool stands(const Table& table, IdType id, const Resource& resource) const {
    return resource.fate == Fate::kept && table.find(id) != nullptr;
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
};

// Finds Region and account of each provider: from its configuration, else from what its
// resources show.
void find_places(Work& work);
Place place_of(const Work& work, const Resource& resource);

// The one gap for all that may stand beside what Terraform manages: it sees only its own.
GapId beside(Work& work);

}  // namespace sallyport::read::terraform
