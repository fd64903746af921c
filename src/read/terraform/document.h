// Document: a Terraform plan or state as one flat list of resource instances.
//
// Read are `terraform show -json` of a plan or a state (every format version so far)
// and the raw state, version 4. What a plan will do is folded into the resource: its
// attributes are those after apply, and its fate says whether the plan makes it.
//
// Nothing is interpreted here: attributes stay nodes of the tree. Lifetime: all views
// and nodes lead into the tree, and live as long as it.
// Source: Terraform documentation, internals/json-format.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/json/tree.h"
#include "read/terraform/configuration.h"

namespace sallyport::read::terraform {

using json::Node;

// What applying does to an object.
enum class Fate : std::uint8_t {
  kept,     // it is there, and stays as it is (a state knows no other)
  created,  // it does not exist yet (also: replaced by a new one)
  changed,  // it is there, and some arguments change
  removed,  // it will be gone; its attributes are those before
};

struct Resource {
  std::string_view address;  // `module.net.aws_subnet.a[0]`
  std::string_view module;   // `module.net`, with keys; empty in the root module
  std::string_view block;    // `aws_subnet.a`, `data.aws_ami.a`: its block in the module
  std::string_view type;     // `aws_subnet`
  Node key;                  // of `count` (a number) or `for_each` (a text); else none
  Node values;               // attributes after apply; before, of what is removed
  Node before;               // attributes of what goes away: removed, or replaced by a new one; else none
  Node unknown;              // `after_unknown`: true where a value is known after apply
  Node node;                 // where it stands
  Node config;               // its block in `configuration`; none in a state
  Origin source;             // of that block in the files of the configuration, where these are at hand (sources.h)
  std::uint32_t number = 0;  // its place among the document's resources
  std::uint32_t sort = 0;    // the number of its type, data sources apart: see Document::sorts
  Fate fate = Fate::kept;
  bool data = false;        // a data source
  bool only_known = false;  // what is not known yet is left out of `values` (`planned_values`)

  bool stays() const { return fate != Fate::removed && !data; }
  // Where people read it.
  Origin origin() const { return source ? source : node.origin(); }
  // `aws_default_*` takes over what is there.
  bool is_new() const { return fate == Fate::created && !type.starts_with("aws_default_"); }
};

// Texts joined with views; the standard library has these from C++26 on.
inline std::string operator+(std::string a, std::string_view b) { return std::move(a.append(b)); }
inline std::string operator+(const char* a, std::string_view b) { return std::string(a) + b; }
inline std::string operator+(std::string_view a, const char* b) { return std::string(a) + std::string_view(b); }

class Document {
 public:
  explicit Document(const json::Tree& tree);
  // Looks its resources up in the files of the configuration in `source`, unless that is empty.
  Document(const json::Tree& tree, const std::string& source, Documents& documents);

  // Are so many resources worth a thread?
  static bool is_large(std::size_t resources) { return resources > 10'000; }
  Document(const Document&) = delete;  // resources are pointed to
  Document& operator=(const Document&) = delete;

  // A plan says what will be, with what is unknown; a state what is.
  bool is_plan() const { return is_plan_; }
  const Configuration& configuration() const { return configuration_; }
  // Terraform stopped at an error while planning: not everything is there.
  bool is_broken_off() const { return is_broken_off_; }
  // A state of a version that is not read (3 and older); then there are no resources.
  bool is_too_old() const { return is_too_old_; }

  std::span<const Resource> resources() const { return resources_; }

  // The types that occur, each as a resource and as a data source, in order.
  struct Sort {
    std::string_view type;
    bool data = false;
    std::vector<const Resource*> resources;
  };
  std::span<const Sort> sorts() const { return sorts_; }

  // The resources of a type, without data sources unless it is theirs: `data.aws_ami`.
  std::span<const Resource* const> of_type(std::string_view type) const;

  // The instances of a block (`aws_subnet.a`) in an instance of a module, in the order
  // of the file. Cost: that of a hash.
  std::span<const Resource* const> instances(std::string_view module, std::string_view block) const;

  // All resources and data sources of an instance of a module.
  std::span<const Resource* const> in_module(std::string_view module) const;

  // The instances of the modules called within an instance of a module.
  std::span<const std::string> children(std::string_view module) const;

  // The instances of a called module within an instance of the calling one:
  // `module.net[0]`, `module.net[1]` of `module.net`.
  std::span<const std::string> called(std::string_view module, std::string_view name) const;

 private:
  void read_plan(Node root);
  void read_changes(Node changes);
  enum class Values { of_state, planned, prior_data };
  void read_values(Node values, Values what);
  void read_raw_state(Node root);
  void add(Resource resource, std::string_view name);
  std::uint32_t sort_of(std::string_view type, bool data);
  std::uint32_t block_of(const Resource& resource);
  void find_configuration();
  void index();
  void index_modules(std::string_view module);
  std::string_view keep(std::string text);

  using Pointers = std::vector<const Resource*>;
  // `count` of `pointers_` from `first` on.
  struct Run {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  Configuration configuration_;
  std::vector<Resource> resources_;
  std::deque<std::string> texts_;  // what the tree does not hold in one piece
  boost::unordered_flat_map<std::pair<std::string_view, std::string_view>, std::uint32_t> by_block_;  // module, block
  std::vector<std::uint32_t> block_numbers_;  // by the resource's number; used up by `index`
  std::vector<Run> blocks_;
  Pointers pointers_;  // block by block
  std::vector<Sort> sorts_;
  std::vector<std::uint32_t> next_sorts_;  // that stood behind one of each the last time
  boost::unordered_flat_map<std::pair<std::string_view, bool>, std::uint32_t> by_type_;
  std::map<std::string_view, Pointers> by_module_;
  std::set<std::string, std::less<>> modules_;                           // instances, seen
  std::map<std::string, std::vector<std::string>, std::less<>> called_;  // "<module>|<name>"
  std::map<std::string, std::vector<std::string>, std::less<>> children_;
  bool is_plan_ = false;
  bool is_too_old_ = false;
  bool is_broken_off_ = false;
};

}  // namespace sallyport::read::terraform
