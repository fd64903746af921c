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

}  // namespace sallyport::access
