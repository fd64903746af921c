#include "net/destination.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "facts/endpoints.h"
#include "facts/names.h"
#include "model/later.h"
#include "net/aimed.h"
#include "net/name_book.h"
#include "net/platform.h"
#include "net/start.h"

namespace sallyport::net {
namespace {

// `arn:aws:ecr:REGION:ACCOUNT:repository/NAME` -> `ACCOUNT`
std::string_view account_of(std::string_view arn) {
  for (int i = 0; i < 4; ++i) arn.remove_prefix(std::min(arn.find(':'), arn.size() - 1) + 1);
  return arn.substr(0, arn.find(':'));
}

std::vector<Destination> destinations(const Index& index, const Resolution& r, const std::string& host) {
  std::vector<Destination> out;
  switch (r.end) {
    case NameEnd::service:
      out.push_back(aimed(r.side, {}));
      if (!r.side_v6.set.empty()) out.push_back(aimed(r.side_v6, {}));
      break;
    case NameEnd::addresses:
      // Each address is an alternative of its own.
      for (const Interval<Address>& i : r.side.set.intervals()) {
        for (Address a = i.first;; a = next(a)) {
          Side one = r.side;
          one.set = set_of(a);
          out.push_back(aimed(std::move(one), {}));
          if (a == i.last || out.size() > 64) break;
        }
      }
      break;
    case NameEnd::lattice:
      out.push_back(aimed(r.side, {}));
      out.push_back(aimed(r.side_v6, {}));
      break;
    case NameEnd::endpoint: at_endpoint(index, *r.endpoint, r.zone, out); break;
    case NameEnd::balancer: at_balancer(index, *r.balancer, out); break;
    case NameEnd::filtered: out.push_back(nothing({"DNS_FIREWALL_RESTRICTION", r.detail, r.by, r.place})); break;
    case NameEnd::nothing: out.push_back(nothing({"DNS_NO_RECORD", r.detail, r.by, r.place})); break;
    case NameEnd::no_answer: out.push_back(nothing({"DNS_RESOLUTION_DISABLED", r.detail, r.by, r.place})); break;
    case NameEnd::unknown:
      out.push_back(lost(index, r.gap, {"DNS_UNKNOWN", r.detail, r.by, r.place}));
      if (r.is_private) out.back().failed.may = May(Verdict::private_) | May(Verdict::blocked);
      break;
  }
  for (Destination& d : out) {
    if (index.options().hops) d.hops.push_back({"dns", {}, host, r.detail, r.place});
    d.host = host;
  }
  return out;
}

Aim aim_at_name(const Index& index, const Vpc* vpc, std::string_view host, std::string_view region) {
  const Resolved resolved = resolve(index, vpc, host, region);
  Aim aim{{}, {}, resolved.reads, resolved.assumptions};
  for (const Resolution& r : resolved.ends) {
    aim.options.push_back(destinations(index, r, resolved.name));
    if (resolved.ends.size() > 1 && r.gap) aim.doubts.push_back(r.gap);
  }
  return aim;
}

struct AimAt {
  const Index& index;
  const Vpc* vpc;
  std::string_view account;
  std::vector<Aim> result{};

  void add(const std::string& host, std::string_view region) {
    result.push_back(aim_at_name(index, vpc, host, region));
  }

  void service(std::string_view service_name, std::string_view region, std::string_view resource) {
    const facts::Service* known = facts::service(service_name);
    static const std::vector<facts::HostName> none;
    const std::vector<facts::HostName>& names = known == nullptr ? none : index.names().in_use(*known, region);
    for (const facts::HostName& host : names) {
      // A bucket or the account stands in front of some names; a plain question about
      // the service has neither.
      std::string_view front = host.kind == facts::NameKind::account ? account : resource;
      if (host.wildcard && host.kind != facts::NameKind::account && front.empty()) front = "*";  // any resource
      if (host.wildcard && front.empty()) continue;
      add(host.wildcard ? std::string(front) + host.name.substr(1) : host.name, region);
    }
    // Services that have names of that form only (registries): any label will do.
    for (std::size_t i = 0; result.empty() && i < names.size(); ++i) {
      add((account.empty() ? "any" : std::string(account)) + names[i].name.substr(1), region);
    }
    if (!result.empty()) return;
    const std::string what = "`" + std::string(service_name) + "`";
    const GapId gap =
        region.empty()
            ? index.gap(
                  GapKind::not_collected, "nothing says in which Region " + what + " is called",
                  "give the Region: of a stack, `AWS::Region` with `--parameters FILE`; of a plan, the provider's")
            : index.gap(GapKind::not_modelled,
                        "no default host name is known for " + what + " in `" + std::string(region) + "`",
                        "ask by host name");
    result.push_back({{{lost(index, gap, {"UNKNOWN_DESTINATION", {}, {}, {}})}}, {}, {}, {}});
  }

