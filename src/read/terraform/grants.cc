// Policies that resources of their own give to roles, users and groups, and who is in which
// group.
#include "read/terraform/grants.h"

#include "read/terraform/families.h"
#include "read/terraform/owners.h"

namespace sallyport::read::terraform {
namespace {

// The owners that `attribute` (a name, in old configurations an ARN) may mean. `f` takes each,
// and a gap where it is not known which, or where what it gives goes away.
template <class Row, class F>
void each_owner(const Block& b, const char* attribute, Kind kind, std::vector<Row>& all, const Rows<Row>& base, F f) {
  const Value<Text> name = b.named(attribute, kind);
  if (!name.known()) {
    take_base(b, attribute, Value<decltype(Row::id)>(name.gap()), all, base);
    for (Row& row : all) f(row, name.gap());
    return;
  }
  const bool was_there = !b.resource().stays() || b.resource().fate == Fate::changed;
  if (Row* row = owner_named(b, all, base, *name)) f(*row, was_there ? beside(b.work()) : GapId());
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

void join_group(const Block& b, User& user, const Value<Text>& group, GapId gap) {
  Work& work = b.work();
  const Group* found = group.known() ? owner_named(b, work.change.put.groups, work.base->groups, *group) : nullptr;
  if (!gap && !group.known()) gap = group.gap();
  if (!gap && found == nullptr) gap = beside(work);
  if (gap) {
    user.groups.open = gap;
  } else if (std::find(user.groups.begin(), user.groups.end(), found->id) == user.groups.end()) {
    user.groups.items.push_back(found->id);
  }
}

}  // namespace

void read_inline_policy(const Block& b) {
  each_owner(b, [&](auto& owner, GapId gap) {
    if (gap) owner.policies.open = gap;
    if (gap || !b.resource().stays()) return;
    const Value<Text> name = b.text("name");
    const std::string known_as = name.known() ? b.registry().texts.string(*name) : std::string(b.resource().address);
    add_policy(owner.policies,
               put_policy(b, "policy", std::string(b.registry().id(owner.id)) + "/" + known_as, known_as));
  });
}

void read_policy_grant(const Block& b) {
  each_owner(b, [&](auto& owner, GapId gap) {
    if (gap) {
      owner.policies.open = gap;
      return;
    }
    const Value<Text> arn = b.named("policy_arn", Kind::policy);
    add_policy(owner.policies, arn.known() ? Value<PolicyId>(managed_policy(b, *arn)) : Value<PolicyId>(arn.gap()));
  });
}

// `aws_iam_policy_attachment` attaches a policy to any number of roles, users and groups, by name.
void read_policy_attachment(const Block& b) {
  const Value<Text> arn = b.named("policy_arn", Kind::policy);
  const GapId lost = !arn.known() ? arn.gap() : b.resource().stays() ? GapId() : beside(b.work());
  const auto give = [&](const char* attribute, auto& all, const auto& base) {
    GapId gap = lost;
    std::vector<Text> names;
    const bool all_known = names_in(b, attribute, names, gap);
    if (!all_known || (lost && !names.empty())) {
      for (auto& row : all) row.policies.open = gap;
      return;
    }
    for (const Text name : names) {
      if (auto* row = owner_named(b, all, base, name)) add_policy(row->policies, managed_policy(b, *arn));
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
    for (const Text group : groups) join_group(b, user, group, gap);
  });
}

// Several users into one group.
void read_group_members(const Block& b) {
  Work& work = b.work();
  std::vector<Text> users;
  GapId gap;
  if (!names_in(b, "users", users, gap)) {
    for (User& user : work.change.put.users) user.groups.open = gap;
    return;
  }
  if (!b.resource().stays() || b.resource().fate == Fate::changed) gap = beside(work);
  for (const Text name : users) {
    if (User* user = owner_named(b, work.change.put.users, work.base->users, name)) {
      join_group(b, *user, b.named("group", Kind::group), gap);
    }
  }
}

}  // namespace sallyport::read::terraform
