#include "net/index.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

#include "base/parallel.h"
#include "net/classes.h"
#include "net/name_book.h"
#include "net/platform.h"

namespace sallyport::net {
namespace {

const Named nothing_named;
constexpr std::size_t worth_threads = 4096;  // interfaces

std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> serials = 0;
  return ++serials;
}

AddressSet any_address() { return set_of(everything(Family::v4)) | set_of(everything(Family::v6)); }

template <class Map>
auto look_up(const Map& map, std::uint32_t key) -> decltype(map.begin()->second) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

template <class Map>
auto span_of(const Map& map, std::uint32_t key) -> std::span<const typename Map::mapped_type::value_type> {
  const auto found = map.find(key);
  if (found == map.end()) return {};
  return found->second;
}

template <class T>
std::span<const std::pair<Address, const T*>> equal_addresses(const std::vector<std::pair<Address, const T*>>& sorted,
                                                              Address address) {
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), address,
                                      [](const auto& entry, Address a) { return entry.first < a; });
  auto last = first;
  while (last != sorted.end() && last->first == address) ++last;
  return {first, last};
}

}  // namespace

Index::Index(Cloud cloud, Settings settings, Options options)
    : cloud_(std::move(cloud)),
      settings_(std::move(settings)),
      options_(options),
      names_(std::make_shared<const NameBook>()),
      serial_(next_serial()) {
  const auto parts = std::make_shared<IndexParts>();
  std::vector<Workload> all;
  each_part(5, cloud_->interfaces.size() > worth_threads, [&](std::size_t n) {
    if (n == 0) parts->add_interfaces(cloud_);
    if (n == 1) parts->add_blocks_and_lists(cloud_), all = workloads(cloud_);
    if (n == 2) parts->add_members(cloud_);
    if (n == 3) atoms_ = std::make_shared<const Atoms>(cloud_);
    if (n == 4) parts->add_endpoints(cloud_), places_ = std::make_shared<const RulePlaces>(cloud_);
  });
  parts->add_unseen_members(cloud_);
  parts_ = parts;
  classes_ = std::make_shared<const std::vector<SourceClass>>(source_classes(*this, std::move(all)));
}

Index::Index(const Index& before, Cloud after, std::span<const Ref> changed)
    : cloud_(std::move(after)),
      settings_(before.settings_),
      options_(before.options_),
      names_(before.names_),
      parts_(before.parts_),
      places_(std::make_shared<const RulePlaces>(cloud_)),
      atoms_(std::make_shared<const Atoms>(*before.atoms_, cloud_, changed)),
      serial_(next_serial()) {
  classes_ = split_classes(*this, *before.atoms_, before.classes_);
}

Index::~Index() = default;

Index Index::noting_in(Consulted& consulted) const {
  Index noting(*this);
  noting.consulted_ = &consulted;
  return noting;
}

const SecurityGroup* Index::group(SecurityGroupId id) const {
  noted(id);
  return cloud_->security_groups.find(id);
}

const RouteTable* Index::route_table(RouteTableId id) const {
  noted(id);
  return cloud_->route_tables.find(id);
}

std::span<const RouteTable* const> Index::route_tables(VpcId vpc) const {
  const auto tables = span_of(places_->tables_of_vpc, vpc.number());
  for (const RouteTable* table : tables) noted(table->id);
  return tables;
}

std::string Index::show(Ref ref) const { return show_symbols(cloud_.id(ref)); }

GapId Index::gap(GapKind kind, std::string what, std::string remedy) const {
  return registry().gaps.add({kind, std::move(what), std::move(remedy)});
}

GapId Index::absent(Ref ref) const {
  return gap(GapKind::not_collected,
             std::string(name(ref.kind)) + " `" + show(ref) + "` is referred to, but is not in the input",
             listing_command(ref.kind));
}

Found<RouteTable> Index::route_table(const Subnet& subnet) const {
  if (const RouteTable* own = look_up(places_->table_of_subnet, subnet.id.number())) return {noted(own), {}};
  if (!subnet.vpc.known()) return {nullptr, subnet.vpc.gap()};
  // Without an explicit association the main table holds, provided that no table
  // with the association may be missing.
  const Vpc* vpc = cloud_->vpcs.find(*subnet.vpc);
  const Text account = vpc != nullptr ? vpc->head.account : subnet.head.account;
  if (const GapId missing = cloud_.missing(Kind::route_table, account, subnet.head.region)) return {nullptr, missing};
  for (const RouteTable* table : places_->open_tables) {
    if (!table->vpc.known() || *table->vpc == *subnet.vpc) return {nullptr, table->subnets.open};
  }
  if (const RouteTable* main = look_up(places_->main_table_of_vpc, subnet.vpc->number())) return {noted(main), {}};
  return {nullptr,
          gap(GapKind::not_collected, "the main route table of `" + show(*subnet.vpc) + "` is not in the input",
              listing_command(Kind::route_table))};
}

