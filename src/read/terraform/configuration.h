// Configuration: the `configuration` of a plan: blocks and their expressions, module
// calls, outputs, providers; as far as Terraform shows them.
//
// Not shown by Terraform: local values, `dynamic` blocks, and the expressions
// themselves (only what they refer to, or the constant that they are).
// Source: Terraform documentation, internals/json-format, "Configuration Representation".
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <string>
#include <string_view>

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
  // `module` may have keys: all instances share one configuration.
  Node block(std::string_view module, std::string_view block) const;

  // The expression that the calling module gives for a variable; none if it gives
  // none. For the root module: there is no such call.
  Node argument(std::string_view module, std::string_view variable) const;
  // The call itself, for its `for_each_expression`.
  Node call(std::string_view module) const;

  Node output(std::string_view module, std::string_view name) const;

  // A provider's block, by the key that resources name.
  Node provider(std::string_view key) const { return providers_[key]; }
  // The value of a variable of the root module; none if it is not set.
  Node variable(std::string_view name) const { return variables_[name]["value"]; }

 private:
  struct Module {
    Node node;
    Node call;
    boost::unordered_flat_map<std::string_view, Node> blocks;
  };
  const Module* module(std::string_view address) const;

  std::map<std::string, Module, std::less<>> modules_;  // by address without keys
  Node providers_;
  Node variables_;
  bool exists_ = false;
};

}  // namespace sallyport::read::terraform
