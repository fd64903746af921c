// What is legal in a document of its use: elements that must and must not be there.
//
// Sources: PrivateLink guide, vpc-endpoints-access (EP-1); Organizations User Guide,
// orgs_manage_policies_scps_syntax (SC-3) and orgs_manage_policies_rcps_syntax (RC-3, RC-4, RC-5);
// IAM User Guide, reference_policies_elements_principal, access_policies_boundaries.
#include <algorithm>
#include <string>

#include "base/wildcard.h"
#include "facts/keys.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

void forbid(Work& work, const StatementView& s, Index at, const char* element) {
  if (at == 0) return;
  work.found("element-not-allowed", at, std::string("`") + element + "` is not allowed in " + with_article(work.use()),
             &s, true);
}

void need_principal(Work& work, const StatementView& s) {
  if (s.names_principals() || s.open) return;
  work.found("element-missing", s.at,
             std::string("the statement has no `Principal`, which ") + with_article(work.use()) + " must have", &s);
}

void need_resource(Work& work, const StatementView& s) {
  if (s.names_resources() || s.open) return;
  work.found("element-missing", s.at,
             std::string("the statement has no `Resource`, which ") + with_article(work.use()) + " must have", &s);
}

void trust(Work& work, const StatementView& s) {
  need_principal(work, s);
  forbid(work, s, s.resource_at, "Resource");
  forbid(work, s, s.not_resource_at, "NotResource");
  if (!s.plain_action()) return;
  for (const Word& action : s.actions) {
    if (!equals_ignoring_case(service_of(action.text), "sts") && !only_stars(action.text)) {
      work.found("trust-action", action.at, "a trust policy names actions of `sts` only, not " + quote(action.text),
                 &s);
    }
  }
}

// Does any action of that word belong to a service that RCPs reach?
bool reached(std::string_view action) {
  if (only_stars(action) || action.find(':') == std::string_view::npos) return true;
  const std::string_view prefix = service_of(action);
  return has_wildcard(prefix) || facts::rcp_supported(prefix) || !facts::is_action_prefix(prefix);
}

void rcp(Work& work, const StatementView& s) {
  need_principal(work, s);
  need_resource(work, s);
  forbid(work, s, s.not_principal_at, "NotPrincipal");
  forbid(work, s, s.not_action_at, "NotAction");
  if (s.allows()) {
    work.found("rcp-effect", s.effect_at, "a resource control policy of one's own holds `Deny` statements only", &s);
  }
  const bool everybody = s.principals.size() == 1 && s.principals.front().kind == PrincipalKind::any;
  if (s.principal_at != 0 && !s.open && !everybody) {
    work.found("rcp-principal", s.principal_at, "the only `Principal` of a resource control policy is `\"*\"`", &s);
  }
  if (!s.plain_action()) return;
  for (const Word& action : s.actions) {
    if (only_stars(action.text)) {
      work.found("rcp-every-action", action.at,
                 "AWS's pages do not agree whether a resource control policy may name the action `*` without a service",
                 &s);
    } else if (!reached(action.text)) {
      work.found("rcp-unreached", action.at,
                 "resource control policies do not reach `" + std::string(service_of(action.text)) +
                     "`: the action is not restricted",
                 &s);
    }
  }
}

void rcp_version(Work& work) {
  const Index at = work.outline().version_at;
  if (at != 0 && work.source()[at].text == "2012-10-17") return;
  work.found("rcp-version", at, "a resource control policy needs `\"Version\": \"2012-10-17\"`");
}

// EV-6: NotPrincipal.
void not_principal(Work& work, const StatementView& s) {
  if (s.not_principal_at == 0 || work.for_identities() || work.use() == PolicyUse::rcp) return;
  if (s.allows()) {
    work.found("not-principal-allow", s.not_principal_at,
               "`Allow` with `NotPrincipal` allows everybody else, anonymous callers included", &s, true);
  } else if (s.denies()) {
    work.found(
        "not-principal-deny", s.not_principal_at,
        "`Deny` with `NotPrincipal` denies every principal that has a permissions boundary, and asks for account, "
        "role and session ARN of each exception; AWS advises `ArnNotEquals` on `aws:PrincipalArn`",
        &s, true);
  }
}

}  // namespace

void check_use(Work& work) {
  if (work.use() == PolicyUse::rcp) rcp_version(work);
  for (const StatementView& s : work.outline().statements) {
    switch (work.use()) {
      case PolicyUse::identity:
      case PolicyUse::scp:
      case PolicyUse::boundary:
      case PolicyUse::session:
        forbid(work, s, s.principal_at, "Principal");
        forbid(work, s, s.not_principal_at, "NotPrincipal");
        need_resource(work, s);
        break;
      case PolicyUse::endpoint:
      case PolicyUse::gateway_endpoint:
        need_principal(work, s);
        need_resource(work, s);
        break;
      case PolicyUse::resource: need_principal(work, s); break;
      case PolicyUse::trust: trust(work, s); break;
      case PolicyUse::rcp: rcp(work, s); break;
    }
    not_principal(work, s);
  }
}

}  // namespace sallyport::iam::lint
