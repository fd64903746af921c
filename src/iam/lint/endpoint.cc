// Rules of endpoint policies beside their elements (EP-5 to EP-8).
//
// Sources: PrivateLink guide, vpc-endpoints-access, "Considerations"; ECR and S3 guides on
// endpoints; IAM User Guide, reference_policies_condition-keys (aws:PrincipalOrgID).
#include <algorithm>
#include <array>

#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

// Global keys that hold ids which the system makes. AWS names the first and the third,
// with "such as"; the others are of the same kind.
constexpr std::array system_ids = {
    std::string_view("aws:PrincipalAccount"), std::string_view("aws:ResourceAccount"),
    std::string_view("aws:SourceVpc"),        std::string_view("aws:SourceVpce"),
    std::string_view("aws:SourceAccount"),    std::string_view("aws:VpceAccount"),
};

bool one_of(std::string_view key, auto& list) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view other) { return equals_ignoring_case(other, key); });
}

bool numeric(Comparison c) { return c >= Comparison::numeric_equals && c <= Comparison::numeric_greater_equals; }

// Has each wildcard at least six characters in a row before or behind it?
bool wide(std::string_view text) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '*' && text[i] != '?') {
      ++before, ++i;
      continue;
    }
    while (i < text.size() && (text[i] == '*' || text[i] == '?')) ++i;
    const std::size_t next = std::min(text.find_first_of("*?", i), text.size());
    if (before < 6 && next - i < 6) return false;
    before = 0;
  }
  return true;
}

void ids(Work& work, const StatementView& s, const Line& line) {
  const bool id = one_of(line.key, system_ids);
  if (id && numeric(line.op.comparison)) {
    work.found("endpoint-id-operator", line.at,
               "an endpoint policy cannot compare " + quote(line.key) + " with a numeric operator", &s, true);
  }
  if (line.op.comparison != Comparison::string_like) return;
  for (const Word& value : line.values) {
    if (!has_wildcard(value.text) || value.text.find("${") != std::string_view::npos) continue;
    if (id) {
      work.found("endpoint-id-operator", value.at, "an endpoint policy cannot hold a wildcard for " + quote(line.key),
                 &s);
    } else if (!wide(value.text)) {
      work.found("endpoint-short-wildcard", value.at,
                 "in an endpoint policy six or more characters stand before or behind each wildcard of a string "
                 "operator, not as in " +
                     quote(value.text),
                 &s);
    }
  }
}

// The account of an ARN: an id or a wildcard, not both.
void account(Work& work, const StatementView& s, const Word& arn) {
  std::string_view rest = arn.text;
  if (!rest.starts_with("arn:") || rest.find("${") != std::string_view::npos) return;
  for (int i = 0; i < 4; ++i) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return;
    rest.remove_prefix(colon + 1);
  }
  const std::string_view part = rest.substr(0, rest.find(':'));
  if (has_wildcard(part) && !only_stars(part) && part.find_first_of("0123456789") != std::string_view::npos) {
    work.found("endpoint-account", arn.at, "the account in an ARN is an id or a wildcard, not both: " + quote(arn.text),
               &s);
  }
}

bool on_principals_organization(const Line& line) {
  return equals_ignoring_case(line.key, "aws:PrincipalOrgID") ||
         equals_ignoring_case(line.key, "aws:PrincipalOrgPaths") ||
         equals_ignoring_case(line.key, "aws:PrincipalAccount");
}

bool allows_action(const StatementView& s, std::string_view action) {
  if (!s.allows() || !s.plain_action()) return false;
  return std::any_of(s.actions.begin(), s.actions.end(),
                     [&](const Word& w) { return matches_ignoring_case(w.text, action); });
}

// EP-7, EP-8: requests whose principal is another one, or none, than one thinks. The
// hint is given where each statement that allows the action asks for the principal's organization.
void other_principals(Work& work, const char* service, const char* action, const char* code, const std::string& why) {
  if (work.service() != service || work.outline().open) return;
  const StatementView* asking = nullptr;
  for (const StatementView& s : work.outline().statements) {
    if (s.open || (s.allows() && !s.plain_action())) return;
    if (!allows_action(s, action)) continue;
    const bool asks = std::any_of(s.conditions.begin(), s.conditions.end(), [](const Line& l) {
      return on_principals_organization(l) && !l.op.negated && !l.op.if_exists;
    });
    if (!asks) return;
    asking = &s;
  }
  if (asking != nullptr) work.found(code, asking->condition_at, why, asking);
}

// EP-6.
void sign_in(Work& work, const StatementView& s) {
  if (work.service() != "signin") return;
  const auto star = [](const auto& words) {
    return std::all_of(words.begin(), words.end(), [](const Word& w) { return only_stars(w.text); });
  };
  const bool actions = std::all_of(s.actions.begin(), s.actions.end(), [](const Word& w) {
    return only_stars(w.text) || equals_ignoring_case(w.text, "signin:*");
  });
  const bool keys = std::all_of(s.conditions.begin(), s.conditions.end(), on_principals_organization);
  if (star(s.resources) && actions && s.everybody() && keys) return;
  work.found("sign-in-endpoint", s.at,
             "the endpoints of Console and Sign-in take `Principal` and `Resource` `*`, `Action` `*` or `signin:*`, "
             "and conditions on "
             "the principal's organization and account only",
             &s);
}

}  // namespace

void check_endpoint(Work& work) {
  if (!work.for_endpoint()) return;
  for (const StatementView& s : work.outline().statements) {
    for (const Line& line : s.conditions) {
      ids(work, s, line);
      if (line.op.comparison != Comparison::arn_like) continue;
      for (const Word& value : line.values) account(work, s, value);
    }
    for (const Word& resource : s.resources) account(work, s, resource);
    sign_in(work, s);
  }
  other_principals(work, "sts", "sts:AssumeRoleWithWebIdentity", "sts-web-identity",
                   "callers of AssumeRoleWithWebIdentity and AssumeRoleWithSAML carry no keys of a principal, so none "
                   "of them passes");
  other_principals(work, "s3", "s3:GetObject", "presigned-url",
                   "a presigned URL is a request of whoever signed it: image layers of ECR, for one, are fetched from "
                   "S3 by a principal "
                   "of AWS's, which this condition does not let through");
}

}  // namespace sallyport::iam::lint
