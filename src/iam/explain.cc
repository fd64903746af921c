#include <algorithm>

#include "iam/judge.h"

namespace sallyport::iam {
namespace {

By by_of(const Hit& hit) {
  By by;
  by.layer = hit.layer;
  by.policy = hit.policy;
  by.level = hit.level;
  by.effect = hit.effect;
  by.applies = hit.applies;
  if (hit.statement != nullptr) {
    by.statement = hit.statement->index;
    by.sid = hit.statement->sid;
    by.origin = hit.statement->origin;
  }
  return by;
}

class Explanation {
 public:
  Explanation(const Judgement& judgement, const Context& context, const Rules& rules, const Trace& trace)
      : j_(judgement), context_(context), rules_(rules), trace_(trace) {
    d_.outcome = outcome_of(j_.result);
    for (std::size_t i = 0; i < layer_count; ++i) {
      d_.layers[i] = j_.applies[i] ? say(j_.allow[i], j_.deny[i]) : Say::absent;
    }
    if (j_.applies[static_cast<std::size_t>(Layer::s3_block_public_access)] &&
        d_.say(Layer::s3_block_public_access) == Say::allow) {
      d_.layers[static_cast<std::size_t>(Layer::s3_block_public_access)] = Say::none;
    }
  }

  Decision run() {
    switch (d_.outcome) {
      case Outcome::allowed: allowed(); break;
      case Outcome::denied: denied(); break;
      case Outcome::conditional:
      case Outcome::unknown: open(); break;
    }
    return std::move(d_);
  }

 private:
  void allowed() {
    if (j_.always_allowed) {
      d_.notes.push_back("no permission is needed for this action");
      return;
    }
    for (const Hit& hit : trace_.hits) {
      if (hit.effect == Effect::allow && hit.applies == Match::yes && hit.statement != nullptr) {
        d_.by.push_back(by_of(hit));
      }
    }
    if (j_.root && d_.by.empty()) d_.notes.push_back("the root user has full access in its own account");
  }

  void denied() {
    for (const Hit& hit : trace_.hits) {
      if (hit.effect == Effect::deny && hit.applies == Match::yes && hit.statement != nullptr &&
          j_.denies(hit.layer) == Match::yes) {
        d_.by.push_back(by_of(hit));
        if (hit.layer == Layer::rcp && j_.service) {
          d_.notes.push_back("AWS's pages disagree on whether resource control policies reach service principals");
        }
      }
    }
    if (j_.denies(Layer::s3_block_public_access) == Match::yes) lacks(Layer::s3_block_public_access, Effect::deny);
    if (!d_.by.empty()) return;
    for (const Layer layer : {Layer::endpoint_policy, Layer::scp}) {
      if (j_.allows(layer) == Match::no) lacks(layer);
    }
    if (j_.core == Match::no) lacking_in_core();
  }

  void lacking_in_core() {
    if (!j_.in_account) return lacks(Layer::resource_policy);
    if (j_.root) return lacks(Layer::resource_policy);
    const Match any = overall(j_.resource);
    const bool cross = j_.same_account == Match::no;
    const Match role = j_.resource[static_cast<std::size_t>(Naming::role)];
    const Match account = j_.resource[static_cast<std::size_t>(Naming::account)];
    const Match identity = j_.allows(Layer::identity_policy);
    const bool explicit_only = j_.delegation == Delegation::explicit_only;
    if (cross) {
      if (identity == Match::no) lacks(Layer::identity_policy);
      if (any == Match::no) lacks(Layer::resource_policy);
    } else if (explicit_only && any == Match::no) {
      lacks(Layer::resource_policy);
    } else if (role == Match::no && (explicit_only ? account & identity : identity) == Match::no) {
      lacks(Layer::identity_policy);
    }
    if (j_.allows(Layer::boundary) == Match::no) lacks(Layer::boundary);
    if (j_.allows(Layer::session_policy) == Match::no) lacks(Layer::session_policy);
  }

  void lacks(Layer layer, Effect effect = Effect::allow) {
    By by;
    by.layer = layer;
    by.effect = effect;
    d_.by.push_back(by);
  }

  // The statements, conditions and gaps on which an open decision hangs.
  void open() {
    const Match state = j_.result;
    const bool core = j_.core == state || j_.core == Match::unknown;
    for (const Hit& hit : trace_.hits) {
      const bool deny = hit.effect == Effect::deny;
      const Match layer = deny ? j_.denies(hit.layer) : allows(hit.layer);
      const bool of_core = hit.layer == Layer::identity_policy || hit.layer == Layer::resource_policy ||
                           hit.layer == Layer::boundary || hit.layer == Layer::session_policy;
      if (hit.applies != state || decided(layer) || (!deny && of_core && !core)) continue;
      if (hit.statement != nullptr) d_.by.push_back(by_of(hit));
      if (state == Match::conditional && hit.statement != nullptr) conditions_of(hit);
      if (state == Match::unknown) {
        d_.gaps.insert(d_.gaps.end(), trace_.gaps.begin() + hit.first, trace_.gaps.begin() + hit.last);
      }
    }
    if (state != Match::unknown) return;
    if (core && j_.star_undocumented) d_.gaps.push_back(rules_.star_limited);
    if (j_.core == Match::unknown && !decided(j_.same_account) && j_.core_same != j_.core_cross) {
      d_.gaps.push_back(rules_.resource_account);
    }
    if (j_.always_allowed) d_.gaps.push_back(rules_.always_allowed);
    std::sort(d_.gaps.begin(), d_.gaps.end());
    d_.gaps.erase(std::unique(d_.gaps.begin(), d_.gaps.end()), d_.gaps.end());
  }

  // A resource policy may allow surely in one way of naming and perhaps in another.
  Match allows(Layer layer) const {
    if (layer != Layer::resource_policy) return j_.allows(layer);
    Match open = Match::no;
    for (const Match m : j_.resource) open = decided(m) ? open : open | m;
    return open == Match::no ? j_.allows(layer) : open;
  }

  void conditions_of(const Hit& hit) {
    OpenCondition open{hit.layer, hit.policy, hit.statement->index, hit.effect, nullptr};
    const std::size_t before = d_.conditions.size();
    for (const Predicate& condition : hit.statement->conditions) {
      if (holds(condition, context_, rules_, {}) != Match::conditional) continue;
      open.condition = &condition;
      d_.conditions.push_back(open);
    }
    if (d_.conditions.size() == before) d_.conditions.push_back(open);
  }

  const Judgement& j_;
  const Context& context_;
  const Rules& rules_;
  const Trace& trace_;
  Decision d_;
};

}  // namespace

Decision explain(const Judgement& judgement, const Context& context, const Rules& rules, const Trace& trace) {
  return Explanation(judgement, context, rules, trace).run();
}

const char* name(Outcome outcome) {
  switch (outcome) {
    case Outcome::allowed: return "allowed";
    case Outcome::denied: return "denied";
    case Outcome::conditional: return "conditional";
    case Outcome::unknown: return "unknown";
  }
  return "unknown";
}

}  // namespace sallyport::iam
