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

RollCall::RollCall(const Access& access, const Thing& thing, std::vector<Arrival> arrivals,
                   const std::vector<ContextEntry>& fixed, const std::vector<char>* voices)
    : access_(access), thing_(thing), fixed_(fixed), voices_(voices) {
  for (Arrival& a : arrivals) ways_.emplace_back().arrival = std::move(a);
  const auto is_fixed = [&](std::string_view key) {
    return std::any_of(fixed_.begin(), fixed_.end(), [&](const ContextEntry& e) { return same_key(e.key, key); });
  };
  if (!is_fixed("aws:PrincipalArn")) own_keys_.emplace_back("aws:PrincipalArn");
  for (const std::string& key : access_.policies().mentioned_keys()) {
    if (of_single_principal(key) && !same_key(key, "aws:PrincipalArn") && !is_fixed(key)) own_keys_.push_back(key);
  }
}

void RollCall::turn_to(const Caller& caller) {
  caller_ = &caller;
  std::string kind = alone(caller) ? std::string() : kind_of(caller);
  const bool other = kind.empty() || kind != last_;
  last_ = std::move(kind);
  for (Way& way : ways_) {
    way.stale = true;
    if (other) way.common.reset();
  }
  own_ = std::make_unique<LayerSet>();
  gather_own(access_.cloud(), access_.org(), access_.policies(), caller, voices_, *own_);
}

void RollCall::prepare(Way& way) {
  if (!way.stale) return;
  way.stale = false;
  Request request{*caller_, thing_, way.arrival};
  request.fixed = &fixed_;
  if (way.common != nullptr) {
    for (iam::Context& c : way.contexts) fill(access_.cloud(), access_.org(), request, own_keys_, c);
    return;
  }
  way.common = std::make_unique<LayerSet>();
  gather(access_.cloud(), access_.org(), access_.policies(), *caller_, thing_, way.arrival, *way.common);
  way.contexts.clear();
  const auto add = [&] {
    way.contexts.push_back(context(access_.cloud(), access_.org(), request, access_.policies().mentioned_keys()));
  };
  add();
  if (!access_.foreign_part(request)) return;
  request.foreign_in_other_organization = true;
  add();
}

iam::Request RollCall::request(const iam::Context& context) const {
  return {.principal = caller_->principal,
          .action = thing_.action,
          .resource = thing_.arn,
          .resource_account = owner(thing_),
          .context = &context};
}

iam::Decision RollCall::decide(std::size_t arrival) {
  Way& way = ways_[arrival];
  prepare(way);
  iam::Layers layers = way.common->view();
  layers.identity = own_->view().identity;
  layers.boundary = own_->view().boundary;
  iam::Decision first = access_.engine().decide(request(way.contexts.front()), layers);
  if (way.contexts.size() == 1) return first;
  iam::Decision second = access_.engine().decide(request(way.contexts.back()), layers);
  if (first.outcome == second.outcome) {
    if (first.needs != second.needs) first.needs = {};
    return first;
  }
  // It hangs on whether somebody else's account is in an organization.
  iam::Decision& shown = first.outcome == iam::Outcome::unknown ? first : second;
  shown.outcome = iam::Outcome::unknown;
  shown.gaps.push_back(in_another_organization(access_.cloud()));
  return shown;
}

}  // namespace sallyport::access
