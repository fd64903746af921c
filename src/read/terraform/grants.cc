// Policies that resources of their own give to roles, users and groups, and who is in which
// group.
#include "read/terraform/grants.h"

#include "read/terraform/families.h"
#include "read/terraform/owners.h"

namespace sallyport::read::terraform {
namespace {

// The owners that `attribute` (a name, in old configurations an ARN) may mean. `f` takes each,
// and a gap where it is not known which.
template <class Row, class F>
void each_owner(const Block& b, const char* attribute, Kind kind, std::vector<Row>& all, const Rows<Row>& base, F f) {
  const Value<Text> name = b.named(attribute, kind);
  if (!name.known()) {
    take_base(b, attribute, Value<decltype(Row::id)>(name.gap()), all, base);
    for (Row& row : all) f(row, name.gap());
    return;
  }
  // Where the plan does not say to which account it is applied, several may go by the name.
  const auto is_it = [&](const Row& row) { return row.head.name == *name; };
  const auto there = base.rows();
  if (b.place().account.empty() && std::count_if(there.begin(), there.end(), is_it) > 1) {
    for (const Row& row : there) {
      if (is_it(row)) b.work().row_or_base(all, base, row.id);
    }
    for (Row& row : all) {
      if (is_it(row)) f(row, no_account(b.work(), b.origin()));
    }
    return;
  }
  if (Row* row = owner_named(b, all, base, *name)) f(*row, GapId());
}

// `f` on who a policy resource is about: by its type a role, a user or a group.
template <class F>
void each_owner(const Block& b, F f) {
  Objects& put = b.work().change.put;
  const Cloud& base = b.work().base;
  const std::string_view type = b.resource().type;
  if (type.starts_with("aws_iam_role_")) return each_owner(b, "role", Kind::role, put.roles, base->roles, f);
  if (type.starts_with("aws_iam_user_")) return each_owner(b, "user", Kind::user, put.users, base->users, f);
  each_owner(b, "group", Kind::group, put.groups, base->groups, f);
}

// The names in a list; false: not all of them are known.
bool names_in(const Block& b, const char* attribute, std::vector<Text>& names, GapId& gap) {
  if (b.has(attribute) == Has::nothing || b.has(attribute) == Has::computed) return true;
  for (const Node name : b.raw(attribute).items()) {
    if (!name.text().empty()) names.push_back(b.registry().text(name.text()));
  }
  if (b.has(attribute) != Has::unknown) return true;
  gap = b.gap(attribute);
  return false;
}

// The names that stood in a list before it changes.
std::vector<Text> names_before(const Block& b, const char* attribute) {
  std::vector<Text> names;
  if (b.resource().fate != Fate::changed) return names;
  for (const Node name : b.resource().node["change"]["before"][attribute].items()) {
    names.push_back(b.registry().text(name.text()));
  }
  return names;
}

// Into a group, or out of it.
void join_group(const Block& b, User& user, const Value<Text>& group, GapId gap) {
  Work& work = b.work();
  const Group* found = group.known() ? owner_named(b, work.change.put.groups, work.base->groups, *group) : nullptr;
  if (!gap && !group.known()) gap = group.gap();
  if (!gap && found == nullptr) gap = beside(work);
  if (gap) {
    user.groups.open = gap;
  } else if (!b.resource().stays()) {
    if (std::erase(user.groups.items, found->id) == 0) user.groups.open = beside(work);
  } else if (std::find(user.groups.begin(), user.groups.end(), found->id) == user.groups.end()) {
    user.groups.items.push_back(found->id);
  }
}

}  // namespace

void read_inline_policy(const Block& b) {
  each_owner(b, [&](auto& owner, GapId gap) {
    if (gap) {
      owner.policies.open = gap;
      return;
    }
    const Value<Text> name = b.text("name");
    const std::string known_as = name.known() ? b.registry().texts.string(*name) : std::string(b.resource().address);
    const std::string id = std::string(b.registry().id(owner.id)) + "/" + known_as;
    if (!b.resource().stays()) {
      take_policy(b, owner.policies, managed_policy(b, b.registry().text(id)));
      return;
    }
    const Value<PolicyId> put = put_policy(b, "policy", id, known_as);
    // Of one that is there already it is not known what it says from now on.
    if (!put.known()) std::erase(owner.policies.items, managed_policy(b, b.registry().text(id)));
    add_policy(owner.policies, put);
  });
}

void read_policy_grant(const Block& b) {
  each_owner(b, [&](auto& owner, GapId gap) {
    if (gap) {
      owner.policies.open = gap;
      return;
    }
    const Value<Text> arn = b.named("policy_arn", Kind::policy);
    if (!b.resource().stays() && arn.known()) return take_policy(b, owner.policies, managed_policy(b, *arn));
    add_policy(owner.policies, arn.known() ? Value<PolicyId>(managed_policy(b, *arn)) : Value<PolicyId>(arn.gap()));
  });
}

// `aws_iam_policy_attachment` attaches a policy to any number of roles, users and groups, by name.
void read_policy_attachment(const Block& b) {
  const Value<Text> arn = b.named("policy_arn", Kind::policy);
  const auto give = [&](const char* attribute, auto& all, const auto& base) {
    GapId gap;
    std::vector<Text> names;
    if (!names_in(b, attribute, names, gap)) {
      take_base(b, attribute, Value<std::decay_t<decltype(all.front().id)>>(gap), all, base);
      for (auto& row : all) row.policies.open = gap;
      return;
    }
    // Whoever it was attached to before it changes may lose it.
    if (b.resource().fate == Fate::changed) {
      for (const auto& there : base) {
        if (!arn.known()) continue;
        const auto& items = there.policies.items;
        if (std::find(items.begin(), items.end(), managed_policy(b, *arn)) == items.end()) continue;
        auto* row = b.work().row_or_base(all, base, there.id);
        std::erase(row->policies.items, managed_policy(b, *arn));
      }
    }
    for (const Text name : names) {
      auto* row = owner_named(b, all, base, name);
      if (row == nullptr) continue;
      if (arn.known() && !b.resource().stays()) {
        take_policy(b, row->policies, managed_policy(b, *arn));
      } else {
        add_policy(row->policies, arn.known() ? Value<PolicyId>(managed_policy(b, *arn)) : Value<PolicyId>(arn.gap()));
      }
    }
  };
  Objects& put = b.work().change.put;
  const Cloud& base = b.work().base;
  give("roles", put.roles, base->roles);
  give("users", put.users, base->users);
  give("groups", put.groups, base->groups);
}

// One user into several groups.
void read_user_groups(const Block& b) {
  Work& work = b.work();
  each_owner(b, "user", Kind::user, work.change.put.users, work.base->users, [&](User& user, GapId gap) {
    std::vector<Text> groups;
    if (gap || !names_in(b, "groups", groups, gap)) user.groups.open = gap;
    for (const Text group : names_before(b, "groups")) {
      if (const Group* left = owner_named(b, work.change.put.groups, work.base->groups, group))
        std::erase(user.groups.items, left->id);
    }
    for (const Text group : groups) join_group(b, user, group, gap);
  });
}

// Several users into one group.
void read_group_members(const Block& b) {
  Work& work = b.work();
  std::vector<Text> users;
  GapId gap;
  auto& all = work.change.put.users;
  const Value<Text> name = b.named("group", Kind::group);
  const Group* group = name.known() ? owner_named(b, work.change.put.groups, work.base->groups, *name) : nullptr;
  for (const Text left : names_before(b, "users")) {
    User* user = owner_named(b, all, work.base->users, left);
    if (user != nullptr && group != nullptr) std::erase(user->groups.items, group->id);
  }
  if (!names_in(b, "users", users, gap)) {
    for (const User& there : work.base->users) work.row_or_base(all, work.base->users, there.id);
    for (User& user : all) user.groups.open = gap;
    return;
  }
  for (const Text member : users) {
    if (User* user = owner_named(b, all, work.base->users, member)) {
      join_group(b, *user, name, gap);
    }
  }
}

}  // namespace sallyport::read::terraform
