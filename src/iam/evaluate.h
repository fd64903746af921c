// Evaluation of layers: which statements apply, and what each layer gives.
//
// The core of `decide` (iam/decide.h), apart so that the formula there reads like
// the formula. A Trace collects the statements that apply or may, for explaining;
// without one nothing is allocated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "iam/decide.h"
#include "iam/statement.h"

namespace sallyport::iam {

// A statement that applies or may apply; its gaps are trace.gaps[first, last).
struct Hit {
  Layer layer;
  std::uint32_t level;
  const CompiledPolicy* policy;
  const CompiledStatement* statement;  // nullptr: the document or layer as a whole
  Effect effect;
  Match applies;
  std::uint32_t first, last;
  Named named{};  // of an Allow: in which way it grants
};

struct Trace {
  std::vector<Hit> hits;
  std::vector<GapId> gaps;
  bool on = false;
};

// What a set of documents gives: who is allowed in which way, and a Deny.
struct Tally {
  Named allow{};
  Match deny = Match::no;
  Match allows() const { return overall(allow); }
};

struct Evaluation {
  const Prepared& request;
  const Rules& rules;
  Trace& trace;

  // Adds what the documents of `set` give to `tally`. Without a trace it ends at a Deny
  // that surely applies, and leaves out what cannot add to an Allow.
  void add(const PolicySet& set, Layer layer, std::uint32_t level, PrincipalReading reading, Tally& tally) const;

  // Records that `layer` is unknown for that reason, beside any statement.
  void missing(Layer layer, GapId gap) const;

 private:
  void unknown(Layer layer, GapId gap, Tally& tally) const;
  void add_outcome(const CompiledPolicy& policy, Layer layer, PrincipalReading reading, Tally& tally) const;
  void add_with_reasons(const CompiledPolicy& policy, Layer layer, std::uint32_t level, PrincipalReading reading,
                        Tally& tally) const;
};

// An SCP or RCP level must allow, each of them; any of them may deny.
struct LevelTally {
  Match allow = Match::yes;
  Match deny = Match::no;
};
// Without a trace it ends at the level that surely refuses.
LevelTally evaluate_levels(const Evaluation& evaluation, const PolicyLevels& levels, Layer layer);

// What a layer says, from what it allows and denies.
Say say(Match allow, Match deny);

}  // namespace sallyport::iam
