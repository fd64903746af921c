#include "iam/evaluate.h"

namespace sallyport::iam {
namespace {

bool has_principals(Layer layer) { return layer == Layer::resource_policy || layer == Layer::endpoint_policy; }

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
    trace.hits.push_back({layer, 0, nullptr, nullptr, effect, Match::unknown, first, first + 1});
  }
}

void Evaluation::add(const PolicySet& set, Layer layer, std::uint32_t level, PrincipalReading reading,
                     Tally& tally) const {
  const bool principals = has_principals(layer);
  const Why why{trace.on ? &trace.gaps : nullptr};
  const auto unknown = [&](GapId gap) {
    tally.allow[static_cast<std::size_t>(Naming::direct)] =
        tally.allow[static_cast<std::size_t>(Naming::direct)] | Match::unknown;
    tally.deny = tally.deny | Match::unknown;
    missing(layer, gap);
  };
  for (const CompiledPolicy* policy : set.policies) {
    if (policy->gap()) unknown(policy->gap());
    for (const std::uint32_t number : policy->speaking_of(request.action.service)) {
      const CompiledStatement& statement = policy->statement(number);
      const auto first = static_cast<std::uint32_t>(trace.gaps.size());
      const Named named = applies(statement, request, principals, reading, rules, why);
      const Match m = overall(named);
      if (m == Match::no) {
        if (trace.on) trace.gaps.resize(first);
        continue;
      }
      const Match least = trace.on ? undecided(named) : m;
      if (trace.on && decided(least)) trace.gaps.resize(first);
      const auto last = static_cast<std::uint32_t>(trace.gaps.size());
      const bool allow = statement.effect == Effect::allow || !statement.effect_known;
      const bool deny = statement.effect == Effect::deny || !statement.effect_known;
      if (allow) join(tally.allow, as_granted(statement, named));
      if (deny) tally.deny = tally.deny | m;
      if (!trace.on) continue;
      if (allow) trace.hits.push_back({layer, level, policy, &statement, Effect::allow, m, first, last});
      // It surely allows in one way of naming, and may in another that gives more.
      if (allow && least != m) {
        trace.hits.push_back({layer, level, policy, &statement, Effect::allow, least, first, last});
      }
      if (deny) trace.hits.push_back({layer, level, policy, &statement, Effect::deny, m, first, last});
    }
  }
  if (set.open) unknown(set.open);
}

LevelTally evaluate_levels(const Evaluation& evaluation, const PolicyLevels& levels, Layer layer) {
  LevelTally all;
  std::uint32_t number = 0;
  for (const PolicySet& level : levels.levels) {
    Tally tally;
    evaluation.add(level, layer, number++, PrincipalReading::ordinary, tally);
    all.allow = all.allow & tally.allows();
    all.deny = all.deny | tally.deny;
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