  void operator()(const ServiceTarget& t) { service(t.service, t.region, {}); }

  void operator()(const ResourceTarget& t) {
    if (!t.region.known()) {
      result.push_back({{{lost(index, t.region.gap(), {"UNKNOWN_DESTINATION", {}, t.object, {}})}}, {}, {}, {}});
      return;
    }
    const bool is_bucket = t.object.kind == Kind::bucket;
    service(t.service, index.view(*t.region), is_bucket ? index.cloud().id(t.object) : std::string_view());
    // Images come and go by the registry's name, which is its account's; the API only tells which there are.
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    if (t.service == "ecr") service("ecr.dkr", index.view(*t.region), account_of(t.arn));
  }

  // A file system's name: for each client the mount target of its zone.
  bool at_file_system(const std::string& host) {
    const PlatformWorkload* row = vpc == nullptr ? nullptr : file_system_named(index, host);
    if (row == nullptr || !row->place.known() || row->place->vpc != vpc->id) return false;
    std::vector<Destination> out = inside(*row);
    for (Destination& d : out) {
      const Interface* interface = d.goal.interface;
      const Subnet* subnet =
          interface != nullptr && interface->subnet.known() ? index.cloud()->subnets.find(*interface->subnet) : nullptr;
      if (subnet != nullptr) d.zone = subnet->zone;
      d.host = host;
    }
    result.push_back({{std::move(out)}, {}, {row->id}, {}});
    return true;
  }

  void operator()(const HostTarget& t) {
    if (!at_file_system(t.host)) result.push_back(aim_at_name(index, vpc, t.host, {}));
  }

  void operator()(const AddressTarget& t) {
    Side side;
    side.set = set_of(t.address);
    result.push_back({{{aimed(std::move(side), {})}}, {}, {}, {}});
  }

  // By its own name, which leads to its private addresses in its VPC; elsewhere to the
  // public one, where it has one.
  void platform(const PlatformWorkload& row) {
    const Reason here{"UNKNOWN_DESTINATION", {}, row.id, row.head.origin};
    std::vector<std::vector<Destination>> options;
    const auto only = [&](Destination d) { result.push_back({{{std::move(d)}}, {}, {}, {}}); };
    if (!row.state.known()) return only(lost(index, row.state.gap(), here));
    if (*row.state == State::not_working) {
      return only(nothing({"BAD_STATE", "`" + index.show(row.id) + "` is not running", row.id, row.head.origin}));
    }
    if (!row.place.known()) return only(lost(index, row.place.gap(), here));
    const bool in_vpc = row.place->vpc || !row.place->subnets.empty() || row.place->subnets.open;
    const bool private_unknown = row.what == Kind::cluster && row.interfaces.open;
    const bool nowhere_inside = row.what == Kind::web_service || !in_vpc ||
                                (row.what == Kind::cluster && row.interfaces.empty() && row.interfaces.complete());
    if (!nowhere_inside) {
      const bool same = vpc != nullptr && row.place->vpc == vpc->id;
      const Value<bool>& open = row.publicly_accessible;
      const bool by_private = same || !open.known() || !*open || !row.place->vpc;
      const bool by_public = !same && (!open.known() || *open);
      if (by_private) options.push_back(inside(row));
      if (by_public || private_unknown) options.push_back(outside(row));
    } else {
      options.push_back(outside(row));
    }
    Aim aim{std::move(options), {}, {row.id}, {}};
    if (aim.options.size() > 1) {
      const Value<bool>& open = row.publicly_accessible;
      aim.doubts.push_back(private_unknown ? row.interfaces.open
                           : open.known()  ? index.absent(row.place->subnets.items.front())
                                           : open.gap());
    }
    result.push_back(std::move(aim));
  }

