// AWS Organizations: the tree and the policies attached to it (SC, RC).
#include <algorithm>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

constexpr const char* scp_type = "SERVICE_CONTROL_POLICY";
constexpr const char* rcp_type = "RESOURCE_CONTROL_POLICY";
constexpr const char* full_access =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

void add_node(Answer& answer, Node node) {
  const std::string id(node["Id"].scalar());
  if (id.empty()) return unnamed(answer, node, "Id");
  Head head;
  head.name = answer.text(node["Name"]);
  head.account = answer.account;
  head.origin = node.origin();
  answer.work().organization.nodes[id] = head;
}

// Does the root let policies of the type act at all?
void note_enabled(Answer& answer, Node types) {
  for (const char* type : {scp_type, rcp_type}) {
    OrgPolicyType& t = answer.work().organization.types[type];
    t.enabled_known = t.enabled_known || types.is(json::Kind::array);
    for (const Node entry : types.items()) {
      if (entry["Type"].text() == type && entry["Status"].text() == "ENABLED") t.enabled = true;
    }
  }
}

// The type of policy that a list is about: from the file's name (`.../<TYPE>`,
// `...-scp`), else from its entries.
std::string type_of(Answer& answer) {
  if (answer.subject == scp_type || answer.subject == rcp_type) return answer.subject;
  if (answer.operation.ends_with("-scp")) return scp_type;
  if (answer.operation.ends_with("-rcp")) return rcp_type;
  return std::string(answer.root()["Policies"].at(0)["Type"].text());
}

class Tree {
 public:
  explicit Tree(Work& work) : work_(work), parts_(work.organization), registry_(*work.registry) {}

  void build() {
    if (parts_.nodes.empty()) return;
    for (const auto& [id, head] : parts_.nodes) {
      OrgNode row;
      row.id = registry_.ids.get<OrgNodeId>(partition_, registry_.text(id));
      row.head = head;
      row.parent = parent(id, head);
      row.scps = attached(scp_type, id);
      row.rcps = attached(rcp_type, id);
      work_.change.put.org_nodes.push_back(std::move(row));
    }
  }

 private:
  Value<OrgNodeId> parent(const std::string& id, const Head& head) {
    if (parts_.roots.contains(id)) return OrgNodeId();
    const auto found = parts_.parents.find(id);
    if (found != parts_.parents.end()) return registry_.ids.get<OrgNodeId>(partition_, registry_.text(found->second));
    return registry_.gaps.add({GapKind::not_collected,
                               "the parent of `" + id + "` in the organization was not collected",
                               "aws organizations list-parents --child-id " + id, head.origin});
  }

  // The policies of a type that are attached to the node itself.
  List<PolicyId> attached(const char* type, const std::string& node) {
    List<PolicyId> list;
    const OrgPolicyType& t = parts_.types[type];
    if (t.enabled_known && !t.enabled) {
      // The type is off: as if full access were attached everywhere (SC-1).
      if (type == std::string_view(scp_type)) list.items.push_back(full());
      return list;
    }
    if (!t.listed || t.gap) {
      list.open =
          t.gap
              ? t.gap
              : registry_.gaps.add({GapKind::not_collected,
                                    std::string("the organization's policies of type ") + type + " were not collected",
                                    std::string("aws organizations list-policies --filter ") + type});
    }
    for (const std::string& policy : t.ids) {
      const auto targets = parts_.targets.find(policy);
      if (targets != parts_.targets.end()) {
        if (targets->second.contains(node)) list.items.push_back(id_of(policy));
        continue;
      }
      const auto lost = parts_.lost_targets.find(policy);
      list.open = lost != parts_.lost_targets.end()
                      ? lost->second
                      : registry_.gaps.add({GapKind::not_collected,
                                            "where the policy `" + policy + "` is attached was not collected",
                                            "aws organizations list-targets-for-policy --policy-id " + policy});
    }
    return list;
  }

  PolicyId id_of(const std::string& policy) { return registry_.ids.get<PolicyId>(partition_, registry_.text(policy)); }

  PolicyId full() { return put_policy_text(work_, partition_, "p-FullAWSAccess", "FullAWSAccess", full_access); }

  Work& work_;
  OrganizationParts& parts_;
  Registry& registry_;
  Text partition_ = work_.registry->text("aws");
  PolicyId full_;
};

}  // namespace

