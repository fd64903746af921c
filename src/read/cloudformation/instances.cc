// Instances, each with the interfaces that it makes for itself or is given, and the
// launch template that says what the instance itself does not.
#include <algorithm>
#include <optional>

#include "read/cloudformation/families.h"
#include "read/cloudformation/identities.h"
#include "read/cloudformation/identity.h"
#include "read/cloudformation/interfaces.h"

namespace sallyport::read::cloudformation {
namespace {

// What the launch template says; empty if there is none. A template that is not in the
// input is a gap. A new one has one version.
std::optional<Properties> launch_data(const Properties& p, GapId& gap) {
  GapId inner;
  const Properties named = p.block("LaunchTemplate", inner);
  if (!p.gives("LaunchTemplate")) return std::nullopt;
  Work& work = p.work();
  if (!inner) {
    const Resource* found = resource_named(named, "LaunchTemplateId", "AWS::EC2::LaunchTemplate");
    if (found == nullptr) found = resource_named(named, "LaunchTemplateName", "AWS::EC2::LaunchTemplate");
    if (found != nullptr && !found->doubt) {
      const Properties data = Properties(work, *found).block("LaunchTemplateData", gap);
      return data;
    }
  }
  gap = work.registry.gaps.add({GapKind::not_collected,
                                "the launch template of `" + p.resource().address + "` is not in the templates",
                                "give its subnet, groups and profile at the instance", p.origin()});
  return std::nullopt;
}

// Who of the two gives a property: the instance, else the launch template.
const Properties& giver(const Properties& p, const std::optional<Properties>& data, const char* property) {
  return !p.gives(property) && data && data->gives(property) ? *data : p;
}

void set_public(const Properties& entry, const planned::Stand& stand, Interface& row) {
  // Default: what the subnet says (AWS::EC2::Instance NetworkInterface, `AssociatePublicIpAddress`).
  const Value<bool> gets = entry.gives("AssociatePublicIpAddress") ? entry.flag("AssociatePublicIpAddress", false)
                                                                   : stand.defaults.public_address;
  if (!gets.known()) {
    row.public_addresses.open = gets.gap();
  } else if (*gets) {
    planned::add_public(entry.work(), row, row.head.origin);
  }
}

void put_interface(const Properties& p, const Properties& from, const char* groups, std::size_t number, GapId gap,
                   Instance& instance) {
  Work& work = p.work();
  Interface row;
  row.id = p.own_id<InterfaceId>(number == 0 ? "PrimaryNetworkInterface" : "NetworkInterface" + std::to_string(number));
  row.head = p.head();
  row.head.name = {};
  row.head.gap = gap;
  row.state = State::working;
  row.instance = instance.id;
  fill_interface(from, groups, row);
  set_public(from, stand_in(work, row.subnet), row);
  if (number == 0) instance.vpc = row.vpc;
  instance.interfaces.items.push_back(row.id);
  work.put(work.change.put.interfaces, std::move(row));
}

// Entries of `NetworkInterfaces`: one that exists, or one to be made.
void read_entries(const Properties& p, const Properties& giver, const char* groups, GapId gap, Instance& instance) {
  const List<Properties> entries = giver.blocks("NetworkInterfaces");
  if (entries.open) instance.interfaces.open = entries.open;
  std::size_t number = 0;
  for (const Properties& entry : entries) {
    if (!entry.gives("NetworkInterfaceId")) {
      put_interface(p, entry, groups, number++, gap, instance);
      continue;
    }
    const Value<InterfaceId> id = entry.ref<InterfaceId>("NetworkInterfaceId");
    if (!id.known()) {
      instance.interfaces.open = id.gap();
      continue;
    }
    instance.interfaces.items.push_back(*id);
    attach(p.work(), *id, instance.id);
    const Interface* row = p.work().row(p.work().change.put.interfaces, *id);
    if (row != nullptr && number == 0) instance.vpc = row->vpc;
    ++number;
  }
}

Value<InstanceProfileId> read_profile(const Properties& p, const std::optional<Properties>& data, GapId gap) {
  if (p.gives("IamInstanceProfile")) return profile_named(p, p.text("IamInstanceProfile"));
  if (gap) return gap;
  if (!data || !data->gives("IamInstanceProfile")) return InstanceProfileId();
  const Properties profile = data->block("IamInstanceProfile", gap);
  if (gap) return gap;
  return profile_named(p, profile.text(profile.gives("Arn") ? "Arn" : "Name"));
}

// Windows takes other client ports (AC-3): as the image's public parameter says.
bool is_windows(const Properties& p) {
  const Value<Text> image = p.text("ImageId");
  return image.known() && p.registry().view(*image).find("/ami-windows-") != std::string_view::npos;
}

}  // namespace

void read_instance(const Properties& p) {
  Work& work = p.work();
  GapId gap;
  const std::optional<Properties> data = launch_data(p, gap);
  Instance row;
  row.id = p.own_id<InstanceId>();
  row.head = p.head();
  row.state = State::working;
  row.profile = read_profile(p, data, gap);
  row.windows = is_windows(giver(p, data, "ImageId"));
  if (p.gives("NetworkInterfaces")) {
    read_entries(p, p, "GroupSet", gap, row);
  } else if (data && data->gives("NetworkInterfaces")) {
    // A launch template calls the groups of an interface `Groups`.
    read_entries(p, *data, "Groups", gap, row);
  } else if (data && !p.gives("SecurityGroupIds") && data->gives("SecurityGroupIds") && p.gives("SubnetId")) {
    put_interface(p, p, "SecurityGroupIds", 0, gap, row);
    Interface& interface = work.change.put.interfaces.back();
    interface.groups = data->refs<SecurityGroupId>("SecurityGroupIds");
  } else {
    // Without subnet or groups, a template that is not known may give them.
    put_interface(p, p, "SecurityGroupIds", 0, gap, row);
    // Groups by name: those of the default VPC.
    const bool by_name = p.gives("SecurityGroups") || (data && data->gives("SecurityGroups"));
    if (by_name) work.change.put.interfaces.back().groups.open = p.gap("SecurityGroups");
  }
  if (row.interfaces.open && row.vpc.known() && !*row.vpc) row.vpc = row.interfaces.open;
  work.created.insert(row.id);
  work.put(work.change.put.instances, std::move(row));
}

}  // namespace sallyport::read::cloudformation
