// What the tables of facts know of the words of a document: services, actions, keys. For
// the files of this folder only.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/actions.h"
#include "iam/lint/outline.h"

namespace sallyport::iam::lint {

std::string lower(std::string_view text);
bool only_stars(std::string_view pattern);
bool has_wildcard(std::string_view text);  // `*` or `?`, but not in `${*}` and `${?}`

// "s3" of "s3:GetObject"; empty if there is no colon.
std::string_view service_of(std::string_view action);

// All prefixes of IAM actions, sorted.
const std::vector<std::string>& service_prefixes();
// Full names of a service's actions.
std::vector<std::string> action_names(std::string_view prefix);

struct KnownKey {
  std::string_view name;  // as the table writes it: `aws:RequestTag/${TagKey}`
  facts::KeyType type = facts::KeyType::string;
  bool multivalued = false;
  bool global = false;
};
// A condition key of any service, or a global one. Case does not matter.
std::optional<KnownKey> known_key(std::string_view name);
// Names of keys that begin with `prefix:`, for suggestions.
std::vector<std::string> key_names(std::string_view prefix);

// Which actions a key is listed for. Made once a key: finding its spellings in the table
// costs some microseconds, asking for an action next to nothing.
class ListedKey {
 public:
  explicit ListedKey(std::string_view key);
  // Does the service's documentation list the key for that action, or for a type of
  // resource that the action works on?
  bool by(facts::Action action) const;

 private:
  bool is(facts::ConditionKey key) const;
  std::vector<std::uint32_t> numbers_;
};

// The known actions that a list of patterns stands for.
struct Expansion {
  std::vector<facts::Action> actions;  // ascending, each once
  bool everything = false;             // a pattern is `*`, which stands for actions not known here, too
  bool complete = true;                // each pattern stands for some known action
};
Expansion expand(std::span<const Word> patterns);

}  // namespace sallyport::iam::lint
