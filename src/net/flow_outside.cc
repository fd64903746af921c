#include "net/question.h"

#include <algorithm>
#include <utility>

#include "net/platform.h"
#include "net/seen.h"
#include "net/walk.h"

namespace sallyport::net {

void Question::from(const InternetSource&) {
  if (to_front_door()) return;
  if (to_platform(internet(index_, Family::v4) | internet(index_, Family::v6), "internet")) return;
  Side four, six;
  four.set = internet(index_, Family::v4), six.set = internet(index_, Family::v6);
  four.outside_cloud = six.outside_cloud = true;
  enter(four, Family::v4, "internet");
  enter(six, Family::v6, "internet");
  doubt_unseen();
  if (outcomes_.empty()) unreachable_from_outside(four);
}

// A resource or service behind a public API is reached by its front door, always.
bool Question::to_front_door() {
  const bool fronted =
      std::holds_alternative<ServiceTarget>(flow_.to) || std::holds_alternative<ResourceTarget>(flow_.to);
  const auto* host = std::get_if<HostTarget>(&flow_.to);
  if (host != nullptr) {
    const Resolved resolved = resolve(index_, nullptr, host->host);
    if (const NameEnd end = resolved.ends.front().end;
        end == NameEnd::endpoint || end == NameEnd::lattice || end == NameEnd::nothing) {
      unreachable_from_outside();
      return true;
    }
    if (resolved.ends.front().end != NameEnd::service) {
      perhaps_reached(resolved.ends.front().gap);
      return true;
    }
  } else if (!fronted) {
    return false;
  }
  Outcome end;
  end.may = Verdict::public_;
  end.reason = {"FRONT_DOOR", "the service's public API answers everybody: only policies close it", {}, {}};
  end.trail.hops.push_back({"internet", {}, "internet", "some public address outside the cloud", {}});
  end.trail.hops.push_back({"service", {}, label(index_.cloud(), flow_.to).id, "the public API", {}});
  end.trail.doors.push_back({DoorKind::front_door, {}});
  Passage passage;
  passage.door = {DoorKind::front_door, {}};
  if (const auto* source = std::get_if<AddressSource>(&flow_.from)) {
    passage.source_addresses = set_of(source->address);
    passage.source_exact = true;
  } else {
    passage.source_addresses = internet(index_, Family::v4) | internet(index_, Family::v6);
  }
  end.passages.push_back(std::move(passage));
  outcomes_.push_back(std::move(end));
  return true;
}

// From outside to a platform workload; false: its interfaces in a VPC decide.
bool Question::to_platform(const AddressSet& source, const std::string& who) {
  const PlatformWorkload* row = platform_of(index_, flow_.to);
  if (row == nullptr) return false;
  if (!has_front(*row)) return not_running();
  Trail trail;
  trail.hops.push_back({"internet", {}, who, "some public address outside the cloud", {}});
  trail.doors.push_back({DoorKind::front_door, {}});
  outcomes_.push_back(at_front(index_, *row, source, true, std::move(trail)));
  return true;
}

bool Question::not_running() {
  std::optional<Outcome> end = net::not_running(index_, flow_.to);
  if (end) outcomes_.push_back(std::move(*end));
  return end.has_value();
}

// An interface of the workload that is not in the input may be reached too.
void Question::doubt_unseen() {
  const auto* t = std::get_if<WorkloadTarget>(&flow_.to);
  if (t == nullptr || outcomes_.empty()) return;
  if (const GapId missing = index_.unseen_interface(t->workload)) perhaps_reached(missing);
}

void Question::enter(const Side& source, Family family, const std::string& who) {
  for (const Interface& interface : index_.cloud()->interfaces) {
    if (!is_target(index_, flow_.to, interface)) continue;
    Trail trail;
    trail.hops.push_back({"internet", {}, who, "some public address outside the cloud", {}});
    if (family == Family::v4) {
      for (const PublicAddress& p : interface.public_addresses) {
        if (is_target(index_, flow_.to, interface, p.address)) add(enter_at(source, interface, p.address, trail));
      }
      const GapId unseen = interface.public_addresses.open;
      if (unseen && (!interface.surely_public || std::holds_alternative<AddressTarget>(flow_.to)))
        at_unseen_address(source, interface, trail, unseen);
      else if (unseen)
        add(enter_at(source, interface, std::nullopt, trail));
      continue;
    }
    for (const Value<Address>& a : interface.addresses) {
      if (a.known() && a->family == Family::v6 && is_public(*a) && is_target(index_, flow_.to, interface, *a))
        add(enter_at(source, interface, *a, trail));
      const Side six = a.known() || !asks_for(flow_.to, family) ? Side() : unknown_ipv6(index_, interface, a.gap());
      if (six.set.empty()) continue;
      if (std::holds_alternative<AddressTarget>(flow_.to)) {
        perhaps_reached(a.gap());
      } else {
        add(enter_to(source, interface, six, trail));
      }
    }
    // More addresses may be there, and IPv6 ones are public.
    if (interface.addresses.open && may_have_ipv6(index_, interface) && asks_for(flow_.to, family))
      perhaps_reached(interface.addresses.open);
  }
}

// At a public address that the interface may have: `blocked` if even there nothing arrives.
void Question::at_unseen_address(const Side& source, const Interface& interface, const Trail& trail, GapId unseen) {
  Side own;  // whichever of them it may lead to
  bool all = interface.addresses.complete() && !source.set.empty() && source.set.front().family == Family::v4;
  for (const Value<Address>& a : interface.addresses) {
    all = all && a.known();
    if (a.known() && a->family == Family::v4) own.set = own.set | set_of(*a);
  }
  Outcomes ends = all && !own.set.empty() ? enter_to(source, interface, own, trail) : Outcomes();
  const auto refused = [](const Outcome& end) { return end.may == May(Verdict::blocked); };
  if (ends.empty() || !std::all_of(ends.begin(), ends.end(), refused)) return perhaps_reached(unseen);
  add(std::move(ends));
}

// The same of a workload that has one on one of its interfaces.
void Question::at_unseen_address_of(const Side& source, const PlatformWorkload& row, GapId unseen) {
  if (row.interfaces.open || row.interfaces.empty()) return perhaps_reached(unseen);
  for (const InterfaceId id : row.interfaces) {
    const Interface* interface = index_.cloud()->interfaces.find(id);
    if (interface == nullptr) return perhaps_reached(unseen);
    at_unseen_address(source, *interface, {}, unseen);
  }
}

Outcomes Question::enter_at(const Side& source, const Interface& interface, std::optional<Address> address,
                            Trail trail) const {
  Side destination;
  if (address) destination.set = set_of(*address);
  for (const PublicAddress& p : interface.public_addresses) {
    if (p.address == address) destination.set = set_of(p.private_address);
  }
  return enter_to(source, interface, destination, std::move(trail));
}

Outcomes Question::enter_to(const Side& source, const Interface& interface, const Side& to, Trail trail) const {
  Walker walker(index_, {}, {nullptr, &interface});
  return walker.enter(beam_of(source, to, any_client_ports()), std::move(trail), interface);
}

void Question::unreachable_from_outside(const Side& source) {
  if (const auto* t = std::get_if<AddressTarget>(&flow_.to); t != nullptr && is_public(t->address)) {
    perhaps_reached(index_.gap(GapKind::outside, "`" + to_string(t->address) + "` belongs to nothing in the input"));
    return;
  }
  if (const auto* t = std::get_if<LoadBalancerTarget>(&flow_.to)) {
    if (const GapId gap = may_face_outside(index_, *t)) return perhaps_reached(gap);
  }
  if (const PlatformWorkload* row = platform_of(index_, flow_.to)) {
    if (const GapId unseen = unseen_public_of(index_, *row)) return at_unseen_address_of(source, *row, unseen);
  } else if (const auto* t = std::get_if<WorkloadTarget>(&flow_.to)) {
    if (const GapId missing = index_.unseen_interface(t->workload)) return perhaps_reached(missing);
  }
  Outcome end = refused({"IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "it has no public address", {}, {}});
  end.trail.hops.push_back({"internet", {}, "internet", "some public address outside the cloud", {}});
  outcomes_.push_back(std::move(end));
}

}  // namespace sallyport::net