  std::vector<Destination> inside(const PlatformWorkload& row) const {
    std::vector<Destination> out;
    for (const InterfaceId id : row.interfaces) {
      if (const Interface* interface = index.cloud()->interfaces.find(id)) at_interface(index, *interface, {}, out);
    }
    const GapId unseen = unseen_of(index, row);
    if (unseen || out.empty()) {
      const GapId gap = unseen ? unseen
                               : index.gap(GapKind::not_collected,
                                           "the interfaces of `" + index.show(row.id) + "` are not in the input",
                                           listing_command(Kind::network_interface));
      out.push_back(lost(index, gap, {"UNKNOWN_DESTINATION", {}, row.id, row.head.origin}));
      out.back().failed.may = May(Verdict::private_) | May(Verdict::blocked);  // its address there is private
    }
    return out;
  }

  std::vector<Destination> outside(const PlatformWorkload& row) const {
    const Reason here{"UNKNOWN_DESTINATION", {}, row.id, row.head.origin};
    if (has_front(row)) {
      if (!row.publicly_accessible.known()) return {lost(index, row.publicly_accessible.gap(), here)};
      if (!*row.publicly_accessible && row.what == Kind::web_service) {
        Destination d = lost(index,
                             index.gap(GapKind::not_modelled,
                                       "`" + index.show(row.id) +
                                           "` is reached by interface endpoints alone, which its answer does not name"),
                             here);
        d.failed.may = May(Verdict::private_) | May(Verdict::blocked);
        return {std::move(d)};
      }
      if (!*row.publicly_accessible) {
        return {nothing(
            {"NO_PUBLIC_ENDPOINT", "`" + index.show(row.id) + "` has no public address", row.id, row.head.origin})};
      }
      Side side;
      side.set = internet(index, Family::v4);
      side.gap = index.gap(GapKind::undocumented, "which public address `" + index.show(row.id) + "` has is not fixed");
      return {aimed(std::move(side), {})};
    }
    std::vector<Destination> out;
    for (const InterfaceId id : row.interfaces) {
      const Interface* interface = index.cloud()->interfaces.find(id);
      if (interface == nullptr) continue;
      for (const PublicAddress& p : interface->public_addresses) {
        Side side;
        side.set = set_of(p.address);
        out.push_back(aimed(std::move(side), {}));
      }
    }
    if (out.empty() && row.publicly_accessible == Value<bool>(false) && row.interfaces.complete()) {
      out.push_back(
          nothing({"NO_POSSIBLE_DESTINATION", "`" + index.show(row.id) + "` has no address that one could call", row.id,
                   row.head.origin}));
    } else if (out.empty()) {
      const GapId gap =
          index.gap(GapKind::not_collected, "the public address of `" + index.show(row.id) + "` is not in the input",
                    listing_command(Kind::network_interface));
      out.push_back(lost(index, gap, here));
    }
    return out;
  }

  void operator()(const WorkloadTarget& t) {
    if (const PlatformWorkload* row = platform_of(index, t.workload)) return platform(*row);
    std::vector<Destination> out;
    const auto add = [&](const Interface& interface) { at_interface(index, interface, {}, out); };
    if (const Instance* instance = index.cloud()->instances.find(t.workload.object.as<Kind::instance>())) {
      for (const Interface* interface : index.interfaces_of(*instance)) add(*interface);
    }
    if (const Interface* interface = index.cloud()->interfaces.find(t.workload.object.as<Kind::network_interface>()))
      add(*interface);
    // An interface of the workload that is not in the input is an alternative too.
    const GapId unseen = index.unseen_interface(t.workload);
    if (unseen && !out.empty()) {
      out.push_back(lost(index, unseen, {"UNKNOWN_DESTINATION", {}, t.workload.object, {}}));
    }
    if (out.empty()) {
      const GapId gap = index.gap(GapKind::not_collected,
                                  "the interfaces of `" + index.show(t.workload.object) + "` are not in the input",
                                  listing_command(Kind::network_interface));
      out.push_back(lost(index, gap, {"UNKNOWN_DESTINATION", {}, t.workload.object, {}}));
    }
    result.push_back({{std::move(out)}, {}, {}, {}});
  }

