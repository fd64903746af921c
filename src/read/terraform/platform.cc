// What the readers of platform workloads share.
#include "read/planned/platform.h"

#include "read/planned/standing.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {

std::optional<PlatformWorkload> begin_workload(const Block& b, Kind what, std::string_view id_attribute,
                                               std::string_view name_attribute) {
  Work& work = b.work();
  const std::optional<Text> id = b.own_id(id_attribute);
  if (!id) return std::nullopt;
  const auto row = b.id<PlatformWorkloadId>(*id);
  if (work.stands(work.base->platform_workloads, row, b.resource())) return std::nullopt;
  Head head = b.head();
  if (const std::string_view name = b.node(name_attribute).text(); !name.empty()) head.name = work.text(name);
  if (b.resource().is_new()) work.created.insert(row);
  return planned::begin_workload(row, what, head);
}

Placement read_place(const Block& b, const char* subnets, const char* groups) {
  Work& work = b.work();
  Placement place;
  if (b.has(subnets) == Has::computed) {
    place.subnets.open = b.gap(subnets);
  } else {
    place.subnets = b.refs<SubnetId>(subnets, true);
  }
  const bool only_new = is_new_vpc(work, planned::vpc_of(work, place.subnets));
  if (!only_new && b.has(subnets) != Has::computed) place.subnets = b.refs<SubnetId>(subnets, false);
  if (groups != nullptr && b.has(groups) != Has::computed) place.groups = b.refs<SecurityGroupId>(groups, only_new);
  return place;
}

Value<RoleId> role_of(const Block& b, const char* attribute) {
  if (!b.gives_any(attribute)) return RoleId();
  const Value<Text> arn = b.named(attribute, Kind::role);
  if (!arn.known()) return arn.gap();
  if (!b.registry().view(*arn).starts_with("arn:")) return b.gap(attribute);
  return b.registry().ids.get<RoleId>(b.place().partition, *arn);
}

}  // namespace sallyport::read::terraform
