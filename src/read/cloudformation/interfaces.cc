// Network interfaces, what attaches them, and the Elastic IPs in front of them.
#include "read/cloudformation/interfaces.h"
#include "read/cloudformation/families.h"
#include "read/cloudformation/owners.h"

namespace sallyport::read::cloudformation {

planned::Stand stand_in(Work& work, const Value<SubnetId>& subnet) {
  return planned::stand_in(work, subnet, beside(work));
}

// Default: AWS::EC2::NetworkInterface, `SourceDestCheck` true.
void fill_interface(const Properties& p, const char* groups, Interface& row) {
  Work& work = p.work();
  const planned::Stand stand = stand_in(work, p.ref<SubnetId>("SubnetId"));
  row.vpc = stand.vpc;
  row.subnet = stand.subnet;
  row.source_dest_check = p.flag("SourceDestCheck", true);
  row.addresses.items.push_back(p.gives("PrivateIpAddress") ? p.address("PrivateIpAddress")
                                                            : Value<Address>(p.gap("PrivateIpAddress")));
  const List<Properties> more = p.blocks("PrivateIpAddresses");
  if (more.open) row.addresses.open = more.open;
  for (const Properties& entry : more) {
    const Value<Address> address = entry.address("PrivateIpAddress");
    const Value<bool> primary = entry.flag("Primary", false);
    if (primary.known() && *primary) {
      row.addresses.items.front() = address;
    } else {
      row.addresses.items.push_back(address);
    }
  }
  if (p.gives("SecondaryPrivateIpAddressCount")) row.addresses.open = p.gap("SecondaryPrivateIpAddressCount");
  const List<Properties> ipv6 = p.blocks("Ipv6Addresses");
  for (const Properties& entry : ipv6) row.addresses.items.push_back(entry.address("Ipv6Address"));
  const bool by_subnet = !stand.defaults.ipv6_address.known() || *stand.defaults.ipv6_address;
  if (ipv6.open) row.addresses.open = ipv6.open;
  if (ipv6.empty() && (by_subnet || p.gives("Ipv6AddressCount"))) row.addresses.open = p.gap("Ipv6Addresses");
  row.groups = planned::groups_or_default(work, p.refs<SecurityGroupId>(groups), row.vpc);
}

void read_interface(const Properties& p) {
  Work& work = p.work();
  Interface row;
  row.id = p.own_id<InterfaceId>();
  row.head = p.head();
  const Value<Text> type = p.text("InterfaceType");
  const std::string_view word = type.known() ? work.registry.view(*type) : "unknown";
  row.kind = word.empty() || word == "interface" || word == "efa" || word == "trunk" || word == "branch"
                 ? InterfaceKind::plain
                 : InterfaceKind::other;
  row.state = State::not_working;  // until something attaches it
  fill_interface(p, "GroupSet", row);
  work.created.insert(row.id);
  work.put(work.change.put.interfaces, std::move(row));
}

void attach(Work& work, InterfaceId interface, InstanceId instance) {
  Interface* row = work.row_or_base(work.change.put.interfaces, work.base->interfaces, interface);
  if (row == nullptr) return;
  row->instance = instance;
  row->state = State::working;
}

void read_interface_attachment(const Properties& p) {
  Work& work = p.work();
  const Value<InstanceId> instance = p.ref<InstanceId>("InstanceId");
  const Value<InterfaceId> id = p.ref<InterfaceId>("NetworkInterfaceId");
  const GapId gap = p.doubt() ? p.doubt() : !instance.known() ? instance.gap() : id.known() ? GapId() : id.gap();
  if (!gap) {
    attach(work, *id, *instance);
    Instance* row = work.row_or_base(work.change.put.instances, work.base->instances, *instance);
    if (row != nullptr) row->interfaces.items.push_back(*id);
    return;
  }
  if (!id.known()) take_all(p, work.change.put.interfaces, work.base->interfaces);
  if (id.known()) work.row_or_base(work.change.put.interfaces, work.base->interfaces, *id);
  if (!instance.known()) take_all(p, work.change.put.instances, work.base->instances);
  if (instance.known()) work.row_or_base(work.change.put.instances, work.base->instances, *instance);
  for (Interface& row : work.change.put.interfaces) {
    if (!id.known() || row.id == *id) row.state = gap;
  }
  for (Instance& row : work.change.put.instances) {
    if (!instance.known() || row.id == *instance) row.interfaces.open = gap;
  }
}

// An Elastic IP: in front of an instance's or an interface's primary address.
void read_elastic_address(const Properties& p) {
  Work& work = p.work();
  for (const auto& [property, kind] :
       {std::pair("InstanceId", Kind::instance), std::pair("NetworkInterfaceId", Kind::network_interface)}) {
    if (!p.gives(property)) continue;
    Value<Text> id = p.text(property);
    if (id.known() && p.may_be_another(kind, *id)) id = p.gap(property);
    if (!id.known() || p.doubt()) {
      work.elastic_gap = p.doubt() ? p.doubt() : id.gap();
    } else {
      work.elastic.push_back(
          {work.registry.ids.intern(kind, p.place().region, *id), std::nullopt, p.resource().node.origin()});
    }
  }
}

}  // namespace sallyport::read::cloudformation
