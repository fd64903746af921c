#include "access/rollcall.h"

#include <algorithm>

#include "access/keys.h"

namespace sallyport::access {
namespace {

// Does what holds of the key hang on the single principal, not only on its account and
// kind? Keys::principal and Keys::credentials are where that is decided.
bool of_single_principal(std::string_view key) {
  const std::string_view before = key.substr(0, key.find(':'));
  if (before == "saml" || before.find('.') != std::string_view::npos) return true;  // by its trust policy
  return key.starts_with("aws:principaltag/") || same_key(key, "aws:PrincipalArn") || same_key(key, "aws:username") ||
         same_key(key, "aws:userid");
}

std::string kind_of(const Caller& c) {
  std::string kind(c.principal.account);
  kind += ' ';
  kind += iam::name(c.principal.type);
  kind += static_cast<char>('0' + static_cast<int>(c.principal.service_linked));
  kind += c.full_power ? 'f' : '-';
  kind += c.stranger ? 's' : '-';
  return kind + c.membership.id;
}

// Such callers are told apart by more than a few keys, and there are few of them.
bool alone(const Caller& c) { return !iam::in_account(c.principal.type) || c.full_power; }

}  // namespace

RollCall::RollCall(const Access& access, const Thing& thing, const Arrival& arrival,
                   const std::vector<ContextEntry>& fixed, const std::vector<char>* speaks)
    : access_(access), thing_(thing), arrival_(arrival), fixed_(fixed), speaks_(speaks) {
  const auto is_fixed = [&](std::string_view key) {
    return std::any_of(fixed_.begin(), fixed_.end(), [&](const ContextEntry& e) { return same_key(e.key, key); });
  };
  if (!is_fixed("aws:PrincipalArn")) own_keys_.emplace_back("aws:PrincipalArn");
  for (const std::string& key : access_.policies().mentioned_keys()) {
    if (of_single_principal(key) && !same_key(key, "aws:PrincipalArn") && !is_fixed(key)) own_keys_.push_back(key);
  }
}

void RollCall::turn_to(const Caller& caller) {
  Request request{caller, thing_, arrival_};
  request.fixed = &fixed_;
  const std::string kind = alone(caller) ? std::string() : kind_of(caller);
  if (kind.empty() || kind != last_) {
    last_ = kind;
    common_ = std::make_unique<LayerSet>();
    gather(access_.cloud(), access_.org(), access_.policies(), caller, thing_, arrival_, *common_);
    contexts_.clear();
    contexts_.push_back(context(access_.cloud(), access_.org(), request, access_.policies().mentioned_keys()));
    if (access_.foreign_part(request)) {
      request.foreign_in_other_organization = true;
      contexts_.push_back(context(access_.cloud(), access_.org(), request, access_.policies().mentioned_keys()));
    }
  } else {
    for (iam::Context& c : contexts_) fill(access_.cloud(), access_.org(), request, own_keys_, c);
  }
  own_ = std::make_unique<LayerSet>();
  gather_own(access_.cloud(), access_.org(), access_.policies(), caller, speaks_, *own_);
  layers_ = common_->view();
  layers_.identity = own_->view().identity;
  layers_.boundary = own_->view().boundary;
}

iam::Request RollCall::request(const Caller& caller, const iam::Context& context) const {
  return {.principal = caller.principal,
          .action = thing_.action,
          .resource = thing_.arn,
          .resource_account = owner(thing_),
          .context = &context};
}

iam::Decision RollCall::decide(const Caller& caller) {
  turn_to(caller);
  std::vector<iam::Outcome> outcomes;
  for (const iam::Context& c : contexts_) outcomes.push_back(access_.engine().outcome(request(caller, c), layers_));
  if (outcomes.front() == outcomes.back()) {
    if (outcomes.front() == iam::Outcome::denied) return {};
    return access_.engine().decide(request(caller, contexts_.front()), layers_);
  }
  // It hangs on whether somebody else's account is in an organization.
  const bool first = outcomes.front() == iam::Outcome::unknown;
  iam::Decision d = access_.engine().decide(request(caller, first ? contexts_.front() : contexts_.back()), layers_);
  d.outcome = iam::Outcome::unknown;
  d.gaps.push_back(in_another_organization(access_.cloud()));
  return d;
}

}  // namespace sallyport::access
