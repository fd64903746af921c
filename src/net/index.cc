#include "net/index.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <string>
#include <utility>

#include "model/later.h"
#include "net/classes.h"
#include "net/name_book.h"
#include "net/platform.h"

namespace sallyport::net {
namespace {

const Named nothing_named;
constexpr std::size_t worth_threads = 4096;  // interfaces

// Managed lists of AWS hold public addresses, and Lattice's link-local ones; never
// private ones of a VPC.
AddressSet managed_list_bound() {
  const Result<Prefix> lattice = parse_prefix("169.254.171.0/24");
  SP_ASSERT(lattice.has_value());
  return public_space(Family::v4) | set_of(*lattice) | set_of(everything(Family::v6));
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

// `later`: why a block is not there yet, if one is not.
Named union_of(const List<Value<Prefix>>& cidrs, const AddressSet& bound, GapId later) {
  Named all;
  all.bound = bound;
  all.gap = cidrs.open;
  for (const Value<Prefix>& cidr : cidrs) {
    if (cidr.known() && is_later(*cidr)) {
      all.later = later;
    } else if (cidr.known()) {
      all.set = all.set | set_of(*cidr);
    } else {
      all.gap = cidr.gap();
    }
  }
  return all;
}

}  // namespace

Index::Index(Cloud cloud, Settings settings, Options options)
    : cloud_(std::move(cloud)),
      settings_(std::move(settings)),
      options_(options),
      names_(std::make_unique<NameBook>()) {
  static std::atomic<std::uint64_t> serials = 0;
  serial_ = ++serials;
  const bool large = cloud_->interfaces.size() > worth_threads;
  auto ground = std::async(large ? std::launch::async : std::launch::deferred, [&] { return ClassGround(cloud_); });
  index_lists();
  index_blocks();
  index_network();
  index_interfaces();
  index_members();
  index_transit();
  index_middleboxes();
  index_public_access();
  index_balancers();
  classes_ = source_classes(*this, ground.get());
}

Index::~Index() = default;

void Index::index_blocks() {
  const GapId later = gap(GapKind::known_after_apply, "which IPv6 blocks Amazon will assign is known after apply",
                          "apply the plan and collect what it made");
  for (const Vpc& vpc : cloud_->vpcs) {
    blocks_of_vpc_.emplace(vpc.id.number(), union_of(vpc.cidrs, any_address(), later));
  }
  for (const Subnet& subnet : cloud_->subnets) {
    const Vpc* vpc = subnet.vpc.known() ? cloud_->vpcs.find(*subnet.vpc) : nullptr;
    const bool bounded = vpc != nullptr && !blocks(*vpc).gap && !blocks(*vpc).later;
    AddressSet bound = bounded ? blocks(*vpc).set : any_address();
    // A subnet has one IPv4 block: where that is known, another can only be of IPv6.
    const bool has_v4 = std::any_of(subnet.cidrs.begin(), subnet.cidrs.end(), [](const Value<Prefix>& cidr) {
      return cidr.known() && cidr->family() == Family::v4;
    });
    if (has_v4) bound = bound & set_of(everything(Family::v6));
    Named& own = blocks_of_subnet_[subnet.id.number()] = union_of(subnet.cidrs, bound, later);
    if (!own.later) continue;
    own.later_of = {subnet.id};
    if (vpc != nullptr) blocks_of_vpc_[vpc->id.number()].later_of.push_back(subnet.id);
  }
  for (auto& [_, blocks] : blocks_of_vpc_) std::sort(blocks.later_of.begin(), blocks.later_of.end());
}

void Index::index_network() {
  for (const RouteTable& table : cloud_->route_tables) {
    if (table.subnets.open) open_tables_.push_back(&table);
    for (const SubnetId subnet : table.subnets) table_of_subnet_.try_emplace(subnet.number(), &table);
    for (const Ref& gateway : table.gateways) edge_table_of_.try_emplace({gateway.kind, gateway.number}, &table);
    if (table.vpc.known() && table.main.known() && *table.main) {
      main_table_of_vpc_.try_emplace(table.vpc->number(), &table);
    }
  }
  for (const NetworkAcl& acl : cloud_->network_acls) {
    if (acl.subnets.open) open_acls_.push_back(&acl);
    for (const SubnetId subnet : acl.subnets) acl_of_subnet_.try_emplace(subnet.number(), &acl);
    if (acl.vpc.known() && acl.is_default.known() && *acl.is_default) {
      default_acl_of_vpc_.try_emplace(acl.vpc->number(), &acl);
    }
  }
  for (const Subnet& subnet : cloud_->subnets) {
    if (subnet.vpc.known()) {
      subnets_of_vpc_[subnet.vpc->number()].push_back(&subnet);
    } else {
      strays_[static_cast<std::uint32_t>(Kind::subnet)] = subnet.vpc.gap();
    }
  }
  std::size_t order_of_names = 0;
  for (const Endpoint& endpoint : cloud_->endpoints) {
    if (endpoint.vpc.known()) {
      endpoints_of_vpc_[endpoint.vpc->number()].push_back(&endpoint);
    } else {
      strays_[static_cast<std::uint32_t>(Kind::endpoint)] = endpoint.vpc.gap();
    }
    for (const Text entry : endpoint.dns_names) {
      std::string pattern(view(entry));
      for (char& c : pattern) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      if (pattern.ends_with('.')) pattern.pop_back();
      std::vector<OwnName>& all = own_names_[pattern.starts_with("*.") ? pattern.substr(2) : pattern];
      all.push_back({&endpoint, std::move(pattern), order_of_names++});
    }
    for (const InterfaceId interface : endpoint.interfaces)
      endpoint_of_interface_.try_emplace(interface.number(), &endpoint);
  }
  for (const HostedZone& zone : cloud_->hosted_zones) {
    if (zone.is_private.known() && !*zone.is_private) continue;
    for (const VpcId vpc : zone.vpcs) zones_of_vpc_[vpc.number()].push_back(&zone);
    if (zone.vpcs.open) loose_zones_.push_back(&zone);
  }
}

void Index::index_interfaces() {
  for (const Interface& interface : cloud_->interfaces) {
    for (const Value<Address>& address : interface.addresses) {
      if (address.known()) by_address_.emplace_back(*address, &interface);
    }
    for (const PublicAddress& mapped : interface.public_addresses) {
      by_public_address_.emplace_back(mapped.address, &interface);
    }
    for (const Value<Address>& address : interface.addresses) {
      if (!address.known()) strays_[static_cast<std::uint32_t>(Kind::network_interface)] = address.gap();
    }
    if (interface.addresses.open)
      strays_[static_cast<std::uint32_t>(Kind::network_interface)] = interface.addresses.open;
    if (interface.public_addresses.open) unseen_public_ = interface.public_addresses.open;
    if (!interface.vpc.known()) strays_[static_cast<std::uint32_t>(Kind::network_interface)] = interface.vpc.gap();
    if (interface.instance) interfaces_of_instance_[interface.instance.number()].push_back(&interface);
    if (interface.kind != InterfaceKind::function) continue;
    if (interface.subnet.known()) {
      function_interfaces_[interface.subnet->number()].push_back(&interface);
    } else {
      unplaced_function_interfaces_.push_back(&interface);
    }
  }
  const auto by_first = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(by_address_.begin(), by_address_.end(), by_first);
  std::stable_sort(by_public_address_.begin(), by_public_address_.end(), by_first);
}

void Index::index_members() {
  for (const SecurityGroup& group : cloud_->security_groups) {
    Named& named = members_[group.id.number()];
    named.bound = any_address();
    named.gap = cloud_.missing(Kind::network_interface, group.head.account, group.head.region);
  }
  boost::unordered_flat_map<std::uint32_t, std::vector<Interval<Address>>> addresses;
  for (const Interface& interface : cloud_->interfaces) {
    for (const SecurityGroupId group : interface.groups) {
      Named& named = members_[group.number()];
      for (const Value<Address>& address : interface.addresses) {
        if (address.known()) {
          addresses[group.number()].push_back({*address, *address});
        } else {
          named.gap = address.gap();
          named.bound = any_address();
        }
      }
    }
    // An interface whose groups are not known may carry any.
    if (interface.groups.open && interface.vpc.known()) {
      for (const SecurityGroup& group : cloud_->security_groups) {
        if (group.vpc == interface.vpc) members_[group.id.number()].gap = interface.groups.open;
      }
    }
  }
  for (auto& [group, intervals] : addresses) members_[group].set = AddressSet::of(std::move(intervals));
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
  if (const RouteTable* own = look_up(table_of_subnet_, subnet.id.number())) return {own, {}};
  if (!subnet.vpc.known()) return {nullptr, subnet.vpc.gap()};
  // Without an explicit association the main table holds, provided that no table
  // with the association may be missing.
  const Vpc* vpc = cloud_->vpcs.find(*subnet.vpc);
  const Text account = vpc != nullptr ? vpc->head.account : subnet.head.account;
  if (const GapId missing = cloud_.missing(Kind::route_table, account, subnet.head.region)) return {nullptr, missing};
  for (const RouteTable* table : open_tables_) {
    if (!table->vpc.known() || *table->vpc == *subnet.vpc) return {nullptr, table->subnets.open};
  }
  if (const RouteTable* main = look_up(main_table_of_vpc_, subnet.vpc->number())) return {main, {}};
  return {nullptr,
          gap(GapKind::not_collected, "the main route table of `" + show(*subnet.vpc) + "` is not in the input",
              listing_command(Kind::route_table))};
}

std::vector<const RouteTable*> Index::possible_tables(const Subnet& subnet) const {
  if (!subnet.vpc.known()) return {};
  const Vpc* vpc = cloud_->vpcs.find(*subnet.vpc);
  const RouteTable* main = look_up(main_table_of_vpc_, subnet.vpc->number());
  if (vpc == nullptr || main == nullptr) return {};
  if (cloud_.missing(Kind::route_table, vpc->head.account, subnet.head.region)) return {};
  std::vector<const RouteTable*> tables{main};
  for (const RouteTable* table : open_tables_) {
    if (table != main && (!table->vpc.known() || *table->vpc == *subnet.vpc)) tables.push_back(table);
  }
  return tables;
}

Found<NetworkAcl> Index::network_acl(const Subnet& subnet) const {
  if (const NetworkAcl* own = look_up(acl_of_subnet_, subnet.id.number())) return {own, {}};
  if (!subnet.vpc.known()) return {nullptr, subnet.vpc.gap()};
  const Vpc* vpc = cloud_->vpcs.find(*subnet.vpc);
  const Text account = vpc != nullptr ? vpc->head.account : subnet.head.account;
  if (const GapId missing = cloud_.missing(Kind::network_acl, account, subnet.head.region)) return {nullptr, missing};
  for (const NetworkAcl* acl : open_acls_) {
    if (!acl->vpc.known() || *acl->vpc == *subnet.vpc) return {nullptr, acl->subnets.open};
  }
  if (const NetworkAcl* acl = look_up(default_acl_of_vpc_, subnet.vpc->number())) return {acl, {}};
  return {nullptr,
          gap(GapKind::not_collected, "the default network ACL of `" + show(*subnet.vpc) + "` is not in the input",
              listing_command(Kind::network_acl))};
}

std::span<const Subnet* const> Index::subnets(VpcId vpc) const { return span_of(subnets_of_vpc_, vpc.number()); }

std::span<const Endpoint* const> Index::endpoints(VpcId vpc) const { return span_of(endpoints_of_vpc_, vpc.number()); }

std::span<const HostedZone* const> Index::zones(VpcId vpc) const { return span_of(zones_of_vpc_, vpc.number()); }

const Interface* Index::interface_at(VpcId vpc, Address address) const {
  for (const auto& [_, interface] : equal_addresses(by_address_, address)) {
    if (interface->vpc.known() && *interface->vpc == vpc) return interface;
  }
  return nullptr;
}

std::span<const std::pair<Address, const Interface*>> Index::interfaces_at(Address address) const {
  return equal_addresses(by_address_, address);
}

AddressSet Index::taken(const Subnet& subnet) const {
  std::vector<Interval<Address>> found;
  for (const Interval<Address>& block : blocks(subnet).set.intervals()) {
    auto at = std::lower_bound(by_address_.begin(), by_address_.end(), block.first,
                               [](const auto& entry, Address a) { return entry.first < a; });
    for (; at != by_address_.end() && at->first <= block.last; ++at) {
      if (at->second->vpc == subnet.vpc) found.push_back({at->first, at->first});
    }
  }
  return AddressSet::of(std::move(found));
}

const Interface* Index::interface_with_public(Address address) const {
  const bool v6 = address.family == Family::v6;
  const auto found = equal_addresses(v6 ? by_address_ : by_public_address_, address);
  return found.empty() || !is_public(address) ? nullptr : found.front().second;
}

std::span<const Interface* const> Index::interfaces_of(const Instance& instance) const {
  return span_of(interfaces_of_instance_, instance.id.number());
}

GapId Index::stray(Kind kind) const {
  const auto found = strays_.find(static_cast<std::uint32_t>(kind));
  return found == strays_.end() ? GapId() : found->second;
}

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
  if (unseen_public_) return unseen_public_;
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
  return look_up(endpoint_of_interface_, interface.number());
}

std::span<const OwnName> Index::own_names(std::string_view name) const {
  const auto found = own_names_.find(std::string(name));
  if (found == own_names_.end()) return {};
  return found->second;
}

std::span<const Interface* const> Index::function_interfaces(SubnetId subnet) const {
  return span_of(function_interfaces_, subnet.number());
}

const Named& Index::members(SecurityGroupId group) const {
  const auto found = members_.find(group.number());
  return found == members_.end() ? nothing_named : found->second;
}

Named Index::named(const Prefix& prefix) const { return {set_of(prefix), {}, {}, {}}; }

Named Index::named(PrefixListId id) const {
  const Named* known = list(id);
  return known != nullptr ? *known : Named{{}, absent(id), any_address(), {}};
}

const Named* Index::list(PrefixListId id) const {
  const auto found = lists_.find(id.number());
  return found == lists_.end() ? nullptr : &found->second;
}

void Index::index_lists() {
  for (const PrefixList& list : cloud_->prefix_lists) {
    Named& named = lists_[list.id.number()];
    const bool managed = list.aws_managed.known() && *list.aws_managed;
    if (managed) named.list = list.head.name;
    named.gap = list.head.gap ? list.head.gap : list.entries.open;
    if (named.gap) named.bound = managed ? managed_list_bound() : any_address();
    std::vector<Interval<Address>> intervals;
    for (const Prefix& entry : list.entries) intervals.push_back({entry.first(), entry.last()});
    named.set = AddressSet::of(std::move(intervals));
  }
}

Truth Index::attached(const InternetGateway& gateway, VpcId vpc) const {
  if (std::find(gateway.vpcs.begin(), gateway.vpcs.end(), vpc) != gateway.vpcs.end()) return Truth::yes;
  return gateway.vpcs.open ? Truth::unknown : Truth::no;
}

const RouteTable* Index::edge_table(Ref gateway) const {
  const auto it = edge_table_of_.find({gateway.kind, gateway.number});
  return it == edge_table_of_.end() ? nullptr : it->second;
}

Truth Index::peered(VpcId a, VpcId b) const {
  Truth result = Truth::no;
  for (const Peering& peering : cloud_->peerings) {
    const bool joins = (peering.requester.vpc == a && peering.accepter.vpc == b) ||
                       (peering.requester.vpc == b && peering.accepter.vpc == a);
    // References work within one Region only (PX-5).
    if (!joins || peering.requester.region != peering.accepter.region) continue;
    result = result | (peering.state.known() ? truth(*peering.state == State::working) : Truth::unknown);
  }
  return result;
}

}  // namespace sallyport::net
