#include "iam/formula.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "iam/evaluate.h"
#include "iam/judge.h"

namespace sallyport::iam {
namespace {

using Kind = Formula::Kind;
using Steps = std::vector<Formula::Step>;

// Functions by their steps. What is decided is folded, so `yes` and `no` stand alone.
bool is(const Steps& f, Kind constant) { return f.size() == 1 && f.front().kind == constant; }
Steps constant(bool value) { return {{value ? Kind::yes : Kind::no}}; }

Steps joined(Steps a, const Steps& b, Kind how) {
  a.insert(a.end(), b.begin(), b.end());
  a.push_back({how});
  return a;
}

Steps both(Steps a, const Steps& b) {
  if (is(a, Kind::no) || is(b, Kind::yes) || a == b) return a;
  if (is(b, Kind::no) || is(a, Kind::yes)) return b;
  return joined(std::move(a), b, Kind::both);
}

Steps either(Steps a, const Steps& b) {
  if (is(a, Kind::yes) || is(b, Kind::no) || a == b) return a;
  if (is(b, Kind::yes) || is(a, Kind::no)) return b;
  return joined(std::move(a), b, Kind::either);
}

Steps negation(Steps a) {
  if (is(a, Kind::yes) || is(a, Kind::no)) return constant(is(a, Kind::no));
  a.push_back({Kind::negation});
  return a;
}

template <class T>
std::uint32_t number_of(std::vector<T>& list, const T& one) {
  const auto at = std::find(list.begin(), list.end(), one);
  const auto number = static_cast<std::uint32_t>(at - list.begin());
  if (at == list.end()) list.push_back(one);
  return number;
}

// The formula of docs/internals/iam.md over functions instead of four values. Where four
// values give `conditional`, nothing unknown is left that what is decided does not cover:
// so an unknown part may stand as `no`.
class Maker {
 public:
  Maker(const Judgement& judgement, std::string_view resource, const Context& context, const Rules& rules,
        const Trace& trace)
      : j_(judgement), resource_(arn_text(resource)), context_(context), rules_(rules), trace_(trace) {}

  Formula run() {
    const auto core = this->core();
    if (!core) return {};
    Steps all = *core;
    for (std::size_t i = 0; i < layer_count; ++i) all = both(std::move(all), negation(denies(static_cast<Layer>(i))));
    all = both(std::move(all), allows(Layer::endpoint_policy));
    all = both(std::move(all), scp());
    out_.steps = std::move(all);
    return std::move(out_);
  }

 private:
  // The hits of a layer, or of one of its levels; in one way of naming, or in any.
  Steps any_of(Layer layer, Effect effect, std::optional<std::uint32_t> level, std::optional<Naming> naming) {
    Steps any = constant(false);
    const CompiledStatement* last = nullptr;
    for (const Hit& hit : trace_.hits) {
      if (hit.layer != layer || hit.effect != effect || hit.statement == nullptr) continue;
      if (level && hit.level != *level) continue;
      const Match m = naming ? hit.named[static_cast<std::size_t>(*naming)] : hit.applies;
      if (m == Match::yes) return constant(true);
      if (m != Match::conditional || hit.statement == last) continue;
      last = hit.statement;
      any = either(std::move(any), of(*hit.statement));
    }
    return any;
  }

  // What is open of a statement.
  Steps of(const CompiledStatement& statement) {
    Steps all = constant(true);
    if (!statement.any_resource) all = resource(statement);
    for (const Predicate& line : statement.conditions) {
      if (holds(line, context_, rules_, {}) != Match::conditional) continue;
      all = both(std::move(all), {{Kind::line, number_of(out_.lines, &line)}});
    }
    return all;
  }

