// Stack: a template with the values of its parameters and the place where it is made.
//
// One template gives several stacks where it is nested several times. Nothing is
// evaluated here: sections are looked up in the tree. Lifetime: nodes and views lead
// into the tree of the template, which outlives the stack.
// Source: CloudFormation User Guide, "Template anatomy".
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/truth.h"
#include "base/value.h"
#include "read/cloudformation/item.h"

namespace sallyport::read::cloudformation {

// Where a stack's resources are. Region and account are empty if nothing says which.
struct Place {
  Text region;
  Text account;
  Text partition;  // `aws` where the Region does not say otherwise
};

class Stack;

struct Resource {
  Stack* stack = nullptr;
  std::string logical;    // `Vpc`
  std::string name;       // with the stack's name where there are several: `Net.Vpc`; unique
  std::string address;    // the path of the CDK construct, else `name`: what messages say
  std::string_view type;  // `AWS::EC2::VPC`
  Node node;
  GapId doubt;  // set: a condition that is not decided says whether it is there
};

class Stack {
 public:
  Stack(std::string name, Node root, std::string path) : name_(std::move(name)), root_(root), path_(std::move(path)) {}
  Stack(const Stack&) = delete;  // resources are pointed to
  Stack& operator=(const Stack&) = delete;

  const std::string& name() const { return name_; }  // empty: the only template
  // `Vpc` -> `Net.Vpc`
  std::string full(std::string_view logical) const {
    return name_.empty() ? std::string(logical) : name_ + "." + std::string(logical);
  }
  Node root() const { return root_; }
  void unrolled(Node root) { root_ = root; }         // without its loops (loops.h)
  const std::string& path() const { return path_; }  // of the template's file
  Origin origin() const { return root_.origin(); }

  Place place;
  std::string stack_name;  // `AWS::StackName`; empty: not known
  Stack* parent = nullptr;
  // The stack that nests it, or the one that nests that; itself if nobody does.
  const Stack* top() const {
    const Stack* stack = this;
    while (stack->parent != nullptr) stack = stack->parent;
    return stack;
  }
  GapId changed;                                         // set: a transform may change anything in it
  Node given;                                            // of a nested stack: its `Parameters` in the parent
  int depth = 0;                                         // of nesting
  std::map<std::string, Item, std::less<>> arguments;    // values given to parameters
  std::map<std::string, Truth, std::less<>> conditions;  // those decided so far
  std::map<std::string, Stack*, std::less<>> nested;     // by logical id
  std::deque<Resource> resources;                        // of which the condition is not decided yet, too
  std::map<std::string, Resource*, std::less<>> by_id;

  const Resource* find(std::string_view logical) const {
    const auto found = by_id.find(logical);
    return found == by_id.end() ? nullptr : found->second;
  }
  // The SAM function whose implied role goes by that logical id; null if none does.
  const Resource* sam_role(std::string_view logical) const {
    if (!logical.ends_with("Role")) return nullptr;
    const Resource* function = find(logical.substr(0, logical.size() - 4));
    return function != nullptr && function->type == "AWS::Serverless::Function" ? function : nullptr;
  }

 private:
  std::string name_;
  Node root_;
  std::string path_;
};

}  // namespace sallyport::read::cloudformation
