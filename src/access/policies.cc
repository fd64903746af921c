#include "access/policies.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "iam/statement.h"

namespace sallyport::access {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

template <class T>
void sort_unique(std::vector<T>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

// The keys of the variables in a text: `${aws:username}`, `${aws:PrincipalTag/team, 'x'}`.
void variables(std::string_view text, std::vector<std::string>& keys) {
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    const std::size_t end = text.find_first_of(",}", at + 2);
    if (end == std::string_view::npos) return;
    std::string_view key = text.substr(at + 2, end - at - 2);
    while (!key.empty() && key.front() == ' ') key.remove_prefix(1);
    while (!key.empty() && key.back() == ' ') key.remove_suffix(1);
    if (key.find(':') != std::string_view::npos) keys.push_back(lower(key));
  }
}

// Runs of exactly twelve digits: account ids, also inside ARNs.
void account_ids(std::string_view text, std::vector<std::string>& accounts) {
  std::size_t run = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] >= '0' && text[i] <= '9') {
      ++run;
      continue;
    }
    if (run == 12) accounts.emplace_back(text.substr(i - 12, 12));
    run = 0;
  }
}

// A document with one statement: Allow everything, to everybody if `principal`.
PolicyDocument allow_everything(Registry& registry, bool principal) {
  PolicyDocument document;
  document.version = PolicyVersion::v2012_10_17;
  Statement s;
  s.effect = Effect::allow;
  s.has_resource = true;
  s.has_principal = principal;
  if (principal) s.principals.push_back({PrincipalKind::any, {}});
  const Text star = registry.text("*");
  s.actions.push_back(star);
  s.resources.push_back(star);
  document.statements.push_back(std::move(s));
  return document;
}

}  // namespace

Policies::Policies(const Cloud& cloud) {
  using iam::PolicyType;
  const auto all = [&](const List<PolicyId>& list, PolicyType type) {
    for (const PolicyId id : list) compile(cloud, id, type);
  };
  const auto one = [&](const Value<PolicyId>& value, PolicyType type) {
    if (value.known() && *value) compile(cloud, *value, type);
  };
  for (const Role& r : cloud->roles) {
    all(r.policies, PolicyType::identity);
    one(r.boundary, PolicyType::boundary);
    one(r.trust, PolicyType::resource);
  }
  for (const User& u : cloud->users) {
    all(u.policies, PolicyType::identity);
    one(u.boundary, PolicyType::boundary);
  }
  for (const Group& g : cloud->groups) all(g.policies, PolicyType::identity);
  for (const OrgNode& n : cloud->org_nodes) {
    all(n.scps, PolicyType::scp);
    all(n.rcps, PolicyType::rcp);
  }
  for (const Bucket& b : cloud->buckets) one(b.policy, PolicyType::resource);
  for (const Table& t : cloud->tables) one(t.policy, PolicyType::resource);
  for (const Function& f : cloud->functions) one(f.policy, PolicyType::resource);
  for (const Resource& r : cloud->resources) one(r.policy, PolicyType::resource);
  for (const Endpoint& e : cloud->endpoints) one(e.policy, PolicyType::endpoint);

  Registry& registry = cloud.registry();
  default_endpoint_ = std::make_unique<iam::CompiledPolicy>(allow_everything(registry, true), PolicyType::endpoint,
                                                            "the default endpoint policy", registry);
  everything_ = std::make_unique<iam::CompiledPolicy>(allow_everything(registry, false), PolicyType::identity,
                                                      "an identity that may do everything", registry);
  wide_open_ = std::make_unique<iam::CompiledPolicy>(allow_everything(registry, true), PolicyType::resource,
                                                     "a resource that is open to everybody", registry);
  for (const Policy& p : cloud->policies) mention(cloud, p.document);
  sort_unique(keys_);
  sort_unique(accounts_);
}

