// endpoint-policy: an endpoint's policy neither lets everything through nor nothing.
//
// Open: a statement allows every action to everyone on everything, without a
// condition, and no statement denies anything of the service (the default policy is
// such, EP-1). Nothing: no Allow can match a request to the service, or an
// unconditional Deny covers each: a policy of Deny statements alone denies all.
// Both are read off the statements; no request is guessed.
#include <algorithm>
#include <optional>

#include "base/wildcard.h"
#include "guard/endpoints.h"
#include "guard/ground.h"

namespace sallyport::guard {
namespace {

std::string id_of(const Cloud& cloud, Ref ref) { return show_symbols(cloud.id(ref)); }

class Reading {
 public:
  Reading(const Cloud& cloud, const PolicyDocument& document, std::string prefix)
      : cloud_(cloud), document_(document), prefix_(std::move(prefix)) {}

  // A statement that was not understood could open or close anything.
  GapId gap() const {
    if (document_.gap) return document_.gap;
    for (const Statement& s : document_.statements) {
      if (s.gap) return s.gap;
    }
    return {};
  }

  const Statement* open() const {
    const Statement* opening = nullptr;
    for (const Statement& s : document_.statements) {
      if (s.effect == Effect::deny && concerns_service(s)) return nullptr;
      if (s.effect == Effect::allow && everything(s)) opening = &s;
    }
    return opening;
  }

  bool nothing() const {
    return std::none_of(document_.statements.begin(), document_.statements.end(), [this](const Statement& s) {
      return s.effect == Effect::allow && concerns_service(s) && !denied(s);
    });
  }

 private:
  static bool any_principal(const Statement& s) {
    return !s.not_principal && std::any_of(s.principals.begin(), s.principals.end(),
                                           [](const PrincipalEntry& p) { return p.kind == PrincipalKind::any; });
  }
  bool all_actions(Text pattern) const {
    const std::string_view p = cloud_.view(pattern);
    return p.find_first_not_of('*') == std::string_view::npos ||
           (!prefix_.empty() && equals_ignoring_case(p, prefix_ + ":*"));
  }
  bool all_resources(Text pattern) const {
    const std::string_view p = cloud_.view(pattern);
    return p.find_first_not_of('*') == std::string_view::npos || p == "arn:aws:" + prefix_ + ":::*" ||
           p == "arn:aws:" + prefix_ + ":*" || p == "arn:*";
  }
  bool everything(const Statement& s) const {
    return any_principal(s) && s.conditions.empty() && !s.not_action && !s.not_resource &&
           std::any_of(s.actions.begin(), s.actions.end(), [this](Text a) { return all_actions(a); }) &&
           std::any_of(s.resources.begin(), s.resources.end(), [this](Text r) { return all_resources(r); });
  }

  // Can the statement match an action of the endpoint's service? Yes where that is
  // not certain.
  bool concerns_service(const Statement& s) const {
    if (prefix_.empty() || s.not_action) return true;
    return std::any_of(s.actions.begin(), s.actions.end(), [this](Text action) {
      const std::string_view a = cloud_.view(action);
      return a.find(':') == std::string_view::npos || matches_ignoring_case(a.substr(0, a.find(':')), prefix_);
    });
  }

  // Is all that an Allow statement allows denied without condition?
  bool denied(const Statement& allow) const {
    return std::any_of(document_.statements.begin(), document_.statements.end(), [&](const Statement& s) {
      if (s.effect != Effect::deny || !any_principal(s) || !s.conditions.empty() || s.not_action || s.not_resource) {
        return false;
      }
      const bool actions = std::any_of(s.actions.begin(), s.actions.end(), [this](Text a) { return all_actions(a); }) ||
                           (!allow.not_action && contains(s.actions, allow.actions));
      const bool resources =
          std::any_of(s.resources.begin(), s.resources.end(),
                      [this](Text r) { return cloud_.view(r).find_first_not_of('*') == std::string_view::npos; }) ||
          (!allow.not_resource && contains(s.resources, allow.resources));
      return actions && resources;
    });
  }
  static bool contains(const std::vector<Text>& all, const std::vector<Text>& some) {
    return std::all_of(some.begin(), some.end(),
                       [&](Text t) { return std::find(all.begin(), all.end(), t) != all.end(); });
  }

  const Cloud& cloud_;
  const PolicyDocument& document_;
  std::string prefix_;
};

void look(const Cloud& cloud, const Endpoint& e, Ledger& ledger) {
  const std::string id = id_of(cloud, e.id);
  const std::string repair =
      "aws ec2 modify-vpc-endpoint --vpc-endpoint-id " + id + " --policy-document file://policy.json";
  const auto open = [&](const char* what, Origin place) {
    ledger.violated({"open", e.id, "",
                     "`" + id + "` " + what +
                         ": whoever is in the network may do anything with anyone's resources, in " +
                         "the name of any account",
                     repair, 0, place});
  };
  if (!e.policy.known()) return ledger.unknown(e.policy.gap());
  if (!*e.policy) return open("has the default policy", e.head.origin);
  const Policy* policy = cloud->policies.find(*e.policy);
  if (policy == nullptr) {
    return ledger.unknown(cloud.registry().gaps.add(
        {GapKind::not_collected, "the policy of `" + id + "` is not in the input", "aws ec2 describe-vpc-endpoints"}));
  }
  const Reading reading(cloud, policy->document, serves(cloud, e).iam_prefix);
  if (const GapId gap = reading.gap()) return ledger.unknown(gap);
  if (const Statement* s = reading.open()) {
    open("allows every action to everyone on everything", s->origin ? s->origin : policy->document.origin);
  } else if (reading.nothing()) {
    ledger.violated({"nothing-allowed", e.id, "",
                     "the policy of `" + id + "` allows no request at all: what no statement allows is denied", repair,
                     1, policy->document.origin});
  }
}

}  // namespace

void endpoint_policy(const Ground& ground, Ledger& ledger) {
  require(ground.cloud, {Kind::endpoint}, false, ledger);
  const Cloud& cloud = ground.cloud;
  for (const Endpoint& e : cloud->endpoints) {
    if (!e.type.known()) {
      ledger.unknown(e.type.gap());
      continue;
    }
    if (*e.type != EndpointType::gateway && *e.type != EndpointType::interface) continue;
    if (e.state.known() && !works(e)) continue;
    ledger.examined();
    const access::PolicySupport support = access::policy_support(cloud, e);
    if (support.honoured == Truth::unknown) ledger.unknown(support.gap);
    if (support.honoured == Truth::yes) look(cloud, e, ledger);  // else it cannot be narrowed (EP-3)
  }
}

}  // namespace sallyport::guard
