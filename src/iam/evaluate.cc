#include "iam/evaluate.h"

namespace sallyport::iam {
namespace {

bool has_principals(Layer layer) { return layer == Layer::resource_policy || layer == Layer::endpoint_policy; }

// No further Allow could change what the layer gives. Only a resource policy's way of
// naming matters, and there `direct` is the one that gives most.
bool nothing_gives_more(Layer layer, const Tally& tally) {
  const Match most =
      layer == Layer::resource_policy ? tally.allow[static_cast<std::size_t>(Naming::direct)] : tally.allows();
  return most == Match::yes;
}

void join(Named& into, const Named& named) {
  for (std::size_t i = 0; i < naming_count; ++i) into[i] = into[i] | named[i];
}

// What is open in any way of naming; else the overall answer.
Match undecided(const Named& named) {
  Match open = Match::no;
  for (const Match m : named) open = decided(m) ? open : open | m;
  return open == Match::no ? overall(named) : open;
}

// "Everybody" narrowed by `aws:PrincipalArn` is as good as being named.
Named as_granted(const CompiledStatement& statement, Named named) {
  if (!statement.by_principal_arn) return named;
  Match& everyone = named[static_cast<std::size_t>(Naming::everyone)];
  Match& direct = named[static_cast<std::size_t>(Naming::direct)];
  direct = direct | everyone;
  everyone = Match::no;
  return named;
}

}  // namespace

void Evaluation::missing(Layer layer, GapId gap) const {
  if (!trace.on) return;
  const auto first = static_cast<std::uint32_t>(trace.gaps.size());
  trace.gaps.push_back(gap);
  for (const Effect effect : {Effect::allow, Effect::deny}) {
    trace.hits.push_back({layer, 0, nullptr, nullptr, effect, Match::unknown, first, first + 1, {}});
  }
}

void Evaluation::unknown(Layer layer, GapId gap, Tally& tally) const {
  Match& direct = tally.allow[static_cast<std::size_t>(Naming::direct)];
  direct = direct | Match::unknown;
  tally.deny = tally.deny | Match::unknown;
  missing(layer, gap);
}

void Evaluation::add(const PolicySet& set, Layer layer, std::uint32_t level, PrincipalReading reading,
                     Tally& tally) const {
  for (const CompiledPolicy* policy : set.policies) {
    if (policy->gap()) unknown(layer, policy->gap(), tally);
    if (trace.on) {
      add_with_reasons(*policy, layer, level, reading, tally);
    } else {
      add_outcome(*policy, layer, reading, tally);
      if (tally.deny == Match::yes) return;
    }
  }
  if (set.open) unknown(layer, set.open, tally);
}

void Evaluation::add_outcome(const CompiledPolicy& policy, Layer layer, PrincipalReading reading, Tally& tally) const {
  const bool principals = has_principals(layer);
  for (const auto& [number, group] : policy.speaking_of(request.action.service)) {
    const CompiledStatement& statement = policy.statement(number);
    const bool allow = statement.effect == Effect::allow || !statement.effect_known;
    const bool deny = statement.effect == Effect::deny || !statement.effect_known;
    if (!deny && nothing_gives_more(layer, tally)) continue;
    const Named named = applies(statement, group, request, principals, reading, rules, {});
    const Match m = overall(named);
    if (m == Match::no) continue;
    if (allow) join(tally.allow, as_granted(statement, named));
    if (deny) tally.deny = tally.deny | m;
    if (tally.deny == Match::yes) return;
  }
}

void Evaluation::add_with_reasons(const CompiledPolicy& policy, Layer layer, std::uint32_t level,
                                  PrincipalReading reading, Tally& tally) const {
  const bool principals = has_principals(layer);
  const Why why{&trace.gaps};
  for (const auto& [number, group] : policy.speaking_of(request.action.service)) {
    const CompiledStatement& statement = policy.statement(number);
    const auto first = static_cast<std::uint32_t>(trace.gaps.size());
    const Named named = applies(statement, group, request, principals, reading, rules, why);
    const Match m = overall(named);
    const Match least = undecided(named);
    if (decided(least)) trace.gaps.resize(first);
    if (m == Match::no) continue;
    const auto last = static_cast<std::uint32_t>(trace.gaps.size());
    const bool allow = statement.effect == Effect::allow || !statement.effect_known;
    const bool deny = statement.effect == Effect::deny || !statement.effect_known;
    if (allow) {
      const Named granted = as_granted(statement, named);
      join(tally.allow, granted);
      trace.hits.push_back({layer, level, &policy, &statement, Effect::allow, m, first, last, granted});
      // It surely allows in one way of naming, and may in another that gives more.
      if (least != m) {
        trace.hits.push_back({layer, level, &policy, &statement, Effect::allow, least, first, last, granted});
      }
    }
    if (deny) {
      tally.deny = tally.deny | m;
      trace.hits.push_back({layer, level, &policy, &statement, Effect::deny, m, first, last, named});
    }
  }
}

LevelTally evaluate_levels(const Evaluation& evaluation, const PolicyLevels& levels, Layer layer) {
  LevelTally all;
  std::uint32_t number = 0;
  for (const PolicySet& level : levels.levels) {
    Tally tally;
    evaluation.add(level, layer, number++, PrincipalReading::ordinary, tally);
    all.allow = all.allow & tally.allows();
    all.deny = all.deny | tally.deny;
    const bool refused = all.deny == Match::yes || (layer == Layer::scp && all.allow == Match::no);
    if (refused && !evaluation.trace.on) return all;
  }
  if (levels.open) {
    all.allow = all.allow & Match::unknown;
    all.deny = all.deny | Match::unknown;
    evaluation.missing(layer, levels.open);
  }
  return all;
}

Say say(Match allow, Match deny) {
  if (deny == Match::yes) return Say::deny;
  if (deny == Match::unknown || allow == Match::unknown) return Say::unknown;
  if (deny == Match::conditional || allow == Match::conditional) return Say::conditional;
  return allow == Match::yes ? Say::allow : Say::none;
}

}  // namespace sallyport::iam
