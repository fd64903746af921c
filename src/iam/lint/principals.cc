// Who is named in `Principal` and `NotPrincipal`.
//
// Sources: IAM User Guide, reference_policies_elements_principal (MA-5);
// PrivateLink guide, vpc-endpoints-access, "Principals for gateway endpoints" (EP-2).
#include <algorithm>
#include <string>

#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

bool digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }
bool is_account(std::string_view text) { return text.size() == 12 && digits(text); }

// `AROAEXAMPLE...`: what the ARN of a deleted user or role turns into.
bool is_unique_id(std::string_view text) {
  return text.size() >= 16 && (text.starts_with("AROA") || text.starts_with("AIDA")) &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
}

// The six parts of an ARN; empty where there are fewer.
std::vector<std::string_view> arn_parts(std::string_view arn) {
  std::vector<std::string_view> parts;
  for (int i = 0; i < 5; ++i) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    parts.push_back(arn.substr(0, colon));
    arn.remove_prefix(colon + 1);
  }
  parts.push_back(arn);
  return parts;
}

bool is_root(std::string_view arn) {
  const auto parts = arn_parts(arn);
  return !parts.empty() && parts[5] == "root";
}

bool principal_arn(std::string_view arn) {
  const auto parts = arn_parts(arn);
  if (parts.empty() || parts[0] != "arn" || (parts[2] != "iam" && parts[2] != "sts") || !parts[3].empty()) return false;
  const auto begins = [&](std::string_view kind) { return parts[5].starts_with(kind); };
  return parts[5] == "root" || begins("user/") || begins("role/") || begins("assumed-role/") ||
         begins("federated-user/");
}

void shape(Work& work, const StatementView& s, const PrincipalWord& p) {
  if (p.kind == PrincipalKind::service) {
    if (has_wildcard(p.text) || p.text.find('.') == std::string_view::npos) {
      work.found("malformed-principal", p.at,
                 "a service principal is a name such as `lambda.amazonaws.com`, not " + quote(p.text), &s);
    }
    return;
  }
  if (p.kind != PrincipalKind::aws || p.text.find("${") != std::string_view::npos) return;
  if (is_unique_id(p.text)) {
    work.found(
        "deleted-principal", p.at,
        quote(p.text) + " is the unique id of a user or role that was deleted: whoever has its name now is not meant",
        &s);
  } else if (has_wildcard(p.text)) {
    work.found("wildcard-principal", p.at,
               "a wildcard cannot stand in a part of a principal: " + quote(p.text) +
                   "; use `\"*\"` with a condition on `aws:PrincipalArn`",
               &s);
  } else if (!is_account(p.text) && !principal_arn(p.text)) {
    work.found("malformed-principal", p.at,
               "expected `*`, an account of 12 digits or the ARN of a user, role or session, not " + quote(p.text), &s);
  }
}

// EP-2.
void gateway(Work& work, const StatementView& s, const PrincipalWord& p) {
  if (p.kind != PrincipalKind::aws || has_wildcard(p.text)) return;
  if (is_account(p.text) || is_root(p.text)) {
    work.found("gateway-root", p.at,
               "in a gateway endpoint's policy " + quote(p.text) +
                   " means the account's root user only, not its users and roles; "
                   "use `\"*\"` with a condition on `aws:PrincipalArn` or `aws:PrincipalAccount`",
               &s);
  } else if (principal_arn(p.text)) {
    work.found("gateway-principal", p.at,
               "in a gateway endpoint's policy AWS asks for `\"*\"` with a condition on `aws:PrincipalArn`; " +
                   quote(p.text) + " turns into a unique id when saved, and whether that matches AWS does not say",
               &s);
  }
}

// A statement that denies may narrow it, as AWS's samples for private APIs do.
void everybody(Work& work, const StatementView& s) {
  const auto& all = work.outline().statements;
  if (std::any_of(all.begin(), all.end(), [](const StatementView& other) { return !other.allows(); })) return;
  if (!s.allows() || s.open || !s.everybody() || !s.conditions.empty()) return;
  if (work.use() == PolicyUse::resource) {
    work.found("public-allow", s.principal_at,
               "everybody is allowed, anonymous callers and all other accounts included, and no condition narrows it",
               &s);
  } else if (work.use() == PolicyUse::trust) {
    work.found("public-allow", s.principal_at,
               "every principal of every account may assume the role, and no condition narrows it", &s);
  } else if (work.for_endpoint() && s.plain_action() && s.plain_resource() &&
             std::any_of(s.actions.begin(), s.actions.end(), [](const Word& w) { return only_stars(w.text); }) &&
             std::any_of(s.resources.begin(), s.resources.end(), [](const Word& w) { return only_stars(w.text); })) {
    work.found("open-endpoint", s.principal_at,
               "every action of everybody on everything passes, as with the default policy", &s);
  }
}

}  // namespace

void check_principals(Work& work) {
  if (work.for_identities()) return;
  for (const StatementView& s : work.outline().statements) {
    for (const PrincipalWord& p : s.principals) {
      shape(work, s, p);
      if (work.use() == PolicyUse::gateway_endpoint && s.principal_at != 0) gateway(work, s, p);
    }
    everybody(work, s);
  }
}

}  // namespace sallyport::iam::lint
