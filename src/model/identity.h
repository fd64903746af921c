// Identities: roles, users, groups, and the organization above their accounts.
#pragma once

#include <vector>

#include "base/value.h"
#include "model/ids.h"
#include "model/object.h"

namespace sallyport {

struct Tag {
  Text key;
  Text value;
  friend bool operator==(const Tag&, const Tag&) = default;
};

struct Role {
  RoleId id;                 // by ARN
  Head head;                 // name = the role's name
  Text path;                 // "/", "/aws-service-role/..." = service-linked
  Text unique_id;            // "AROA..."
  Value<PolicyId> trust;     // AssumeRolePolicyDocument
  List<PolicyId> policies;   // inline and attached
  Value<PolicyId> boundary;  // none: no boundary
  List<Tag> tags;
};

struct User {
  UserId id;
  Head head;
  Text path;
  Text unique_id;
  List<PolicyId> policies;  // its own, inline and attached; its groups' come on top
  List<GroupId> groups;
  Value<PolicyId> boundary;
  List<Tag> tags;
};

struct Group {
  GroupId id;
  Head head;
  List<PolicyId> policies;
};

struct InstanceProfile {
  InstanceProfileId id;
  Head head;
  Value<RoleId> role;  // none: an empty profile
};

// A root, an organizational unit or an account in the organization's tree.
struct OrgNode {
  OrgNodeId id;
  Head head;
  Value<OrgNodeId> parent;  // none: a root
  List<PolicyId> scps;      // attached here, not inherited
  List<PolicyId> rcps;
};

struct Organization {
  Text id;  // "o-..."; empty: in no organization
  Text management_account;
};

}  // namespace sallyport