  void operator()(const EndpointTarget& t) {
    std::vector<Destination> out;
    if (const Endpoint* endpoint = index.cloud()->endpoints.find(t.endpoint)) {
      at_endpoint(index, *endpoint, {}, out);
    } else {
      out.push_back(lost(index, index.absent(t.endpoint), {"UNKNOWN_DESTINATION", {}, t.endpoint, {}}));
    }
    result.push_back({{std::move(out)}, {}, {}, {}});
  }

  void operator()(const LoadBalancerTarget& t) {
    std::vector<Destination> out;
    if (const LoadBalancer* balancer = index.cloud()->load_balancers.find(t.balancer)) {
      at_balancer(index, *balancer, out);
    } else {
      out.push_back(lost(index, index.absent(t.balancer), {"UNKNOWN_DESTINATION", {}, t.balancer, {}}));
    }
    result.push_back({{std::move(out)}, {}, {}, {}});
  }

  void operator()(const InternetTarget&) {
    std::vector<Destination> out;
    for (const Family family : {Family::v4, Family::v6}) {
      Side side;
      side.set = internet(index, family);
      side.outside_cloud = true;
      out.push_back(aimed(std::move(side), {}));
    }
    if (vpc != nullptr && routes_to_nat64(index, *vpc)) {
      Side side;
      side.set = synthesised(internet(index, Family::v4));
      out.push_back(aimed(std::move(side), {}));
    }
    result.push_back({{std::move(out)}, {}, {}, {}});
  }
};

}  // namespace

Goal goal_of(const Index& index, const Destination& to) {
  Goal goal = to.goal;
  if (!index.settings().assumptions.empty()) goal.host = to.host;
  return goal;
}

std::vector<Destination> seen_in_zone(std::vector<Destination> option, Text zone) {
  std::erase_if(option, [&](const Destination& d) { return !d.zone.empty() && d.zone != zone; });
  if (option.empty())
    option.push_back(nothing({"DNS_NO_RECORD", "the file system has no mount target in this zone", {}, {}}));
  return option;
}

std::vector<Aim> aims(const Index& index, const Vpc* vpc, const Target& target, std::string_view account) {
  AimAt aim{index, vpc, account};
  std::visit(aim, target);
  return std::move(aim.result);
}

AddressSet internet(const Index& index, Family family) {
  std::vector<Interval<Address>> inside;
  for (const Interface& interface : index.cloud()->interfaces) {
    for (const PublicAddress& p : interface.public_addresses) inside.push_back({p.address, p.address});
    for (const Value<Address>& a : interface.addresses) {
      if (a.known() && a->family == Family::v6) inside.push_back({*a, *a});
    }
  }
  for (const Vpc& vpc : index.cloud()->vpcs) {
    for (const Value<Prefix>& block : vpc.cidrs) {
      if (block.known() && !is_later(*block)) inside.push_back({block->first(), block->last()});
    }
  }
  // The addresses behind gateway endpoints answer, they never call (GE-9).
  for (const PrefixList& list : index.cloud()->prefix_lists) {
    const auto behind = facts::api_service_of_endpoint_service(index.view(list.head.name));
    if (!behind || !behind->gateway) continue;
    for (const Prefix& entry : list.entries) inside.push_back({entry.first(), entry.last()});
  }
  AddressSet space = public_space(family) - AddressSet::of(std::move(inside));
  for (const std::vector<Prefix>* list : {&index.settings().trusted_networks, &index.settings().our_networks}) {
    for (const Prefix& p : *list) space = space - set_of(p);
  }
  return space;
}

}  // namespace sallyport::net
