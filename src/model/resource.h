// Resources behind public APIs: their front doors are closed by policy only.
#pragma once

#include "base/value.h"
#include "model/identity.h"
#include "model/ids.h"
#include "model/object.h"

namespace sallyport {

struct BlockPublicAccess {
  bool block_public_acls = false;
  bool ignore_public_acls = false;
  bool block_public_policy = false;
  bool restrict_public_buckets = false;
  friend bool operator==(const BlockPublicAccess&, const BlockPublicAccess&) = default;
};

struct Bucket {
  BucketId id;  // by name
  Head head;    // name = the bucket's name
  Value<Text> region;
  Value<PolicyId> policy;                        // none: NoSuchBucketPolicy
  Value<BlockPublicAccess> block_public_access;  // the bucket's own and the account's, united
};

struct Table {
  TableId id;  // by ARN
  Head head;   // name = the table's name
  Value<PolicyId> policy;
};

// Where a function runs (LA-1): outside any VPC, or in subnets of one.
struct FunctionNetwork {
  VpcId vpc;  // none: the Lambda service's own network
  List<SubnetId> subnets;
  List<SecurityGroupId> groups;
  bool ipv6 = false;  // Ipv6AllowedForDualStack (LA-4)
};

struct Function {
  FunctionId id;  // by ARN, without version
  Head head;      // name = the function's name
  Value<FunctionNetwork> network;
  Value<RoleId> role;
  Value<PolicyId> policy;  // resource policy, `lambda get-policy`
};

}  // namespace sallyport
