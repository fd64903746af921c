// Configuration: the `configuration` of a plan: blocks and their expressions, module
// calls, outputs, providers; as far as Terraform shows them.
//
// Not shown by Terraform: local values, `dynamic` blocks, and the expressions
// themselves (only what they refer to, or the constant that they are).
// Source: Terraform documentation, internals/json-format, "Configuration Representation".
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "read/json/tree.h"

namespace sallyport::read::terraform {

using json::Node;

// The last step of a module's address: `module.a["x"].module.b[0]` is `b` with the key
// `0` in `module.a["x"]`. A malformed address has an empty parent.
struct ModuleStep {
  std::string_view parent;
  std::string_view name;
  std::string_view key;  // `0`, `"x"`; empty if there is none
};
ModuleStep last_step(std::string_view module);

class Configuration {
 public:
  Configuration() = default;  // of a state: there is none
  explicit Configuration(Node plan);

  bool exists() const { return exists_; }

  // A block of a module (`aws_subnet.a`, `data.aws_ami.a`); none if it is not there.
  // `module` may have keys: all instances share one configuration. Cost: that of a hash; not for two threads at
  // once, since the first question about a module makes its table.
  Node block(std::string_view module, std::string_view block) const;
  class InOrder;

  // The expression that the calling module gives for a variable; none if it gives
  // none. For the root module: there is no such call.
  Node argument(std::string_view module, std::string_view variable) const;
  // The call itself, for its `for_each_expression`.
  Node call(std::string_view module) const;

  Node output(std::string_view module, std::string_view name) const;

  // A provider's block, by the key that resources name.
  Node provider(std::string_view key) const { return providers_[key]; }
  // The keys of those of AWS.
  std::vector<std::string_view> providers() const;
  // The value of a variable of the root module; none if it is not set.
  Node variable(std::string_view name) const { return variables_[name]["value"]; }

 private:
  struct Block {
    std::string_view address;
    Node node;
  };
  struct Module {
    Node node;
    Node call;
    std::vector<Block> blocks;
    mutable boost::unordered_flat_map<std::string_view, std::size_t> by_address;  // of blocks; made when it is needed
  };
  // By address without keys.
  using Modules = std::map<std::string, Module, std::less<>>;
  const Module* module(std::string_view address) const;
  // The block's number; that of blocks if it is not there.
  static std::size_t find(const Module& module, std::string_view block);

  Modules modules_;
  Node providers_;
  Node variables_;
  bool exists_ = false;
};

// Looks blocks up as `block` does, for who asks in the order of the configuration, in which Terraform lists resources
// as well: the one that was asked for last in a module, and the one behind it, are found by a comparison.
class Configuration::InOrder {
 public:
  explicit InOrder(const Configuration& configuration) : configuration_(configuration) {}
  Node block(std::string_view module, std::string_view block);

 private:
  const Configuration& configuration_;
  bool asked_ = false;
  std::string_view address_;  // of the module asked last
  const Module* module_ = nullptr;
  std::size_t* last_ = nullptr;
  std::map<const Module*, std::size_t> lasts_;  // numbers of the blocks asked last
};

}  // namespace sallyport::read::terraform
