// Witness: one request, as proof that two documents differ; and its confirmation by
// the engine that decides single requests.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "iam/match.h"
#include "iam/policy.h"
#include "iam/rules.h"
#include "iam/sets/unknowns.h"
#include "model/registry.h"

namespace sallyport::iam::sets {

struct Witness {
  std::string principal;  // as `request.principal` of `authorize`; empty: the documents name none
  std::string action;
  std::string resource;
  // Sorted by key; an absent key is absent. Several values: the key is multivalued.
  std::vector<std::pair<std::string, std::vector<std::string>>> context;
};

// Does that statement (0-based) of a document apply to the request? Asked of the engine
// (iam/statement.h). `unknown` too for a principal that is none.
Match applies_alone(const CompiledPolicy& policy, std::size_t statement, const Witness& request, const Rules& rules);

// A pattern with variables that must match a text, or must not.
struct Wanted {
  const Choice* choice;
  bool matches;
  std::string text;
};

// Sets the keys that variables stand for so that the patterns do what is wanted, as
// far as `request` leaves them free; nothing if it finds no way. What it gives is a
// proposal: the caller confirms it. `spare`: a value for variables that must not match.
std::optional<Witness> with_variables(const Witness& request, std::span<const Wanted> wanted,
                                      const std::optional<std::string>& spare);

}  // namespace sallyport::iam::sets
