#include "model/ids.h"

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <vector>

#include "base/result.h"

namespace sallyport {
namespace {

constexpr std::size_t kinds = static_cast<std::size_t>(Kind::count_);

struct Named {
  Text scope;
  Text id;
};

// What a text names: nearly always one thing.
struct Meaning {
  Text scope;
  std::uint32_t number = 0;
  Kind kind = Kind::none;
};

std::uint64_t key(Text scope, Text id) { return static_cast<std::uint64_t>(scope.number()) << 32 | id.number(); }

}  // namespace

// Texts are numbered in the order in which they come, and so are the things that they name: the first that
// a text names stands at the text's number, next to what was read just before.
struct Ids::Index {
  std::vector<Meaning> first;                                                          // by the text's number
  std::array<boost::unordered_flat_map<std::uint64_t, std::uint32_t>, kinds> further;  // by scope and text
  std::array<std::vector<Named>, kinds> named;

  const Meaning* first_of(Text id) const { return id.number() < first.size() ? &first[id.number()] : nullptr; }
};

Ids::Ids(TextPool&) : index_(std::make_unique<Index>()) {}

Ids::~Ids() = default;

Ref Ids::intern(Kind kind, Text scope, Text id) {
  SP_ASSERT(kind != Kind::none && kind != Kind::count_);
  auto& named = index_->named[static_cast<std::size_t>(kind)];
  const auto next = static_cast<std::uint32_t>(named.size() + 1);
  if (id.number() >= index_->first.size()) index_->first.resize(id.number() + 1);
  Meaning& first = index_->first[id.number()];
  if (first.kind == kind && first.scope == scope) return {kind, first.number};
  if (first.kind == Kind::none) {
    first = {scope, next, kind};
    named.push_back({scope, id});
    return {kind, next};
  }
  const auto [entry, is_new] = index_->further[static_cast<std::size_t>(kind)].try_emplace(key(scope, id), next);
  if (is_new) named.push_back({scope, id});
  return {kind, entry->second};
}

std::optional<Ref> Ids::find(Kind kind, Text scope, Text id) const {
  const Meaning* const first = index_->first_of(id);
  if (first == nullptr || first->kind == Kind::none) return std::nullopt;
  if (first->kind == kind && first->scope == scope) return Ref(kind, first->number);
  const auto& further = index_->further[static_cast<std::size_t>(kind)];
  const auto found = further.find(key(scope, id));
  if (found == further.end()) return std::nullopt;
  return Ref(kind, found->second);
}

Text Ids::id(Ref ref) const {
  if (!ref) return {};
  return index_->named[static_cast<std::size_t>(ref.kind)][ref.number - 1].id;
}

Text Ids::scope(Ref ref) const {
  if (!ref) return {};
  return index_->named[static_cast<std::size_t>(ref.kind)][ref.number - 1].scope;
}

std::uint32_t Ids::count(Kind kind) const {
  return static_cast<std::uint32_t>(index_->named[static_cast<std::size_t>(kind)].size());
}

const char* name(Kind kind) {
  switch (kind) {
    case Kind::none: return "none";
    case Kind::vpc: return "vpc";
    case Kind::subnet: return "subnet";
    case Kind::route_table: return "route-table";
    case Kind::network_acl: return "network-acl";
    case Kind::security_group: return "security-group";
    case Kind::network_interface: return "network-interface";
    case Kind::instance: return "instance";
    case Kind::internet_gateway: return "internet-gateway";
    case Kind::egress_only_gateway: return "egress-only-gateway";
    case Kind::nat_gateway: return "nat-gateway";
    case Kind::endpoint: return "endpoint";
    case Kind::endpoint_service: return "endpoint-service";
    case Kind::prefix_list: return "prefix-list";
    case Kind::peering: return "peering";
    case Kind::transit_gateway: return "transit-gateway";
    case Kind::transit_attachment: return "transit-gateway-attachment";
    case Kind::transit_table: return "transit-gateway-route-table";
    case Kind::vpn_gateway: return "vpn-gateway";
    case Kind::local_gateway: return "local-gateway";
    case Kind::carrier_gateway: return "carrier-gateway";
    case Kind::core_network: return "core-network";
    case Kind::dhcp_options: return "dhcp-options";
    case Kind::function: return "function";
    case Kind::bucket: return "bucket";
    case Kind::table: return "table";
    case Kind::hosted_zone: return "hosted-zone";
    case Kind::role: return "role";
    case Kind::user: return "user";
    case Kind::group: return "group";
    case Kind::instance_profile: return "instance-profile";
    case Kind::account: return "account";
    case Kind::organization: return "organization";
    case Kind::org_node: return "org-node";
    case Kind::policy: return "policy";
    case Kind::resolver_rule: return "resolver-rule";
    case Kind::resource: return "resource";
    case Kind::queue: return "queue";
    case Kind::topic: return "topic";
    case Kind::key: return "key";
    case Kind::secret: return "secret";
    case Kind::repository: return "repository";
    case Kind::event_bus: return "event-bus";
    case Kind::api: return "api";
    case Kind::stream: return "stream";
    case Kind::state_machine: return "state-machine";
    case Kind::resolver_endpoint: return "resolver-endpoint";
    case Kind::public_access_block: return "vpc-block-public-access";
    case Kind::public_access_exclusion: return "vpc-block-public-access-exclusion";
    case Kind::dns_firewall: return "dns-firewall";
    case Kind::resource_gateway: return "resource-gateway";
    case Kind::resource_configuration: return "resource-configuration";
    case Kind::service_network: return "service-network";
    case Kind::load_balancer: return "load-balancer";
    case Kind::target_group: return "target-group";
    case Kind::platform_workload: return "platform-workload";
    case Kind::task: return "task";
    case Kind::cluster: return "cluster";
    case Kind::database: return "database";
    case Kind::warehouse: return "warehouse";
    case Kind::cache: return "cache";
    case Kind::search_domain: return "search-domain";
    case Kind::broker: return "broker";
    case Kind::file_system: return "file-system";
    case Kind::notebook: return "notebook";
    case Kind::build_project: return "build-project";
    case Kind::data_connection: return "data-connection";
    case Kind::job_queue: return "job-queue";
    case Kind::web_service: return "web-service";
    case Kind::data_cluster: return "data-cluster";
    case Kind::connect_endpoint: return "connect-endpoint";
    case Kind::count_: break;
  }
  return "unknown";
}

}  // namespace sallyport
