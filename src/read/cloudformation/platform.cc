// What the readers of platform workloads share.
#include "read/planned/platform.h"

#include "read/cloudformation/evaluate.h"
#include "read/cloudformation/families.h"
#include "read/cloudformation/identity.h"
#include "read/planned/standing.h"

namespace sallyport::read::cloudformation {

PlatformWorkload begin_workload(const Properties& p, Kind what, std::string_view name_property) {
  Work& work = p.work();
  const Value<Text> arn = has_arn(p.resource().type) ? own_arn(work, p.resource()) : Value<Text>(p.own_text());
  const auto id = p.id<PlatformWorkloadId>(arn.known() ? *arn : p.own_text());
  Head head = p.head();
  const Value<Text> name = p.text(name_property);
  if (name.known() && !name->empty() && !work.registry.texts.has_symbol(*name)) head.name = *name;
  work.created.insert(id);
  return planned::begin_workload(id, what, head);
}

Placement read_place(const Properties& p, const char* subnets, const char* groups) {
  Placement place;
  place.subnets = p.refs<SubnetId>(subnets);
  if (groups != nullptr) place.groups = p.refs<SecurityGroupId>(groups);
  planned::complete_place(p.work(), place);
  return place;
}

Value<Placement> place_in_group(const Properties& p, const char* property, std::string_view type, const char* groups) {
  Work& work = p.work();
  if (!p.gives(property)) {
    return work.registry.gaps.add({GapKind::not_collected,
                                   "`" + p.resource().address + "` names no subnet group: AWS chooses one",
                                   "give it a subnet group", p.origin()});
  }
  const Resource* group = resource_named(p, property, type);
  if (group == nullptr || group->doubt) {
    return work.registry.gaps.add({GapKind::not_collected,
                                   "the subnet group of `" + p.resource().address + "` is not in the templates",
                                   "collect the account (`collect.sh`)", p.origin()});
  }
  Placement place;
  place.subnets = Properties(work, *group).refs<SubnetId>("SubnetIds");
  place.groups = p.refs<SecurityGroupId>(groups);
  planned::complete_place(work, place);
  return place;
}

// By what `Ref` or a `GetAtt` of it gives. Cost: once linear in the resources of the type, then logarithmic.
const Resource* resource_named(const Properties& p, std::string_view property, std::string_view type) {
  Work& work = p.work();
  const Value<Text> wanted = p.text(property);
  if (!wanted.known() || wanted->empty()) return nullptr;
  const auto [entry, is_new] = work.by_text.try_emplace(std::string(type));
  if (is_new) {
    for (Stack& stack : work.stacks) {
      for (const Resource& r : stack.resources) {
        if (r.type != type || stack.find(r.logical) != &r) continue;
        const auto add = [&](const Item& item) {
          if (!item.is(Item::Kind::text) || item.text.empty()) return;
          const auto [at, first] = entry->second.try_emplace(item.text, &r);
          if (!first && at->second != &r) at->second = nullptr;  // of two that go by one name, either
        };
        add(ref_to(work, r, r.node.origin()));
        for (const char* attribute : {"Arn", "LaunchTemplateId", "Id"}) {
          add(attribute_of(work, r, attribute, r.node.origin()));
        }
        for (const char* name : {"LaunchTemplateName", "Family", "Name"}) add(cloudformation::property(work, r, name));
      }
    }
  }
  const auto found = entry->second.find(*wanted);
  const Resource* r = found == entry->second.end() ? nullptr : found->second;
  // Names are unique within an account and Region only.
  const bool elsewhere =
      r != nullptr && (r->stack->place.region != p.place().region || r->stack->place.account != p.place().account);
  return elsewhere ? nullptr : r;
}

}  // namespace sallyport::read::cloudformation
