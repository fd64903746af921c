#include "access/named.h"

#include <algorithm>

#include "access/thing.h"
#include "base/wildcard.h"

namespace sallyport::access {
namespace {

void sort_unique(std::vector<std::string>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

// An account id, a principal's ARN (perhaps with wildcards), or an organization, or a
// path in one: whatever of these the text is.
void add_named(std::string_view text, Named& named) {
  const bool digits = text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (digits) {
    named.accounts.emplace_back(text);
  } else if (text.starts_with("o-")) {
    named.organizations.emplace_back(text.substr(0, text.find('/')));
  } else if (text.starts_with("arn:")) {
    const std::string account(arn_part(text, 4));
    if (!text.ends_with(":root")) named.principals.push_back(instance_of(text));
    if (account.size() == 12) named.accounts.push_back(account);
  }
}

void add_principal(const PrincipalEntry& entry, std::string_view value, Named& named) {
  switch (entry.kind) {
    case PrincipalKind::any: named.everybody = true; break;
    case PrincipalKind::service: named.services.emplace_back(value); break;
    case PrincipalKind::federated: named.providers.emplace_back(value); break;
    case PrincipalKind::aws:
    case PrincipalKind::canonical: add_named(value, named); break;
  }
}

}  // namespace

std::string instance_of(std::string_view pattern) {
  std::string text(pattern);
  std::replace(text.begin(), text.end(), '*', 'x');
  std::replace(text.begin(), text.end(), '?', 'x');
  return text;
}

Named named_in(const Cloud& cloud, std::span<const PolicyId> policies) {
  Named named;
  for (const PolicyId id : policies) {
    const Policy* policy = cloud->policies.find(id);
    if (policy == nullptr) continue;
    for (const Statement& s : policy->document.statements) {
      if (s.effect == Effect::allow || !s.effect_known) {
        named.everybody = named.everybody || s.not_principal || s.gap;
        for (const PrincipalEntry& p : s.principals) {
          if (!s.not_principal) add_principal(p, cloud.view(p.value), named);
        }
      }
      // Whom a Deny spares.
      if (s.effect == Effect::deny && s.not_principal) {
        for (const PrincipalEntry& p : s.principals) add_principal(p, cloud.view(p.value), named);
      }
      for (const Condition& c : s.conditions) {
        const std::string_view key = cloud.view(c.key);
        const bool of_caller =
            matches_ignoring_case("aws:principal*", key) || equals_ignoring_case("kms:CallerAccount", key);
        if (!of_caller) continue;
        for (const Text value : c.values) add_named(cloud.view(value), named);
      }
    }
  }
  for (auto* list : {&named.accounts, &named.principals, &named.organizations, &named.services, &named.providers}) {
    sort_unique(*list);
  }
  return named;
}

}  // namespace sallyport::access
