// Roles with their policies, managed policies, instance profiles.
//
// Their ids are ARNs, so they are read only where it is known to which account the plan
// is applied; else what needs them is unknown, with that as the reason.
#include <algorithm>

#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

// The role of that name; null if it is not in the plan (nor, then, copied from the base).
Role* role_named(const Block& b, Text name) {
  Work& work = b.work();
  const auto is_it = [&](const Role& role) {
    return role.head.name == name && (role.head.account == b.place().account || b.place().account.empty());
  };
  auto& all = work.change.put.roles;
  if (const auto found = std::find_if(all.begin(), all.end(), is_it); found != all.end()) return &*found;
  const auto there = work.base->roles.rows();
  const auto found = std::find_if(there.begin(), there.end(), is_it);
  return found == there.end() ? nullptr : &work.put(all, Role(*found));
}

// The roles that `role` may mean: by name (or, in old configurations, by ARN).
template <class F>
void each_role(const Block& b, F f) {
  Work& work = b.work();
  const Value<Text> name = b.named("role", Kind::role);
  if (!name.known()) {
    for (Role& role : work.change.put.roles) f(role, name.gap());
    return;
  }
  if (Role* role = role_named(b, *name)) f(*role, b.resource().stays() ? GapId() : beside(work));
}

void add(List<PolicyId>& policies, const Value<PolicyId>& policy) {
  if (!policy.known()) {
    policies.open = policy.gap();
  } else if (*policy && std::find(policies.begin(), policies.end(), *policy) == policies.end()) {
    policies.items.push_back(*policy);
  }
}

PolicyId managed(const Block& b, Text arn) { return b.registry().ids.get<PolicyId>(b.place().partition, arn); }

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
        add(row.policies,
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
      add(row.policies, managed(b, b.registry().text(item.text())));
    } else {
      row.policies.open = b.gap("managed_policy_arns");
    }
  }
}

}  // namespace

void read_role(const Block& b) {
  Work& work = b.work();
  const Value<Text> arn = meaning(work, b.resource(), "arn");
  const Value<Text> name = meaning(work, b.resource(), "name");
  if (!arn.known() || !name.known()) {
    return work.say(
        Severity::note, "no-account",
        "`" + b.resource().address + "` is left out: " + work.registry.gaps[arn.known() ? name.gap() : arn.gap()].what,
        b.origin());
  }
  Role row;
  row.id = work.registry.ids.get<RoleId>(b.place().partition, *arn);
  if (work.stands(work.base->roles, row.id, b.resource())) return;
  row.head = b.head();
  row.head.region = {};
  row.head.name = *name;
  const std::string id = work.registry.texts.string(*arn);
  row.path = work.text(b.node("path").text().empty() ? "/" : b.node("path").text());
  if (const Node unique = b.node("unique_id")) row.unique_id = work.text(unique.text());
  row.trust = put_policy(b, "assume_role_policy", id + "/trust", "trust policy");
  read_own_policies(b, id, row);
  if (!b.resource().is_new()) row.policies.open = beside(work);
  if (b.gives_any("permissions_boundary")) {
    const Value<Text> boundary = b.named("permissions_boundary", Kind::policy);
    row.boundary = boundary.known() ? Value<PolicyId>(managed(b, *boundary)) : Value<PolicyId>(boundary.gap());
  }
  if (b.has("tags_all") == Has::unknown) row.tags.open = b.gap("tags_all");
  for (const json::Member tag : b.raw(b.raw("tags_all").absent() ? "tags" : "tags_all").members()) {
    row.tags.items.push_back({work.text(tag.name()), work.text(tag.value.text())});
  }
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.roles, std::move(row));
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
  } else if (const Role* found = role_named(b, *role)) {
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
  row.id = managed(b, *arn);
  row.head = b.head(b.registry().view(*name));
  row.head.region = {};
  row.document.gap = put.gap();
  row.document.origin = b.origin();
  b.work().put(b.work().change.put.policies, std::move(row));
}

void read_role_policy(const Block& b) {
  each_role(b, [&](Role& role, GapId gap) {
    const Value<Text> name = b.text("name");
    if (gap) {
      role.policies.open = gap;
      return;
    }
    const std::string known_as = name.known() ? b.registry().texts.string(*name) : b.resource().address;
    const Value<PolicyId> policy =
        put_policy(b, "policy", std::string(b.registry().id(role.id)) + "/" + known_as, known_as);
    add(role.policies, policy);
  });
}

// `aws_iam_policy_attachment` attaches a policy to any number of roles, by name.
void read_policy_attachment(const Block& b) {
  if (b.has("roles") == Has::nothing || b.has("roles") == Has::computed) return;
  const Value<Text> arn = b.named("policy_arn", Kind::policy);
  const bool all_known = b.has("roles") == Has::value && b.resource().stays() && arn.known();
  if (!all_known) {
    const GapId gap = !arn.known() ? arn.gap() : b.resource().stays() ? b.gap("roles") : beside(b.work());
    for (Role& role : b.work().change.put.roles) role.policies.open = gap;
    return;
  }
  for (const Node name : b.node("roles").items()) {
    if (Role* role = role_named(b, b.registry().text(name.text()))) add(role->policies, managed(b, *arn));
  }
}

void read_role_policy_attachment(const Block& b) {
  each_role(b, [&](Role& role, GapId gap) {
    if (gap) {
      role.policies.open = gap;
      return;
    }
    const Value<Text> arn = b.named("policy_arn", Kind::policy);
    add(role.policies, arn.known() ? Value<PolicyId>(managed(b, *arn)) : Value<PolicyId>(arn.gap()));
  });
}

}  // namespace sallyport::read::terraform
