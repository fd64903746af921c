// Roles, users and groups with their policies, managed policies, instance profiles.
//
// Their ids are ARNs. Where nothing says to which account the stack belongs, the account
// in them may be any.
#include "read/cloudformation/identities.h"

#include <algorithm>

#include "read/cloudformation/families.h"
#include "read/cloudformation/identity.h"

namespace sallyport::read::cloudformation {
namespace {

void add(List<PolicyId>& policies, const Value<PolicyId>& policy) {
  if (!policy.known()) {
    policies.open = policy.gap();
  } else if (*policy && std::find(policies.begin(), policies.end(), *policy) == policies.end()) {
    policies.items.push_back(*policy);
  }
}

PolicyId managed(const Properties& p, Text arn) { return p.registry().ids.get<PolicyId>(p.place().partition, arn); }

// `ManagedPolicyArns` and `Policies` of a role, user or group.
void read_own_policies(const Properties& p, const std::string& arn, List<PolicyId>& policies) {
  const List<Text> arns = p.texts("ManagedPolicyArns");
  for (const Text t : arns) add(policies, managed(p, t));
  if (arns.open) policies.open = arns.open;
  const List<Properties> blocks = p.blocks("Policies");
  if (blocks.open) policies.open = blocks.open;
  for (const Properties& block : blocks) {
    const Value<Text> name = block.text("PolicyName");
    if (!name.known()) {
      policies.open = name.gap();
      continue;
    }
    add(policies,
        block.policy("PolicyDocument", arn + "/" + p.registry().texts.string(*name), p.registry().view(*name)));
  }
}

template <class IdType, class Row>
bool begin(const Properties& p, Row& row) {
  const Value<Text> arn = own_arn(p.work(), p.resource());
  const Value<Text> name = own_name(p.work(), p.resource());
  if (!arn.known() || !name.known()) {
    p.work().left_out_of_accounts = arn.known() ? name.gap() : arn.gap();
    p.work().say(
        Severity::warning, "unnamed",
        "`" + p.resource().address + "` is left out: " + p.registry().gaps[arn.known() ? name.gap() : arn.gap()].what,
        p.origin());
    return false;
  }
  row.id = p.registry().ids.get<IdType>(p.place().partition, *arn);
  const bool given = !p.registry().texts.has_symbol(*name);
  row.head = p.head(given ? p.registry().view(*name) : std::string_view());
  row.head.region = {};
  if (given) row.head.name = *name;
  row.head.origin = p.resource().node.origin();
  return true;
}

// Tags and boundary, alike for roles and users.
template <class Row>
void read_rest(const Properties& p, Row& row) {
  const Value<Text> path = p.text("Path");
  row.path = path.known() && !path->empty() ? *path : p.registry().text("/");
  const Value<Text> boundary = p.text("PermissionsBoundary");
  row.boundary = boundary.known() ? Value<PolicyId>(boundary->empty() ? PolicyId() : managed(p, *boundary))
                                  : Value<PolicyId>(boundary.gap());
  const List<Properties> tags = p.blocks("Tags");
  row.tags.open = tags.open;
  for (const Properties& tag : tags) {
    const Value<Text> key = tag.text("Key");
    const Value<Text> value = tag.text("Value");
    if (key.known() && value.known()) {
      row.tags.items.push_back({*key, *value});
    } else {
      row.tags.open = key.known() ? value.gap() : key.gap();
    }
  }
}

// The row that goes by a name, in the templates or the base. Null: in neither.
template <class Row>
Row* named(Work& work, const std::map<Text, decltype(Row::id)>& names, std::vector<Row>& all, const Rows<Row>& base,
           Text name, Text account) {
  if (const auto found = names.find(name); found != names.end()) return work.row(all, found->second);
  for (const Row& there : base) {
    const bool same_account = account.empty() || there.head.account.empty() || there.head.account == account;
    if (there.head.name == name && same_account) return &work.put(all, Row(there));
  }
  return nullptr;
}

// The policies of whom the property `property` lists by name: `f` takes each list, and a
// gap if it is not known whom it means.
template <class F>
void each_owner(const Properties& p, F f) {
  Work& work = p.work();
  Objects& put = work.change.put;
  const auto each = [&](const char* property, const auto& names, auto& all, const auto& base) {
    const List<Text> listed = p.texts(property);
    GapId open = listed.open;
    for (const Text name : listed) {
      if (auto* row = named(work, names, all, base, name, p.place().account)) {
        f(*row);
      } else if (is_untold(work.registry.texts, name)) {
        open = p.gap(property);
      }
    }
    if (!open) return;
    for (const auto& there : base) work.row_or_base(all, base, there.id);
    for (auto& row : all) row.policies.open = open;
  };
  each("Roles", work.role_names, put.roles, work.base->roles);
  each("RoleName", work.role_names, put.roles, work.base->roles);
  each("Users", work.user_names, put.users, work.base->users);
  each("UserName", work.user_names, put.users, work.base->users);
  each("Groups", work.group_names, put.groups, work.base->groups);
  each("GroupName", work.group_names, put.groups, work.base->groups);
}

}  // namespace

void read_role(const Properties& p) {
  Work& work = p.work();
  Role row;
  if (!begin<RoleId>(p, row)) return;
  const std::string arn(work.registry.id(row.id));
  read_rest(p, row);
  row.trust = p.policy("AssumeRolePolicyDocument", arn + "/trust", "trust policy");
  read_own_policies(p, arn, row.policies);
  work.role_names[*own_name(work, p.resource())] = row.id;
  work.created.insert(row.id);
  work.put(work.change.put.roles, std::move(row));
}

void read_user(const Properties& p) {
  Work& work = p.work();
  User row;
  if (!begin<UserId>(p, row)) return;
  read_rest(p, row);
  read_own_policies(p, std::string(work.registry.id(row.id)), row.policies);
  const List<Text> groups = p.texts("Groups");
  row.groups.open = groups.open;
  for (const Text name : groups) {
    if (const Group* group =
            named(work, work.group_names, work.change.put.groups, work.base->groups, name, p.place().account)) {
      row.groups.items.push_back(group->id);
    } else {
      row.groups.open = beside(work);
    }
  }
  work.user_names[*own_name(work, p.resource())] = row.id;
  work.put(work.change.put.users, std::move(row));
}

void read_group(const Properties& p) {
  Work& work = p.work();
  Group row;
  if (!begin<GroupId>(p, row)) return;
  read_own_policies(p, std::string(work.registry.id(row.id)), row.policies);
  work.group_names[*own_name(work, p.resource())] = row.id;
  work.put(work.change.put.groups, std::move(row));
}

void read_group_addition(const Properties& p) {
  Work& work = p.work();
  const Value<Text> name = p.text("GroupName");
  const List<Text> users = p.texts("Users");
  GapId gap = p.doubt() ? p.doubt() : name.known() ? GapId() : name.gap();
  const Group* group =
      gap ? nullptr
          : named(work, work.group_names, work.change.put.groups, work.base->groups, *name, p.place().account);
  if (group == nullptr && !gap) gap = beside(work);
  GapId open = users.open;
  for (const Text user : users) {
    User* row = named(work, work.user_names, work.change.put.users, work.base->users, user, p.place().account);
    if (row == nullptr && is_untold(work.registry.texts, user)) open = p.gap("Users");
    if (row == nullptr) continue;
    if (gap) {
      row->groups.open = gap;
    } else {
      row->groups.items.push_back(group->id);
    }
  }
  if (!open) return;
  for (const User& there : work.base->users) work.row_or_base(work.change.put.users, work.base->users, there.id);
  for (User& row : work.change.put.users) row.groups.open = open;
}

void read_managed_policy(const Properties& p) {
  const Value<Text> arn = own_arn(p.work(), p.resource());
  if (!arn.known()) return each_owner(p, [&](auto& row) { row.policies.open = arn.gap(); });
  const PolicyId id = managed(p, *arn);
  if (!p.doubt()) {
    const Value<Text> name = own_name(p.work(), p.resource());
    const bool given = name.known() && !p.registry().texts.has_symbol(*name);
    const Value<PolicyId> put = p.policy("PolicyDocument", p.registry().view(*arn),
                                         given ? p.registry().view(*name) : std::string_view(p.resource().address));
    if (!put.known()) {  // it is there, and what it says is not known
      Policy row;
      row.id = id;
      row.head = p.head();
      row.head.region = {};
      row.document.gap = put.gap();
      row.document.origin = p.origin();
      p.work().put(p.work().change.put.policies, std::move(row));
    }
  }
  each_owner(p, [&](auto& row) {
    if (p.doubt()) {
      row.policies.open = p.doubt();
    } else {
      add(row.policies, id);
    }
  });
}

void read_inline_policy(const Properties& p) {
  const Value<Text> name = p.text("PolicyName");
  const std::string known_as = name.known() && !name->empty() ? p.registry().texts.string(*name) : p.resource().address;
  each_owner(p, [&](auto& row) {
    if (p.doubt()) {
      row.policies.open = p.doubt();
    } else {
      add(row.policies, p.policy("PolicyDocument", std::string(p.registry().id(row.id)) + "/" + known_as, known_as));
    }
  });
}

void read_instance_profile(const Properties& p) {
  Work& work = p.work();
  InstanceProfile row;
  if (!begin<InstanceProfileId>(p, row)) return;
  const List<Text> roles = p.texts("Roles");
  if (roles.open) {
    row.role = roles.open;
  } else if (roles.empty()) {
    row.role = RoleId();
  } else if (const Role* role = named(work, work.role_names, work.change.put.roles, work.base->roles,
                                      roles.items.front(), p.place().account)) {
    row.role = role->id;
  } else {
    row.role = work.registry.gaps.add(
        {GapKind::not_collected,
         "the role `" + show_symbols(work.registry.view(roles.items.front())) + "` is not in the input",
         "aws iam get-account-authorization-details", p.origin()});
  }
  work.profile_names[*own_name(work, p.resource())] = row.id;
  work.put(work.change.put.instance_profiles, std::move(row));
}

Value<InstanceProfileId> profile_named(const Properties& p, const Value<Text>& name) {
  if (!name.known()) return name.gap();
  if (name->empty()) return InstanceProfileId();
  Work& work = p.work();
  if (work.registry.view(*name).starts_with("arn:")) {
    return work.registry.ids.get<InstanceProfileId>(p.place().partition, *name);
  }
  if (const InstanceProfile* row = named(work, work.profile_names, work.change.put.instance_profiles,
                                         work.base->instance_profiles, *name, p.place().account)) {
    return row->id;
  }
  return work.registry.gaps.add(
      {GapKind::not_collected,
       "the instance profile `" + show_symbols(work.registry.view(*name)) + "` is not in the input",
       "aws iam get-account-authorization-details", p.origin()});
}

Value<RoleId> role_or_none(const Properties& p, const char* property) {
  return p.gives(property) ? role_with_arn(p, property) : Value<RoleId>(RoleId());
}

Value<RoleId> role_with_arn(const Properties& p, const char* property) {
  const Value<Text> role = p.text(property);
  if (!role.known()) return role.gap();
  if (role->empty()) return RoleId();
  if (!p.registry().view(*role).starts_with("arn:")) return p.gap(property);
  return p.registry().ids.get<RoleId>(p.place().partition, *role);
}

}  // namespace sallyport::read::cloudformation
