#include "net/platform.h"

#include <algorithm>
#include <utility>

namespace sallyport::net {
namespace {

// The ranges that may use the public address; all of both families where none is named.
AddressSet admitted_by(const PlatformWorkload& workload) {
  AddressSet all = set_of(everything(Family::v4)) | set_of(everything(Family::v6));
  if (workload.admits.empty()) return all;
  AddressSet named;
  for (const Prefix& p : workload.admits) named = named | set_of(p);
  return named;
}

Outcome ended(May may, Trail trail, Reason reason) {
  Outcome end;
  end.may = may;
  end.trail = std::move(trail);
  end.reason = std::move(reason);
  return end;
}

Outcome not_admitted(const Index& index, const PlatformWorkload& workload, Trail trail) {
  return ended(Verdict::blocked, std::move(trail),
               {"PUBLIC_ENDPOINT_RESTRICTION",
                "the public address of `" + index.show(workload.id) + "` admits other ranges only", workload.id,
                workload.head.origin});
}

}  // namespace

const PlatformWorkload* platform_of(const Index& index, const Workload& workload) {
  return index.cloud()->platform_workloads.find(workload.object.as<Kind::platform_workload>());
}

const PlatformWorkload* platform_of(const Index& index, const Target& target) {
  const auto* t = std::get_if<WorkloadTarget>(&target);
  return t == nullptr ? nullptr : platform_of(index, t->workload);
}

// https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
// https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html
// https://docs.aws.amazon.com/glue/latest/dg/connection-VPC-disable-proxy.html
Bypass bypass_of(const PlatformWorkload& workload) {
  if (workload.what == Kind::notebook) return Bypass::by_address;
  return workload.what == Kind::warehouse ? Bypass::outwards : Bypass::calls_to_services;
}

bool has_front(const PlatformWorkload& workload) {
  return workload.what == Kind::cluster || workload.what == Kind::web_service || workload.what == Kind::search_domain;
}

GapId unseen_of(const Index& index, const PlatformWorkload& workload) {
  if (!workload.state.known()) return workload.state.gap();
  if (workload.interfaces.open) return workload.interfaces.open;
  for (const InterfaceId id : workload.interfaces) {
    const Interface* interface = index.cloud()->interfaces.find(id);
    if (interface == nullptr) return index.absent(id);
    if (interface->public_addresses.open && !interface->surely_public) return interface->public_addresses.open;
  }
  return {};
}

GapId unseen_public_of(const Index& index, const PlatformWorkload& row) {
  const Value<bool>& has = row.what == Kind::task ? row.public_address : row.publicly_accessible;
  if (has.known() && !*has && (row.what != Kind::task || row.interfaces.open)) return {};
  if (const GapId gap = unseen_of(index, row)) return gap;
  if (!has.known()) return row.what == Kind::task ? GapId() : has.gap();
  if (!*has || row.what == Kind::task) return {};
  return index.gap(GapKind::not_collected, "the public address of `" + index.show(row.id) + "` is not in the input",
                   listing_command(Kind::network_interface));
}

std::optional<Outcome> not_running(const Index& index, const Target& target) {
  const PlatformWorkload* row = platform_of(index, target);
  if (row == nullptr || !row->state.known() || *row->state == State::working) return std::nullopt;
  return ended(Verdict::blocked, {},
               {"BAD_STATE", "`" + index.show(row->id) + "` is not running", row->id, row->head.origin});
}

namespace {

// Has one of its interfaces the address?
bool has_address(const Index& index, const Workload& workload, Address address) {
  const auto own = [&](const Interface* i) {
    return i != nullptr && std::any_of(i->addresses.begin(), i->addresses.end(),
                                       [&](const Value<Address>& a) { return a.known() && *a == address; });
  };
  if (own(index.cloud()->interfaces.find(workload.object.as<Kind::network_interface>()))) return true;
  if (const Instance* instance = index.cloud()->instances.find(workload.object.as<Kind::instance>())) {
    const auto all = index.interfaces_of(*instance);
    return std::any_of(all.begin(), all.end(), own);
  }
  const PlatformWorkload* row = platform_of(index, workload);
  return row != nullptr && std::any_of(row->interfaces.begin(), row->interfaces.end(),
                                       [&](InterfaceId id) { return own(index.cloud()->interfaces.find(id)); });
}

}  // namespace

std::optional<Outcome> calls_only_its_resource(const Index& index, const PlatformWorkload& row, const Target& target) {
  if (!row.place.known() || !row.place->through) return std::nullopt;
  const ResourceConfiguration* resource = index.cloud()->resource_configurations.find(row.place->through);
  if (resource == nullptr) return std::nullopt;  // what it calls is not known
  if (const auto* host = std::get_if<HostTarget>(&target)) {
    const Value<Text>& domain = resource->custom_domain;
    if (host->host == index.view(resource->host) || !domain.known() || host->host == index.view(*domain))
      return std::nullopt;
  }
  const bool settled = resource->has_address && resource->address.known();
  const auto* address = std::get_if<AddressTarget>(&target);
  const auto* workload = std::get_if<WorkloadTarget>(&target);
  if (settled && address != nullptr && address->address == *resource->address) return std::nullopt;
  if (settled && workload != nullptr && has_address(index, workload->workload, *resource->address)) return std::nullopt;
  Trail trail;
  trail.reads.push_back(resource->id);
  // Its address may be that of an interface that is not in the input.
  if (settled && workload != nullptr) {
    GapId unseen = index.unseen_interface(workload->workload);
    if (const PlatformWorkload* other = platform_of(index, workload->workload); other != nullptr && !unseen)
      unseen = unseen_of(index, *other);
    if (unseen) {
      trail.doubts.push_back(unseen);
      return ended(May(Verdict::private_) | May(Verdict::blocked), std::move(trail),
                   {"UNKNOWN_RESOURCE", index.registry().gaps[unseen].what, resource->id, resource->head.origin});
    }
  }
  if (!settled && (address != nullptr || workload != nullptr)) {
    const GapId gap = index.gap(GapKind::not_modelled, "at which address `" + index.show(resource->id) + "` stands");
    trail.doubts.push_back(gap);
    return ended(May::anything(), std::move(trail),
                 {"UNKNOWN_RESOURCE", index.registry().gaps[gap].what, resource->id, resource->head.origin});
  }
  return ended(Verdict::blocked, std::move(trail),
               {"NO_POSSIBLE_DESTINATION",
                "`" + index.show(row.id) + "` calls the resource `" + index.show(resource->id) + "` and nothing else",
                resource->id, resource->head.origin});
}

Outcome at_front(const Index& index, const PlatformWorkload& workload, const AddressSet& source, bool each,
                 Trail trail) {
  trail.reads.push_back(workload.id);
  trail.hops.push_back(
      {name(workload.what), workload.id, {}, "its public address, on a machine of AWS's", workload.head.origin});
  const auto unsure = [&](GapId gap) {
    trail.doubts.push_back(gap);
    Outcome end = ended(May(Verdict::public_) | May(Verdict::blocked), trail,
                        {"UNKNOWN_RESOURCE", index.registry().gaps[gap].what, workload.id, workload.head.origin});
    Passage passage;
    passage.certain = false;
    end.passages.push_back(std::move(passage));
    return end;
  };
  if (workload.state.known() && *workload.state == State::not_working) {
    return ended(Verdict::blocked, std::move(trail),
                 {"BAD_STATE", "`" + index.show(workload.id) + "` is not running", workload.id, workload.head.origin});
  }
  if (!workload.state.known()) return unsure(workload.state.gap());
  if (!workload.publicly_accessible.known()) return unsure(workload.publicly_accessible.gap());
  if (!*workload.publicly_accessible) {
    return ended(Verdict::blocked, std::move(trail),
                 {"NO_PUBLIC_ENDPOINT", "`" + index.show(workload.id) + "` is reached from networks of its VPC only",
                  workload.id, workload.head.origin});
  }
  const AddressSet admitted = admitted_by(workload);
  const AddressSet passing = source & admitted;
  const bool all = (source - admitted).empty();
  if ((passing.empty() || workload.admits.empty()) && workload.admits.open) return unsure(workload.admits.open);
  if (passing.empty()) return not_admitted(index, workload, std::move(trail));
  if (!each && !all) {
    return unsure(workload.admits.open
                      ? workload.admits.open
                      : index.gap(GapKind::undocumented, "from which public address it is called is not fixed"));
  }
  Outcome end = ended(Verdict::public_, std::move(trail), {"REACHED_PUBLICLY", {}, workload.id, workload.head.origin});
  Passage passage;
  passage.door = end.trail.doors.empty() ? Door{DoorKind::front_door, {}} : naming_door(end.trail.doors);
  passage.source_addresses = passing;
  passage.source_exact = each;
  end.passages.push_back(std::move(passage));
  return end;
}

Outcome admitted(const Index& index, const PlatformWorkload& workload, Outcome outcome) {
  if ((workload.admits.empty() && workload.admits.complete()) || !outcome.may.has(Verdict::public_)) return outcome;
  const AddressSet ranges = admitted_by(workload);
  AddressSet source;
  bool bounded = outcome.passages.empty();
  for (const Passage& p : outcome.passages) {
    source = source | p.source_addresses;
    bounded = bounded || p.source_addresses.empty() || !p.source_exact;
  }
  const bool told = !workload.admits.empty();
  if (told && !bounded && (source - ranges).empty()) return outcome;
  if (!bounded && (source & ranges).empty() && !workload.admits.open) {
    return not_admitted(index, workload, std::move(outcome.trail));
  }
  if (told && bounded && !source.empty() && (source - ranges).empty()) return outcome;
  outcome.may = outcome.may | Verdict::blocked;
  outcome.trail.doubts.push_back(
      workload.admits.open
          ? workload.admits.open
          : index.gap(GapKind::undocumented, "whether the public address of `" + index.show(workload.id) +
                                                 "` admits the address that it is called from is not known"));
  for (Passage& p : outcome.passages) p.certain = false;
  return outcome;
}

}  // namespace sallyport::net
