// Roles, users, groups, managed policies and instance profiles: one answer,
// `iam get-account-authorization-details`.
#include <map>

#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// The row's id, name and account, all from its ARN.
template <class Row>
bool name_row(Answer& answer, Node node, const char* name_member, Row& row) {
  const std::string_view arn = node["Arn"].text();
  const Arn parts = split_arn(arn);
  if (parts.service != "iam") {
    unnamed(answer, node, "Arn");
    return false;
  }
  row.id = answer.id_in<decltype(row.id)>(answer.text(parts.partition), arn);
  row.head.name = answer.text(node[name_member]);
  row.head.account = answer.text(parts.account);
  row.head.origin = node.origin();
  return true;
}

PolicyId managed(Answer& answer, std::string_view arn) {
  return answer.id_in<PolicyId>(answer.text(split_arn(arn).partition), arn);
}

// Of a policy that is part of its owner: see model/change.h.
std::string inline_id(const std::string& owner, const std::string& name) { return owner + "/" + name; }

void read_policies(Answer& answer, Node node, const char* inline_member, List<PolicyId>& policies) {
  const std::string owner(node["Arn"].text());
  for (const Node entry : answer.optional_list(node, inline_member, owner, policies.open).items()) {
    const std::string name(entry["PolicyName"].text());
    if (const PolicyId id = put_policy(answer, inline_id(owner, name), name, entry["PolicyDocument"])) {
      policies.items.push_back(id);
    } else {
      policies.open = answer.lacking(owner, "PolicyDocument", entry["PolicyDocument"]);
    }
  }
  for (const Node entry : answer.list(node, "AttachedManagedPolicies", owner, policies.open).items()) {
    const std::string_view arn = entry["PolicyArn"].text();
    if (split_arn(arn).service == "iam") {
      policies.items.push_back(managed(answer, arn));
    } else {
      policies.open = answer.lacking(owner, "PolicyArn", entry["PolicyArn"]);
    }
  }
}

// AWS leaves the member out where there is no boundary.
Value<PolicyId> read_boundary(Answer& answer, Node node) {
  const Node boundary = node["PermissionsBoundary"];
  if (boundary.absent()) return PolicyId();
  const std::string_view arn = boundary["PermissionsBoundaryArn"].text();
  if (split_arn(arn).service == "iam") return managed(answer, arn);
  return answer.lacking(node["Arn"].text(), "PermissionsBoundary", boundary);
}

List<Tag> read_tags(Answer& answer, Node node) {
  List<Tag> tags;
  for (const Node tag : answer.optional_list(node, "Tags", node["Arn"].text(), tags.open).items()) {
    tags.items.push_back({answer.text(tag["Key"]), answer.text(tag["Value"])});
  }
  return tags;
}

void read_profiles(Answer& answer, Node role) {
  for (const Node node : role["InstanceProfileList"].items()) {
    InstanceProfile row;
    if (!name_row(answer, node, "InstanceProfileName", row)) continue;
    const Node roles = node["Roles"];
    const std::string_view arn = roles.size() > 0 ? roles.at(0)["Arn"].text() : role["Arn"].text();
    if (split_arn(arn).service == "iam") {
      row.role = answer.id_in<RoleId>(answer.text(split_arn(arn).partition), arn);
    } else {
      row.role = answer.lacking(node["Arn"].text(), "Roles", roles);
    }
    answer.put(answer.rows().instance_profiles, row, node);
  }
}

void read_role(Answer& answer, Node node) {
  Role row;
  if (!name_row(answer, node, "RoleName", row)) return;
  const std::string arn(node["Arn"].text());
  row.path = answer.text(node["Path"]);
  row.unique_id = answer.text(node["RoleId"]);
  const PolicyId trust = put_policy(answer, arn + "/trust", "trust policy", node["AssumeRolePolicyDocument"]);
  row.trust = trust
                  ? Value<PolicyId>(trust)
                  : Value<PolicyId>(answer.lacking(arn, "AssumeRolePolicyDocument", node["AssumeRolePolicyDocument"]));
  read_policies(answer, node, "RolePolicyList", row.policies);
  row.boundary = read_boundary(answer, node);
  row.tags = read_tags(answer, node);
  read_profiles(answer, node);
  answer.put(answer.rows().roles, std::move(row), node);
}

