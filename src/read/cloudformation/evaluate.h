// Evaluate: the intrinsic functions and conditions of a template.
//
// Read are the long forms (`{"Fn::Join": ...}`) and YAML's short tags. What cannot be
// decided is unknown with its reason; nothing is guessed. Work is bounded: by steps, by
// depth, and by the length of texts, so hostile templates end in `unknown`.
// Source: CloudFormation User Guide, "Intrinsic function reference".
#pragma once

#include <string>
#include <string_view>

#include "read/cloudformation/work.h"

namespace sallyport::read::cloudformation {

// The value of `node`, a part of the stack's template.
Item evaluate(Work& work, Stack& stack, Node node);

// The same, without regard to a tag of the node itself: the argument of a short form.
Item evaluate_untagged(Work& work, Stack& stack, Node node);

// Is the condition of that name met? Cost: decided once.
Truth condition(Work& work, Stack& stack, std::string_view name);

// The gap of a condition that is not decided.
GapId undecided(Work& work, const Stack& stack, std::string_view name, Origin origin);

// A top-level property of a resource, evaluated.
Item property(Work& work, const Resource& resource, std::string_view name);

// Which function a node calls: its name in the long form (`Ref`, `Fn::Join`, `Condition`)
// and its argument. An empty name: none.
struct Call {
  std::string name;
  Node argument;
  bool tagged = false;  // a short form: the argument is the node itself
};
Call call_of(Node node);

// functions.cc: those that work on evaluated arguments. `name` without `Fn::`.
Item join(Work& work, const Item& arguments, Origin origin);
Item split(Work& work, const Item& arguments, Origin origin);
Item select(Work& work, const Item& arguments, Origin origin);
Item cidr(Work& work, const Item& arguments, Origin origin);
Item base64(Work& work, const Item& argument, Origin origin);
Item zones_of(Work& work, const Item& region, Origin origin);
// `a.b,c` at each delimiter. False: a symbol may hide one.
bool split_text(const Work& work, Text text, std::string_view delimiter, std::vector<std::string>& parts);

// The gap of a function that was not understood; it is said, too.
Item bad_call(Work& work, const std::string& what, Origin origin);

// A text of more than this many bytes is not made.
constexpr std::size_t text_limit = std::size_t{1} << 18;

}  // namespace sallyport::read::cloudformation
