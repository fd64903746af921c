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

// What a service keeps behind its API and guards by a policy of the thing's own: a
// queue, topic, key, secret, repository or event bus. Who may reach it is decided alike
// for all of them; which service answers, `what` tells.
struct Resource {
  ResourceId id;             // by ARN
  Head head;                 // name = as its service calls it: "orders", "alias/app" or a key's id
  Kind what = Kind::none;    // Kind::queue, topic, key, secret, repository, event_bus
  Value<PolicyId> policy;    // none: it has no policy
  List<Text> aliases;        // keys: "alias/app"
  bool aws_managed = false;  // keys: AWS made it (KeyManager) for one of its services
};

// At whose host requests about it arrive: `sqs`, `ecr` ... (facts::Service::name).
// nullptr for kinds that are no Resource.
const char* service_of(Kind what);

}  // namespace sallyport