std::vector<const RouteTable*> Index::possible_tables(const Subnet& subnet) const {
  if (!subnet.vpc.known()) return {};
  const Vpc* vpc = cloud_->vpcs.find(*subnet.vpc);
  const RouteTable* main = look_up(places_->main_table_of_vpc, subnet.vpc->number());
  if (vpc == nullptr || main == nullptr) return {};
  if (cloud_.missing(Kind::route_table, vpc->head.account, subnet.head.region)) return {};
  std::vector<const RouteTable*> tables{noted(main)};
  for (const RouteTable* table : places_->open_tables) {
    if (table != main && (!table->vpc.known() || *table->vpc == *subnet.vpc)) tables.push_back(noted(table));
  }
  return tables;
}

Found<NetworkAcl> Index::network_acl(const Subnet& subnet) const {
  if (const NetworkAcl* own = look_up(places_->acl_of_subnet, subnet.id.number())) return {noted(own), {}};
  if (!subnet.vpc.known()) return {nullptr, subnet.vpc.gap()};
  const Vpc* vpc = cloud_->vpcs.find(*subnet.vpc);
  const Text account = vpc != nullptr ? vpc->head.account : subnet.head.account;
  if (const GapId missing = cloud_.missing(Kind::network_acl, account, subnet.head.region)) return {nullptr, missing};
  for (const NetworkAcl* acl : places_->open_acls) {
    if (!acl->vpc.known() || *acl->vpc == *subnet.vpc) return {nullptr, acl->subnets.open};
  }
  if (const NetworkAcl* acl = look_up(places_->default_acl_of_vpc, subnet.vpc->number())) return {noted(acl), {}};
  return {nullptr,
          gap(GapKind::not_collected, "the default network ACL of `" + show(*subnet.vpc) + "` is not in the input",
              listing_command(Kind::network_acl))};
}

std::span<const Subnet* const> Index::subnets(VpcId vpc) const { return span_of(parts_->subnets_of_vpc, vpc.number()); }

std::span<const Endpoint* const> Index::profile_endpoints(VpcId vpc) const {
  return span_of(parts_->profile_endpoints_of_vpc, vpc.number());
}

std::span<const Endpoint* const> Index::endpoints(VpcId vpc) const {
  return span_of(parts_->endpoints_of_vpc, vpc.number());
}

std::span<const HostedZone* const> Index::zones(VpcId vpc) const { return span_of(parts_->zones_of_vpc, vpc.number()); }

const Interface* Index::interface_at(VpcId vpc, Address address) const {
  for (const auto& [_, interface] : equal_addresses(parts_->by_address, address)) {
    if (interface->vpc.known() && *interface->vpc == vpc) return interface;
  }
  return nullptr;
}

std::span<const std::pair<Address, const Interface*>> Index::interfaces_at(Address address) const {
  return equal_addresses(parts_->by_address, address);
}

AddressSet Index::taken(const Subnet& subnet) const {
  std::vector<Interval<Address>> found;
  for (const Interval<Address>& block : blocks(subnet).set.intervals()) {
    auto at = std::lower_bound(parts_->by_address.begin(), parts_->by_address.end(), block.first,
                               [](const auto& entry, Address a) { return entry.first < a; });
    for (; at != parts_->by_address.end() && at->first <= block.last; ++at) {
      if (at->second->vpc == subnet.vpc) found.push_back({at->first, at->first});
    }
  }
  return AddressSet::of(std::move(found));
}

const Interface* Index::interface_with_public(Address address) const {
  const bool v6 = address.family == Family::v6;
  const auto found = equal_addresses(v6 ? parts_->by_address : parts_->by_public_address, address);
  return found.empty() || !is_public(address) ? nullptr : found.front().second;
}

std::span<const Interface* const> Index::interfaces_of(const Instance& instance) const {
  return span_of(parts_->interfaces_of_instance, instance.id.number());
}

GapId Index::stray(Kind kind) const { return parts_->strays[static_cast<std::size_t>(kind)]; }

