#include "access/beyond.h"

#include <algorithm>
#include <array>

#include "access/keys.h"

namespace sallyport::access {
namespace {

// Source: KMS Developer Guide, grants ("Grant operations").
constexpr std::array grantable = {"kms:CreateGrant",
                                  "kms:Decrypt",
                                  "kms:DeriveSharedSecret",
                                  "kms:DescribeKey",
                                  "kms:Encrypt",
                                  "kms:GenerateDataKey",
                                  "kms:GenerateDataKeyPair",
                                  "kms:GenerateDataKeyPairWithoutPlaintext",
                                  "kms:GenerateDataKeyWithoutPlaintext",
                                  "kms:GenerateMac",
                                  "kms:GetPublicKey",
                                  "kms:ReEncryptFrom",
                                  "kms:ReEncryptTo",
                                  "kms:RetireGrant",
                                  "kms:Sign",
                                  "kms:Verify",
                                  "kms:VerifyMac"};

// Denied whatever else allows: by a Deny, or for want of an Allow that nothing replaces.
bool stands(const iam::Decision* decision) {
  return decision != nullptr && std::any_of(decision->by.begin(), decision->by.end(), [](const iam::By& by) {
           return by.effect == Effect::deny || by.layer == iam::Layer::endpoint_policy || by.layer == iam::Layer::scp;
         });
}

}  // namespace

std::vector<std::string> rests_on(const Cloud& cloud, const Caller& caller, const Thing& thing,
                                  const iam::Decision* decision) {
  std::vector<std::string> out;
  if (stands(decision)) return out;
  // ACLs are off by default since April 2023: who is not of the owner's account might be
  // let in by one.
  if (thing.object.kind == Kind::bucket && caller.principal.account != thing.account) {
    out.push_back("the ACLs of `" + std::string(cloud.id(thing.object)) +
                  "` are disabled (BucketOwnerEnforced); they are not read");
  }
  const bool of_grants = thing.prefix == "kms" && thing.arn.find(":key/") != std::string::npos &&
                         std::any_of(grantable.begin(), grantable.end(),
                                     [&](const char* operation) { return same_key(operation, thing.action); });
  if (of_grants) {
    out.push_back("no grant of `" + thing.arn + "` allows it; grants are not read (aws kms list-grants)");
  }
  return out;
}

std::vector<GapId> whether(const Cloud& cloud, const std::vector<std::string>& rests) {
  std::vector<GapId> gaps;
  for (const std::string& what : rests) {
    gaps.push_back(cloud.registry().gaps.add({GapKind::not_modelled, "whether " + what, ""}));
  }
  std::sort(gaps.begin(), gaps.end());
  return gaps;
}

std::string why_missing(const Caller& caller, const Thing& thing, const iam::Decision& decision) {
  const bool lacking = decision.outcome == iam::Outcome::denied && !decision.by.empty() &&
                       decision.by.front().policy == nullptr && decision.by.front().effect == Effect::allow;
  if (!lacking) return {};
  const bool of_resource = std::any_of(decision.by.begin(), decision.by.end(),
                                       [](const iam::By& by) { return by.layer == iam::Layer::resource_policy; });
  if (!iam::in_account(caller.principal.type)) {
    return of_resource ? "only the resource's policy can let " +
                             std::string(caller.principal.type == iam::PrincipalType::anonymous ? "unsigned requests"
                                         : caller.principal.type == iam::PrincipalType::service ? "a service"
                                                                                                : "a web identity")
                       : std::string();
  }
  if (thing.prefix == "kms" && of_resource) {
    return "a key's policy must let the principal, or its account, whose own policies then decide";
  }
  if (thing.prefix == "sts" && of_resource) {
    return "a role's trust policy must let the principal, or its account, whose own policies then decide";
  }
  const bool across = !thing.account.empty() && caller.principal.account != thing.account;
  return across ? "across accounts the principal's policies and the resource's must both allow" : std::string();
}

}  // namespace sallyport::access