  Steps resource(const CompiledStatement& statement) {
    Steps any = constant(false);
    for (const ArnPattern& pattern : statement.resources) {
      const Match m = matches(pattern, ArnReading::resource, resource_, context_, rules_, {});
      if (m == Match::yes) any = constant(true);
      if (m != Match::conditional) continue;
      any = either(std::move(any), {{Kind::pattern, number_of(out_.patterns, &pattern)}});
    }
    return statement.not_resource ? negation(std::move(any)) : any;
  }

  Steps allows(Layer layer) {
    const Match m = j_.allows(layer);
    return decided(m) ? constant(m == Match::yes) : any_of(layer, Effect::allow, std::nullopt, std::nullopt);
  }
  Steps denies(Layer layer) {
    const Match m = j_.denies(layer);
    return decided(m) ? constant(m == Match::yes) : any_of(layer, Effect::deny, std::nullopt, std::nullopt);
  }
  Steps granted(Naming naming) {
    const Match m = j_.resource[static_cast<std::size_t>(naming)];
    return decided(m) ? constant(m == Match::yes) : any_of(Layer::resource_policy, Effect::allow, std::nullopt, naming);
  }

  // Each level must allow.
  Steps scp() {
    if (decided(j_.allows(Layer::scp))) return constant(j_.allows(Layer::scp) == Match::yes);
    std::vector<std::uint32_t> levels;
    for (const Hit& hit : trace_.hits) {
      if (hit.layer == Layer::scp && hit.effect == Effect::allow) number_of(levels, hit.level);
    }
    Steps all = constant(true);
    for (const std::uint32_t level : levels) {
      all = both(std::move(all), any_of(Layer::scp, Effect::allow, level, std::nullopt));
    }
    return all;
  }

  Steps any_naming() {
    Steps any = granted(Naming::direct);
    for (const Naming n : {Naming::role, Naming::everyone, Naming::account}) any = either(std::move(any), granted(n));
    return any;
  }

  std::optional<Steps> core() {
    if (decided(j_.core)) return constant(j_.core == Match::yes);
    if (!j_.in_account) return any_naming();
    const Steps identity = j_.root ? constant(true) : allows(Layer::identity_policy);
    Steps limit = constant(true);
    if (!j_.root) {
      limit = allows(Layer::boundary);
      limit = both(std::move(limit), allows(Layer::session_policy));
    }
    const auto across = [&] { return both(both(identity, limit), any_naming()); };
    const auto within = [&] {
      Steps handed_over = identity;
      if (j_.delegation == Delegation::explicit_only) handed_over = both(granted(Naming::account), identity);
      Steps some = either(granted(Naming::role), handed_over);
      some = either(granted(Naming::direct), both(std::move(some), limit));
      return either(std::move(some), granted(Naming::everyone));
    };
    if (j_.same_account == Match::yes) return within();
    if (j_.same_account == Match::no) return across();
    // Whose account it is is not known: one answer only if both readings are one function.
    const Steps one = decided(j_.core_same) ? constant(j_.core_same == Match::yes) : within();
    const Steps other = decided(j_.core_cross) ? constant(j_.core_cross == Match::yes) : across();
    if (one == other) return one;
    return std::nullopt;
  }

  const Judgement& j_;
  ArnText resource_;
  const Context& context_;
  const Rules& rules_;
  const Trace& trace_;
  Formula out_;
};

}  // namespace

Formula formula(const Judgement& judgement, std::string_view resource, const Context& context, const Rules& rules,
                const Trace& trace) {
  return Maker(judgement, resource, context, rules, trace).run();
}

Formula both(const Formula& a, const Formula& b) {
  if (a.steps.empty() || b.steps.empty()) return {};
  Formula all = a;
  Steps other = b.steps;
  for (Formula::Step& step : other) {
    if (step.kind == Kind::line) step.number = number_of(all.lines, b.lines[step.number]);
    if (step.kind == Kind::pattern) step.number = number_of(all.patterns, b.patterns[step.number]);
  }
  all.steps = both(std::move(all.steps), other);
  return all;
}

}  // namespace sallyport::iam