// Groups of the answer by name: users name them so.
using GroupNames = std::map<Text, GroupId>;

void read_user(Answer& answer, Node node, const GroupNames& groups) {
  User row;
  if (!name_row(answer, node, "UserName", row)) return;
  const Arn arn = split_arn(node["Arn"].text());
  row.path = answer.text(node["Path"]);
  row.unique_id = answer.text(node["UserId"]);
  read_policies(answer, node, "UserPolicyList", row.policies);
  for (const Node name : answer.optional_list(node, "GroupList", node["Arn"].text(), row.groups.open).items()) {
    if (const auto found = groups.find(answer.text(name)); found != groups.end()) {
      row.groups.items.push_back(found->second);
    } else {
      const std::string group = "arn:" + std::string(arn.partition) + ":iam::" + std::string(arn.account) + ":group/" +
                                std::string(name.text());
      row.groups.items.push_back(answer.id_in<GroupId>(answer.text(arn.partition), group));
    }
  }
  row.boundary = read_boundary(answer, node);
  row.tags = read_tags(answer, node);
  answer.put(answer.rows().users, std::move(row), node);
}

void read_group(Answer& answer, Node node) {
  Group row;
  if (!name_row(answer, node, "GroupName", row)) return;
  read_policies(answer, node, "GroupPolicyList", row.policies);
  answer.put(answer.rows().groups, std::move(row), node);
}

// A managed policy: its default version is the one that counts.
void read_managed(Answer& answer, Node node) {
  const std::string_view arn = node["Arn"].text();
  if (split_arn(arn).service != "iam") return unnamed(answer, node, "Arn");
  const std::string_view version = node["DefaultVersionId"].text();
  for (const Node v : node["PolicyVersionList"].items()) {
    const bool is_default = v["IsDefaultVersion"].boolean().value_or(false);
    if (is_default || (!version.empty() && v["VersionId"].text() == version)) {
      put_policy(answer, arn, node["PolicyName"].text(), v["Document"]);
      return;
    }
  }
  answer.say(Severity::warning, "no-default-version",
             "the default version of the policy `" + std::string(arn) + "` is not in the answer", node);
}

}  // namespace

void read_authorization_details(Answer& answer) {
  const Node root = answer.root();
  for (const Node node : root["Policies"].items()) read_managed(answer, node);
  GroupNames groups;
  for (const Node node : root["GroupDetailList"].items()) {
    read_group(answer, node);
    const Text partition = answer.text(split_arn(node["Arn"].text()).partition);
    groups[answer.text(node["GroupName"])] = answer.id_in<GroupId>(partition, node["Arn"].text());
  }
  for (const Node node : root["UserDetailList"].items()) read_user(answer, node, groups);
  for (const Node node : root["RoleDetailList"].items()) read_role(answer, node);
  // `--filter` leaves lists out: what is not there was not collected.
  const GapId page =
      root["IsTruncated"].boolean().value_or(false) && root["Marker"]
          ? answer.gap(GapKind::not_collected, "not all pages of the account authorization details were collected",
                       "aws iam get-account-authorization-details")
          : GapId();
  const auto covered = [&](const char* member, Kind kind) {
    if (root[member].is(json::Kind::array) && !answer.recorded)
      cover(answer.work(), kind, answer.account, Text(), page);
  };
  covered("RoleDetailList", Kind::role);
  covered("RoleDetailList", Kind::instance_profile);
  covered("UserDetailList", Kind::user);
  covered("GroupDetailList", Kind::group);
  covered("Policies", Kind::policy);
}

}  // namespace sallyport::read::snapshot
