#include "read/cloudformation/exports.h"

#include "read/cloudformation/evaluate.h"

namespace sallyport::read::cloudformation {
namespace {

bool may_be_one(Text a, Text b) { return a.empty() || b.empty() || a == b; }

// The names are looked for once.
void collect(Work& work) {
  work.exports_known = true;
  for (Stack& stack : work.stacks) {
    for (const json::Member output : stack.root()["Outputs"].members()) {
      const std::string_view needed = output.value["Condition"].text();
      if (!needed.empty() && condition(work, stack, needed) == Truth::no) continue;
      const Node written = output.value["Export"]["Name"];
      if (!written) continue;
      const Item name = evaluate(work, stack, written);
      if (name.is(Item::Kind::text)) work.exports[name.text].push_back({&stack, output.value["Value"]});
    }
  }
}

}  // namespace

Export find_export(Work& work, const Stack& stack, Text name) {
  if (!work.exports_known) collect(work);
  const auto found = work.exports.find(name);
  if (found == work.exports.end()) return {};
  for (const auto& [owner, value] : found->second) {
    if (may_be_one(owner->place.region, stack.place.region) && may_be_one(owner->place.account, stack.place.account)) {
      return {owner, value};
    }
  }
  return {};
}

}  // namespace sallyport::read::cloudformation