GapId Index::unseen_interface(const Workload& workload) const {
  if (workload.kind == WorkloadKind::platform) {
    const PlatformWorkload* row = platform_of(*this, workload);
    return row == nullptr ? absent(workload.object) : unseen_of(*this, *row);
  }
  const GapId missing = cloud_.missing(Kind::network_interface, workload.account, workload.region);
  const Instance* instance = cloud_->instances.find(workload.object.as<Kind::instance>());
  if (!missing || workload.kind == WorkloadKind::network_interface) return {};
  if (instance == nullptr || instance->interfaces.open || instance->interfaces.empty()) return missing;
  const bool all = std::all_of(instance->interfaces.begin(), instance->interfaces.end(),
                               [&](InterfaceId id) { return cloud_->interfaces.find(id) != nullptr; });
  return all ? GapId() : missing;
}

GapId Index::unseen_public() const {
  if (parts_->unseen_public) return parts_->unseen_public;
  for (const Vpc& vpc : cloud_->vpcs) {
    if (const GapId gap = cloud_.missing(Kind::network_interface, vpc.head.account, vpc.head.region)) return gap;
  }
  return stray(Kind::network_interface);
}

GapId Index::may_be_elsewhere(Address address, const std::vector<VpcId>& except) const {
  const auto excluded = [&](VpcId vpc) { return std::find(except.begin(), except.end(), vpc) != except.end(); };
  const auto may_hold = [&](const Named& blocks) {
    return blocks.gap || (blocks.later && address.family == Family::v6) || blocks.set.contains(address);
  };
  for (const Vpc& vpc : cloud_->vpcs) {
    if (excluded(vpc.id) || !may_hold(blocks(vpc))) continue;
    if (const GapId gap = cloud_.missing(Kind::network_interface, vpc.head.account, vpc.head.region)) return gap;
  }
  for (const Interface& interface : cloud_->interfaces) {
    GapId gap = interface.addresses.open;
    for (const Value<Address>& a : interface.addresses) {
      if (!a.known()) gap = a.gap();
    }
    if (!gap || (interface.vpc.known() && excluded(*interface.vpc))) continue;
    const Subnet* subnet = interface.subnet.known() ? cloud_->subnets.find(*interface.subnet) : nullptr;
    if (subnet == nullptr || may_hold(blocks(*subnet))) return gap;
  }
  return {};
}

const Endpoint* Index::endpoint_of(InterfaceId interface) const {
  return look_up(parts_->endpoint_of_interface, interface.number());
}

std::span<const OwnName> Index::own_names(std::string_view name) const {
  const auto found = parts_->own_names.find(std::string(name));
  if (found == parts_->own_names.end()) return {};
  return found->second;
}

std::span<const Interface* const> Index::function_interfaces(SubnetId subnet) const {
  return span_of(parts_->function_interfaces, subnet.number());
}

const Named& Index::members(SecurityGroupId group) const {
  const auto found = parts_->members.find(group.number());
  return found == parts_->members.end() ? nothing_named : found->second;
}

Named Index::named(const Prefix& prefix) const { return {set_of(prefix), {}, {}, {}}; }

Named Index::named(PrefixListId id) const {
  const Named* known = list(id);
  return known != nullptr ? *known : Named{{}, absent(id), any_address(), {}};
}

const Named* Index::list(PrefixListId id) const {
  const auto found = parts_->lists.find(id.number());
  return found == parts_->lists.end() ? nullptr : &found->second;
}

Truth Index::attached(const InternetGateway& gateway, VpcId vpc) const {
  if (std::find(gateway.vpcs.begin(), gateway.vpcs.end(), vpc) != gateway.vpcs.end()) return Truth::yes;
  return gateway.vpcs.open ? Truth::unknown : Truth::no;
}

const RouteTable* Index::edge_table(Ref gateway) const {
  const auto it = places_->edge_table_of.find({gateway.kind, gateway.number});
  return it == places_->edge_table_of.end() ? nullptr : noted(it->second);
}

Truth Index::peered(VpcId a, VpcId b) const {
  Truth result = Truth::no;
  for (const Peering& peering : cloud_->peerings) {
    // One of which a side is not known may join any two.
    if (peering.head.gap && (!peering.requester.vpc || !peering.accepter.vpc)) result = result | Truth::unknown;
    const bool joins = (peering.requester.vpc == a && peering.accepter.vpc == b) ||
                       (peering.requester.vpc == b && peering.accepter.vpc == a);
    // References work within one Region only (PX-5).
    if (!joins || peering.requester.region != peering.accepter.region) continue;
    result = result | (peering.state.known() ? truth(*peering.state == State::working) : Truth::unknown);
  }
  return result;
}

}  // namespace sallyport::net
