// Policy documents as plain values: what the JSON says, nothing decided yet.
//
// A document is strict: what its reader did not understand is not dropped but
// marks the statement (`gap`), so that whoever evaluates it answers `unknown`
// where that statement could decide (MA-7). An element that was not understood
// stands in its widest form (any principal, action `*`, resource `*`, the condition
// left out): the parts that were understood still rule the statement out.
#pragma once

#include <cstdint>
#include <vector>

#include "base/origin.h"
#include "base/text.h"
#include "base/value.h"

namespace sallyport {

enum class Effect : std::uint8_t { allow, deny };

// Element `Version`. Absent means 2008-10-17, where variables are literal text
// (CO-6).
enum class PolicyVersion : std::uint8_t { v2008_10_17, v2012_10_17 };

// One entry of `Principal` or `NotPrincipal`.
enum class PrincipalKind : std::uint8_t {
  any,        // "*" in any spelling that means everybody: "*", {"AWS": "*"}
  aws,        // account id, root, user, role, session or federated-user ARN
  service,    // "lambda.amazonaws.com"
  federated,  // identity provider ARN or host name
  canonical,  // CanonicalUser
};

struct PrincipalEntry {
  PrincipalKind kind = PrincipalKind::any;
  Text value;  // as written; empty for `any`
  friend bool operator==(const PrincipalEntry&, const PrincipalEntry&) = default;
};

// One line of `Condition`: operator, key, values.
//
//   "ForAnyValue:StringLikeIfExists": {"aws:PrincipalOrgPaths": ["o-1/*"]}
//
// `op` and `key` stand as written (operator names and keys compare without case,
// MA-6); the values are texts, also where JSON had a bool or a number.
struct Condition {
  Text op;
  Text key;
  std::vector<Text> values;
  Origin origin;
};

struct Statement {
  Text sid;
  Effect effect = Effect::deny;
  bool effect_known = true;    // false: `Effect` is missing or not understood, see `gap`
  bool has_principal = false;  // false: identity policies, SCPs
  bool not_principal = false;  // element NotPrincipal
  bool not_action = false;     // element NotAction
  bool has_resource = false;   // false: trust policies
  bool not_resource = false;   // element NotResource
  std::vector<PrincipalEntry> principals;
  std::vector<Text> actions;
  std::vector<Text> resources;
  std::vector<Condition> conditions;  // all must hold
  GapId gap;                          // set: something in it was not understood
  Origin origin;
};

struct PolicyDocument {
  PolicyVersion version = PolicyVersion::v2008_10_17;
  Text id;
  std::vector<Statement> statements;
  GapId gap;  // set: the document as a whole is unknown (not JSON, known after apply)
  Origin origin;
};

}  // namespace sallyport
