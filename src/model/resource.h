// Resources behind public APIs: their front doors are closed by policy only.
#pragma once

#include "base/value.h"
#include "model/identity.h"
#include "model/ids.h"
#include "model/object.h"
#include "model/platform.h"

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

// A function's own URL: a public door beside its service's API.
struct FunctionUrl {
  Text host;
  Value<bool> open;  // AuthType NONE: whoever the function's policy lets in, without signature
};

struct Function {
  FunctionId id;             // by ARN, without version
  Head head;                 // name = the function's name
  Value<Placement> network;  // LA-1
  Value<RoleId> role;
  Value<PolicyId> policy;  // resource policy, `lambda get-policy`
  List<FunctionUrl> urls;
};

// What a service keeps behind its API and guards by a policy of the thing's own: a
// queue, topic, key, secret, repository, event bus or API. Who may reach it is decided alike
// for all of them; which service answers, `what` tells.
struct Resource {
  ResourceId id;             // by ARN
  Head head;                 // name = as its service calls it: "orders", "alias/app" or a key's id
  Kind what = Kind::none;    // Kind::queue, topic, key, secret, repository, event_bus, api, stream, state_machine
  Value<PolicyId> policy;    // none: it has no policy
  List<Text> aliases;        // keys: "alias/app"
  bool aws_managed = false;  // keys: AWS made it (KeyManager) for one of its services
  // APIs: reached by endpoints only (endpoint type PRIVATE), so that it has no front door.
  Value<bool> endpoints_only = false;
};

// At whose host requests about it arrive: `sqs`, `ecr` ... (facts::Service::name).
// nullptr for kinds that are no Resource.
const char* service_of(Kind what);

}  // namespace sallyport
