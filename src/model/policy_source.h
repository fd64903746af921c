// PolicySource: a policy document as it was written, every value with its place.
//
// model/policy.h keeps what a document means; this keeps how it is spelled: unknown and
// repeated elements, wrong types, the place of each single action. It is what
// `policy check` looks at. A value is a number in one flat list, in the order of the
// document; value 0 is the document itself. Plain data, no JSON left in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/origin.h"

namespace sallyport {

// For what a document is used: decides what is legal in it, and what it does.
enum class PolicyUse : std::uint8_t {
  identity,          // attached to a user, group or role, managed or inline
  resource,          // of a bucket, queue, key ...
  endpoint,          // of an interface endpoint
  gateway_endpoint,  // of a gateway endpoint
  scp,               // service control policy
  rcp,               // resource control policy
  boundary,          // permissions boundary
  session,           // passed when a session was made
  trust,             // who may assume a role
};

// "gateway-endpoint"; the words of `--type`.
const char* name(PolicyUse use);
// "a gateway endpoint's policy", for messages.
const char* with_article(PolicyUse use);
std::optional<PolicyUse> parse_policy_use(std::string_view name);

class PolicySource {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  using Index = std::uint32_t;

  struct Value {
    Kind kind = Kind::null;
    bool repeated = false;  // its name stood in the object before
    Index parent = 0;
    Index end = 0;           // the value behind its last descendant
    std::uint32_t rank = 0;  // 0-based, among its parent's items or members
    std::string name;        // of a member
    std::string text;        // of a string; of a boolean or number as written
    Origin origin;
    Origin name_origin;  // of a member's name
  };

  std::vector<Value> values;             // in the order of the document; children follow their parent
  std::size_t characters = 0;            // of the document's text
  std::size_t characters_but_space = 0;  // without blanks between values: what IAM counts

  bool empty() const { return values.empty(); }
  const Value& operator[](Index i) const { return values[i]; }
  bool is(Index i, Kind kind) const { return values[i].kind == kind; }

  // The first item or member, `values[i].end` if there is none; the next is `values[child].end`:
  //   for (Index c = source.first(i); c < source[i].end; c = source[c].end)
  Index first(Index i) const { return i + 1; }
  // The first member of that name, 0 if there is none (0 is nobody's member).
  Index member(Index i, std::string_view name) const;

  // `/Statement/0/Action/1`, as RFC 6901 writes it; empty for the document.
  std::string pointer(Index i) const;
};

}  // namespace sallyport