void read_organization(Answer& answer) {
  const Node node = answer.root()["Organization"];
  Organization organization;
  organization.id = answer.text(node["Id"]);
  organization.management_account = answer.account_id(node["MasterAccountId"]);
  Change& change = answer.work().change;
  const bool stands = change.sets_organization && change.organization.known() && !change.organization->id.empty();
  if (stands && change.organization->id != organization.id) {
    change.organization = answer.gap(GapKind::contradictory, "the accounts of the input are in several organizations",
                                     "ask about one organization at a time");
    return;
  }
  change.sets_organization = true;
  if (organization.id.empty() || organization.management_account.empty()) {
    change.organization = answer.lacking("the organization", "Id", node["Id"]);
  } else {
    change.organization = organization;
  }
  // Without all features no policy of the organization acts.
  if (node["FeatureSet"].text() == "CONSOLIDATED_BILLING") {
    for (const char* type : {scp_type, rcp_type}) answer.work().organization.types[type].enabled_known = true;
  }
}

void no_organization(Answer& answer, bool there_is_none, GapId gap) {
  // Several accounts may answer: one that is in an organization tells more.
  if (answer.work().change.sets_organization) return;
  answer.work().change.sets_organization = true;
  answer.work().change.organization = there_is_none ? Value<Organization>(Organization()) : Value<Organization>(gap);
}

void read_roots(Answer& answer) {
  for (const Node root : answer.root()["Roots"].items()) {
    add_node(answer, root);
    answer.work().organization.roots.insert(std::string(root["Id"].text()));
    note_enabled(answer, root["PolicyTypes"]);
  }
}

// `list-organizational-units-for-parent/<parent>`
void read_units(Answer& answer) {
  for (const Node unit : answer.root()["OrganizationalUnits"].items()) {
    add_node(answer, unit);
    if (!answer.subject.empty()) {
      answer.work().organization.parents.try_emplace(std::string(unit["Id"].text()), answer.subject);
    }
  }
}

// `list-accounts`, and `list-accounts-for-parent/<parent>`
void read_accounts(Answer& answer) {
  for (const Node account : answer.root()["Accounts"].items()) {
    add_node(answer, account);
    if (answer.operation == "organizations-list-accounts-for-parent" && !answer.subject.empty()) {
      answer.work().organization.parents.try_emplace(std::string(account["Id"].scalar()), answer.subject);
    }
  }
}

// `list-parents/<child>`
void read_parents(Answer& answer) {
  const Node parents = answer.root()["Parents"];
  const std::string_view parent = parents.at(0)["Id"].text();
  if (answer.subject.empty() || parent.empty()) {
    return answer.say(Severity::warning, "no-subject",
                      "the file's name must be the child's id, and it must have a parent");
  }
  answer.work().organization.parents[answer.subject] = parent;
}

void read_org_policies(Answer& answer) {
  const std::string type = type_of(answer);
  if (type.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the type of the policies");
  }
  OrgPolicyType& t = answer.work().organization.types[type];
  t.listed = true;
  GapId open;
  for (const Node policy : answer.list(answer.root(), "Policies", type, open).items()) {
    t.ids.insert(std::string(policy["Id"].text()));
  }
  if (!answer.root()["NextToken"].absent()) {
    open = answer.gap(GapKind::not_collected, "not all policies of type " + type + " were collected",
                      "aws organizations list-policies --filter " + type);
  }
  if (open) t.gap = open;
}

void no_org_policies(Answer& answer, bool there_is_none, GapId gap) {
  const std::string type = type_of(answer);
  if (type.empty()) return;
  OrgPolicyType& t = answer.work().organization.types[type];
  t.listed = true;
  if (!there_is_none) t.gap = gap;
}

void read_org_policy(Answer& answer) {
  const Node policy = answer.root()["Policy"];
  std::string_view id = policy["PolicySummary"]["Id"].text();
  if (id.empty()) id = answer.subject;
  put_policy(answer, id, policy["PolicySummary"]["Name"].text(), policy["Content"]);
}

void read_policy_targets(Answer& answer) {
  if (answer.subject.empty()) {
    return answer.say(Severity::warning, "no-subject", "the file's name must be the policy's id");
  }
  OrganizationParts& parts = answer.work().organization;
  GapId open;
  std::set<std::string> targets;
  for (const Node target : answer.list(answer.root(), "Targets", answer.subject, open).items()) {
    targets.insert(std::string(target["TargetId"].scalar()));
  }
  if (!answer.root()["NextToken"].absent()) {
    open = answer.gap(GapKind::not_collected, "not all targets of the policy `" + answer.subject + "` were collected",
                      "aws organizations list-targets-for-policy --policy-id " + answer.subject);
  }
  if (open) {
    parts.lost_targets[answer.subject] = open;
  } else {
    parts.targets[answer.subject].merge(targets);
  }
}

void no_policy_targets(Answer& answer, bool there_is_none, GapId gap) {
  if (answer.subject.empty()) return;
  OrganizationParts& parts = answer.work().organization;
  if (there_is_none) {
    parts.targets[answer.subject];
  } else {
    parts.lost_targets[answer.subject] = gap;
  }
}

void finish_organization(Work& work) { Tree(work).build(); }

}  // namespace sallyport::read::snapshot
