// Judgement: every part of the formula for one request, before it is put in words.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "iam/decide.h"
#include "iam/evaluate.h"

namespace sallyport::iam {

// Whether the resource's policy must allow explicitly, an account-level allow only
// handing over to identity policies: KMS keys and role trust.
enum class Delegation : std::uint8_t { ordinary, explicit_only };

struct Judgement {
  bool always_allowed = false;  // EV-9
  Delegation delegation = Delegation::ordinary;
  Match same_account = Match::yes;
  bool in_account = false;
  bool root = false;
  bool service = false;

  // What each layer allows and denies once it is known whether it applies.
  std::array<Match, layer_count> allow{};
  std::array<Match, layer_count> deny{};
  std::array<bool, layer_count> applies{};
  Named resource{};                // in which way the resource policy allows
  bool star_undocumented = false;  // the boundary or session policy decides a grant to `*`

  Match denied = Match::no;  // some explicit Deny
  Match core_same = Match::no;
  Match core_cross = Match::no;
  Match core = Match::no;
  Match result = Match::no;  // allowed?

  Match allows(Layer layer) const { return allow[static_cast<std::size_t>(layer)]; }
  Match denies(Layer layer) const { return deny[static_cast<std::size_t>(layer)]; }
};

// Cost: one pass over the statements that speak of the action's service. Without a trace
// it ends when the request is surely refused: then only `result` says something.
Judgement judge(const Request& request, const Layers& layers, const Rules& rules, Trace& trace);

// What `judge` found as an answer with reasons (explain.cc).
Decision explain(const Judgement& judgement, const Context& context, const Rules& rules, const Trace& trace);

Outcome outcome_of(Match result);

}  // namespace sallyport::iam
