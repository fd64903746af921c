// The table of codes: every check, its level, one line, and the page that says so.
#include <algorithm>
#include <array>

#include "base/result.h"
#include "iam/lint/lint.h"

namespace sallyport::iam::lint {
namespace {

// Pages.
constexpr const char* page_action =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html";
constexpr const char* page_cond =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html";
constexpr const char* page_ecr = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html";
constexpr const char* page_endpoint = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";
constexpr const char* page_eval =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html";
constexpr const char* page_grammar = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";
constexpr const char* page_keys =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";
constexpr const char* page_kms = "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html";
constexpr const char* page_logic =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
    "reference_policies_condition-logic-multiple-context-keys-or-values.html";
constexpr const char* page_multi =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
    "reference_policies_condition-single-vs-multi-valued-context-keys.html";
constexpr const char* page_notprincipal =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html";
constexpr const char* page_ops =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
constexpr const char* page_orglimits =
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html";
constexpr const char* page_perimeter =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html";
constexpr const char* page_principal =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html";
constexpr const char* page_quotas = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
constexpr const char* page_rcp =
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html";
constexpr const char* page_rcps =
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html";
constexpr const char* page_resource =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html";
constexpr const char* page_s3del = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html";
constexpr const char* page_s3ep =
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html";
constexpr const char* page_sar =
    "https://docs.aws.amazon.com/service-authorization/latest/reference/"
    "reference_policies_actions-resources-contextkeys.html";
constexpr const char* page_sid =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html";
constexpr const char* page_signin =
    "https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/console-private-access.html";
constexpr const char* page_trust = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-custom.html";
constexpr const char* page_vars = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html";
constexpr const char* page_version =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html";

// By id.
constexpr std::array table = {
    Code{"adds-nothing", Level::low, "a statement that another one says already", page_eval},
    Code{"all-values-allow", Level::medium, "`ForAllValues` in an `Allow` that holds where the key is missing",
         page_multi},
    Code{"allows-nothing", Level::high, "no request is allowed at all", page_eval},
    Code{"always-denied", Level::medium, "an `Allow` that another statement denies", page_eval},
    Code{"blanks-count", Level::info, "more characters than the document may have, unless blanks are left out",
         page_orglimits},
    Code{"broken-variable", Level::medium, "a variable without name or end", page_vars},
    Code{"deleted-principal", Level::medium, "the unique id of a deleted user or role", page_principal},
    Code{"duplicate-condition-key", Level::high, "an operator or key that stands twice, in two spellings", page_cond},
    Code{"duplicate-key", Level::high, "a name that stands twice in one object", page_grammar},
    Code{"duplicate-sid", Level::medium, "a statement id that stands twice", page_sid},
    Code{"element-missing", Level::high, "an element that such a policy must have", page_grammar},
    Code{"element-not-allowed", Level::high, "an element that is not legal in such a policy", page_grammar},
    Code{"empty-list", Level::medium, "a list or object without anything in it", page_grammar},
    Code{"endpoint-account", Level::medium, "an ARN whose account is id and wildcard at once, in an endpoint policy",
         page_endpoint},
    Code{"endpoint-id-operator", Level::medium, "a wildcard or numeric operator on a system id in an endpoint policy",
         page_endpoint},
    Code{"endpoint-short-wildcard", Level::medium, "a wildcard beside fewer than six characters in an endpoint policy",
         page_endpoint},
    Code{"exclusive-elements", Level::high, "an element and its `Not` form in one statement", page_grammar},
    Code{"gateway-principal", Level::medium, "an ARN as principal of a gateway endpoint's policy", page_endpoint},
    Code{"gateway-root", Level::high, "an account as principal of a gateway endpoint's policy", page_endpoint},
    Code{"key-not-by-service", Level::medium, "a network key that requests to the service never carry", page_keys},
    Code{"key-not-sent", Level::medium, "a condition key that none of the actions sends", page_sar},
    Code{"key-sent-by-some", Level::info, "a condition key that an action of the statement does not send", page_sar},
    Code{"key-unmanageable", Level::high, "a key whose policy nobody may change", page_kms},
    Code{"literal-wildcard", Level::medium, "a wildcard under an operator that knows none", page_ops},
    Code{"lock-out", Level::high, "nobody can change the policy any more", page_s3del},
    Code{"malformed-action", Level::high, "an action that is not `service:Name`", page_action},
    Code{"malformed-key", Level::high, "a condition key that is not `service:Name`", page_cond},
    Code{"malformed-principal", Level::high, "a principal that is none", page_principal},
    Code{"malformed-resource", Level::high, "a resource that is no ARN", page_resource},
    Code{"missing-element", Level::high, "no `Statement`, `Effect` or `Action`", page_grammar},
    Code{"missing-version", Level::info, "no `Version`: the language of 2008-10-17", page_version},
    Code{"multi-without-quantifier", Level::low, "a key of several values without `ForAllValues` or `ForAnyValue`",
         page_multi},
    Code{"needs-star", Level::info, "an action without resource type, and no `*`", page_sar},
    Code{"negated-allow", Level::low, "a negated operator in an `Allow` that holds where the key is missing", page_ops},
    Code{"negated-star", Level::medium, "a negated operator with `*`", page_ops},
    Code{"network-id-wildcard", Level::medium, "a wildcard for an endpoint or a VPC", page_keys},
    Code{"never-applies", Level::medium, "conditions that contradict each other", page_logic},
    Code{"no-resource-for-action", Level::medium, "an action that works on none of the resources", page_sar},
    Code{"no-service-exception", Level::low, "a `Deny` by endpoint or VPC that also denies AWS services",
         page_perimeter},
    Code{"not-managed", Level::info, "too large for a managed policy", page_quotas},
    Code{"not-principal-allow", Level::high, "`Allow` with `NotPrincipal`", page_notprincipal},
    Code{"not-principal-deny", Level::info, "`Deny` with `NotPrincipal`", page_notprincipal},
    Code{"odd-character", Level::medium, "a character that IAM does not take", page_quotas},
    Code{"old-version", Level::info, "`Version` 2008-10-17", page_version},
    Code{"old-version-variable", Level::high, "a variable in a document whose version knows none", page_version},
    Code{"open-endpoint", Level::info, "an endpoint policy through which everything passes", page_endpoint},
    Code{"operator-type", Level::medium, "an operator that cannot compare what the key holds", page_ops},
    Code{"pattern-without-action", Level::low, "a pattern that matches no action in AWS's reference", page_sar},
    Code{"presigned-url", Level::info, "an S3 endpoint that presigned URLs of others do not pass", page_ecr},
    Code{"private-source-ip", Level::high, "a private range for `aws:SourceIp`", page_keys},
    Code{"public-allow", Level::high, "everybody is allowed, without a condition", page_principal},
    Code{"rcp-effect", Level::high, "`Allow` in a resource control policy", page_rcp},
    Code{"rcp-every-action", Level::info, "the action `*` in a resource control policy", page_rcp},
    Code{"rcp-principal", Level::high, "a principal other than `*` in a resource control policy", page_rcp},
    Code{"rcp-unreached", Level::medium, "an action of a service that resource control policies do not reach",
         page_rcps},
    Code{"rcp-version", Level::high, "a resource control policy without version 2012-10-17", page_rcp},
    Code{"repeated-value", Level::info, "a value that stands twice in one list", page_grammar},
    Code{"sid-characters", Level::low, "a statement id with other characters than letters and digits", page_sid},
    Code{"sign-in-endpoint", Level::medium, "what the endpoints of Console and Sign-in do not take", page_signin},
    Code{"single-with-all", Level::low, "`ForAllValues` with a key of one value", page_multi},
    Code{"single-with-any", Level::info, "`ForAnyValue` with a key of one value", page_multi},
    Code{"source-ip-deny", Level::low, "a `Deny` by `aws:SourceIp` that denies all endpoints, too", page_s3ep},
    Code{"source-ip-endpoint", Level::high, "`aws:SourceIp` in an endpoint policy", page_s3ep},
    Code{"sts-web-identity", Level::low, "an STS endpoint that no web identity passes", page_keys},
    Code{"too-large", Level::medium, "more characters than the document may have", page_quotas},
    Code{"trust-action", Level::high, "an action of another service than STS in a trust policy", page_trust},
    Code{"trust-quota", Level::info, "a trust policy beyond the default quota", page_quotas},
    Code{"unknown-action", Level::low, "an action that is not in AWS's reference", page_sar},
    Code{"unknown-element", Level::high, "an element that the policy language does not have", page_grammar},
    Code{"unknown-key", Level::medium, "a condition key that is not in AWS's reference", page_keys},
    Code{"unknown-operator", Level::high, "a condition operator that does not exist", page_ops},
    Code{"unknown-service", Level::low, "a service that is not in AWS's reference", page_sar},
    Code{"unknown-version", Level::high, "a `Version` that does not exist", page_version},
    Code{"value-type", Level::medium, "a value that the operator cannot compare", page_ops},
    Code{"variable-place", Level::low, "a variable before the fifth colon of an ARN", page_vars},
    Code{"wildcard-principal", Level::high, "a wildcard inside a principal", page_principal},
    Code{"wildcard-service", Level::low, "a wildcard in the name of a service", page_action},
    Code{"wrong-case", Level::high, "an element or effect written in another case", page_grammar},
    Code{"wrong-type", Level::high, "a value of a type that cannot stand there", page_grammar},
};

}  // namespace

std::span<const Code> codes() { return table; }

const Code& code(std::string_view id) {
  const auto found = std::lower_bound(table.begin(), table.end(), id,
                                      [](const Code& row, std::string_view wanted) { return row.id < wanted; });
  SP_ASSERT(found != table.end() && found->id == id);
  return *found;
}

}  // namespace sallyport::iam::lint