void Policies::compile(const Cloud& cloud, PolicyId id, iam::PolicyType type) {
  const Policy* policy = cloud->policies.find(id);
  if (policy == nullptr) return;
  auto& of_type = compiled_[static_cast<std::size_t>(type)];
  if (of_type.empty()) of_type.resize(cloud.registry().ids.count(Kind::policy) + 1);
  const iam::CompiledPolicy*& slot = of_type[id.number()];
  if (slot != nullptr) return;
  const std::string_view name = cloud.view(policy->head.name);
  slot = &all_.emplace_back(policy->document, type, show_symbols(name.empty() ? cloud.id(id) : name), cloud.registry());
  if (type == iam::PolicyType::identity) index(cloud, *policy, *slot);
}

void Policies::index(const Cloud& cloud, const Policy& policy, const iam::CompiledPolicy& compiled) {
  const std::uint32_t number = policy.id.number();
  if (policy.document.gap || compiled.gap() || compiled.size() != policy.document.statements.size()) {
    broad_.push_back({number, nullptr});
    return;
  }
  for (std::uint32_t i = 0; i < compiled.size(); ++i) {
    const Statement& s = policy.document.statements[i];
    const Voice voice{number, &compiled.statement(i)};
    const auto add = [&](Voices& voices) {
      if (voices.empty() || voices.back().statement != voice.statement) voices.push_back(voice);
    };
    if (s.gap || s.not_action) add(broad_);
    if (s.not_action) continue;
    for (const Text text : s.actions) {
      const std::string action = lower(cloud.view(text));
      const std::size_t colon = action.find(':');
      const std::string_view prefix = std::string_view(action).substr(0, colon);
      const bool odd = colon == std::string::npos || prefix.find_first_of("*?\xFF") != std::string_view::npos;
      if (odd) {
        add(broad_);
      } else if (action.find_first_of("*?\xFF", colon) != std::string::npos) {
        add(by_action_[action.substr(0, colon + 1)]);
      } else {
        add(by_action_[action]);
      }
    }
  }
}

std::vector<char> Policies::voices(std::string_view action, std::string_view resource, Gaps& gaps) const {
  constexpr char anything = may_allow | may_deny;
  const auto& identity = compiled_[static_cast<std::size_t>(iam::PolicyType::identity)];
  std::vector<char> said(identity.size());
  for (std::size_t i = 0; i < identity.size(); ++i) said[i] = identity[i] == nullptr ? anything : 0;
  const iam::Rules rules(gaps);
  iam::Context any;
  any.set_others_unknown(gaps.add({GapKind::not_collected, "the context of a request that was not made", ""}));
  const std::string name = lower(action);
  iam::Prepared request;
  request.action = iam::split_action(name);
  request.resource = iam::arn_text(resource);
  request.context = &any;
  const auto hear = [&](const Voices& voices) {
    for (const Voice& v : voices) {
      if (v.statement == nullptr) {
        said[v.number] = anything;
        continue;
      }
      const char says = !v.statement->effect_known             ? anything
                        : v.statement->effect == Effect::allow ? may_allow
                                                               : may_deny;
      if ((said[v.number] & says) == says) continue;
      const iam::Named named = applies(*v.statement, request, false, iam::PrincipalReading::ordinary, rules, {});
      if (overall(named) != iam::Match::no) said[v.number] = static_cast<char>(said[v.number] | says);
    }
  };
  hear(broad_);
  for (const std::string& key : {name, name.substr(0, name.find(':') + 1)}) {
    if (const auto it = by_action_.find(key); it != by_action_.end()) hear(it->second);
  }
  return said;
}

void Policies::mention(const Cloud& cloud, const PolicyDocument& document) {
  for (const Statement& s : document.statements) {
    for (const Condition& c : s.conditions) {
      keys_.push_back(lower(cloud.view(c.key)));
      for (const Text value : c.values) {
        variables(cloud.view(value), keys_);
        account_ids(cloud.view(value), accounts_);
      }
    }
    for (const Text resource : s.resources) {
      variables(cloud.view(resource), keys_);
      account_ids(cloud.view(resource), accounts_);
    }
    for (const PrincipalEntry& p : s.principals) account_ids(cloud.view(p.value), accounts_);
  }
}

}  // namespace sallyport::access
