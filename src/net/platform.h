// Platform workloads: by which of two networks their packets leave, and where the
// address stands by which others reach them.
//
// A service that runs something for us in our subnets may still send its own calls by a
// network of the service's own: Redshift without enhanced VPC routing, a notebook with
// direct internet access. And what has a public address has it on an interface in our
// VPC (a database), or on machines of AWS's that we never see (the API server of an EKS
// cluster, an App Runner service, an OpenSearch domain without a VPC).
#pragma once

#include <optional>
#include <string>

#include "net/index.h"
#include "net/outcome.h"
#include "net/target.h"

namespace sallyport::net {

// The row of a target or workload; nullptr where it is no platform workload.
const PlatformWorkload* platform_of(const Index& index, const Target& target);
const PlatformWorkload* platform_of(const Index& index, const Workload& workload);

// What a workload that goes around its VPC (`goes_around`) sends by the service's own network.
enum class Bypass : std::uint8_t {
  calls_to_services,  // the rest takes the VPC
  outwards,           // calls to services and the internet; which way private addresses are called no page says
  by_address,         // all but what goes to addresses of the VPC
};
Bypass bypass_of(const PlatformWorkload& workload);

// Does a machine of AWS's answer at the public address, not an interface in a VPC?
bool has_front(const PlatformWorkload& workload);

// What it is not known of its interfaces and their public addresses; none: what the
// input shows is all.
GapId unseen_of(const Index& index, const PlatformWorkload& workload);

// What is not known of a workload without a public address in the input; none: it surely
// has none.
GapId unseen_public_of(const Index& index, const PlatformWorkload& workload);

// Set: the target is a platform workload that does not run. (A database that is stopped
// keeps its interface.)
std::optional<Outcome> not_running(const Index& index, const Target& target);

// A request arrives at the public address of a workload that has a front, from one of
// `source`. `each`: every one of them is an alternative; else it is one of them, and
// which is not known. The trail's doors are those that it has passed.
Outcome at_front(const Index& index, const PlatformWorkload& workload, const AddressSet& source, bool each,
                 Trail trail);

// Set: the workload calls nothing but one resource of VPC Lattice, and the target is another.
std::optional<Outcome> calls_only_its_resource(const Index& index, const PlatformWorkload& workload,
                                               const Target& target);

// The outcome of a walk that came to that public address, under the ranges that may.
Outcome admitted(const Index& index, const PlatformWorkload& workload, Outcome outcome);

}  // namespace sallyport::net
