// Roles, users and groups, managed policies, instance profiles.
//
// Their ids are ARNs, so they are read only where it is known to which account the plan
// is applied; else what needs them is unknown, with that as the reason.
#include <algorithm>

#include "read/terraform/families.h"
#include "read/terraform/grants.h"

namespace sallyport::read::terraform {
namespace {

void read_own_policies(const Block& b, const std::string& arn, Role& row) {
  const bool is_new = b.resource().is_new();
  if (!(b.has("inline_policy") == Has::computed && is_new)) {
    const List<Block> blocks = b.blocks("inline_policy");
    if (blocks.open) row.policies.open = blocks.open;
    for (const Block& block : blocks) {
      const Value<Text> name = block.text("name");
      if (!name.known()) {
        row.policies.open = name.gap();
      } else if (!name->empty()) {
        add_policy(row.policies,
                   put_policy(block, "policy", arn + "/" + b.registry().texts.string(*name), b.registry().view(*name)));
      }
    }
  }
  if (b.has("managed_policy_arns") == Has::computed && is_new) return;
  if (b.has("managed_policy_arns") == Has::unknown && !b.raw("managed_policy_arns").is(json::Kind::array)) {
    row.policies.open = b.gap("managed_policy_arns");
    return;
  }
  for (const Node item : b.raw("managed_policy_arns").items()) {
    if (item.text().starts_with("arn:")) {
      add_policy(row.policies, managed_policy(b, b.registry().text(item.text())));
    } else {
      row.policies.open = b.gap("managed_policy_arns");
    }
  }
}

}  // namespace

namespace {

// Id, head and what else roles, users and groups have alike; false, and it is said: nothing
// tells which ARN it has, or it stands in the base.
template <class Row, class Base>
bool begin(const Block& b, const Base& base, Row& row) {
  Work& work = b.work();
  const Value<Text> arn = meaning(work, b.resource(), "arn");
  const Value<Text> name = meaning(work, b.resource(), "name");
  if (!arn.known() || !name.known()) {
    work.say(
        Severity::note, "no-account",
        "`" + b.resource().address + "` is left out: " + work.registry.gaps[arn.known() ? name.gap() : arn.gap()].what,
        b.origin());
    return false;
  }
  row.id = work.registry.ids.get<decltype(row.id)>(b.place().partition, *arn);
  if (work.stands(base, row.id, b.resource())) return false;
  row.head = b.head();
  row.head.region = {};
  row.head.name = *name;
  if (!b.resource().is_new()) row.policies.open = beside(work);
  if (b.resource().is_new()) work.created.insert(row.id);
  return true;
}

// Path, boundary and tags, alike for roles and users.
template <class Row>
void read_rest(const Block& b, Row& row) {
  Work& work = b.work();
  row.path = work.text(b.node("path").text().empty() ? "/" : b.node("path").text());
  if (const Node unique = b.node("unique_id")) row.unique_id = work.text(unique.text());
  if (b.gives_any("permissions_boundary")) {
    const Value<Text> boundary = b.named("permissions_boundary", Kind::policy);
    row.boundary = boundary.known() ? Value<PolicyId>(managed_policy(b, *boundary)) : Value<PolicyId>(boundary.gap());
  }
  if (b.has("tags_all") == Has::unknown) row.tags.open = b.gap("tags_all");
  for (const json::Member tag : b.raw(b.raw("tags_all").absent() ? "tags" : "tags_all").members()) {
    row.tags.items.push_back({work.text(tag.name()), work.text(tag.value.text())});
  }
}

}  // namespace

void read_role(const Block& b) {
  Role row;
  if (!begin(b, b.work().base->roles, row)) return;
  const std::string id(b.registry().id(row.id));
  read_rest(b, row);
  row.trust = put_policy(b, "assume_role_policy", id + "/trust", "trust policy");
  const GapId open = row.policies.open;
  read_own_policies(b, id, row);
  if (open) row.policies.open = open;
  b.work().put(b.work().change.put.roles, std::move(row));
}

void read_user(const Block& b) {
  User row;
  if (!begin(b, b.work().base->users, row)) return;
  read_rest(b, row);
  if (!b.resource().is_new()) row.groups.open = beside(b.work());
  b.work().put(b.work().change.put.users, std::move(row));
}

void read_group(const Block& b) {
  Group row;
  if (!begin(b, b.work().base->groups, row)) return;
  b.work().put(b.work().change.put.groups, std::move(row));
}

void read_instance_profile(const Block& b) {
  Work& work = b.work();
  const Value<Text> arn = meaning(work, b.resource(), "arn");
  const Value<Text> name = meaning(work, b.resource(), "name");
  if (!arn.known() || !name.known()) return;  // said for its role
  InstanceProfile row;
  row.id = work.registry.ids.get<InstanceProfileId>(b.place().partition, *arn);
  if (work.stands(work.base->instance_profiles, row.id, b.resource())) return;
  row.head = b.head();
  row.head.region = {};
  row.head.name = *name;
  const Value<Text> role = b.named("role", Kind::role);
  if (!role.known()) {
    row.role = role.gap();
  } else if (role->empty()) {
    row.role = RoleId();
  } else if (const Role* found = owner_named(b, work.change.put.roles, work.base->roles, *role)) {
    row.role = found->id;
  } else {
    row.role = work.registry.gaps.add({GapKind::not_collected,
                                       "the role `" + show_symbols(work.registry.view(*role)) + "` is not in the input",
                                       "aws iam get-account-authorization-details", b.origin()});
  }
  work.put(work.change.put.instance_profiles, std::move(row));
}

void read_policy(const Block& b) {
  const Value<Text> arn = meaning(b.work(), b.resource(), "arn");
  const Value<Text> name = meaning(b.work(), b.resource(), "name");
  if (!arn.known() || !name.known()) return;
  const Value<PolicyId> put = put_policy(b, "policy", b.registry().view(*arn), b.registry().view(*name));
  if (put.known()) return;
  // It is there, and what it says is not known.
  Policy row;
  row.id = managed_policy(b, *arn);
  row.head = b.head(b.registry().view(*name));
  row.head.region = {};
  row.document.gap = put.gap();
  row.document.origin = b.origin();
  b.work().put(b.work().change.put.policies, std::move(row));
}

}  // namespace sallyport::read::terraform
