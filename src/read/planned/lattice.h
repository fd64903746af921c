// VPC Lattice that does not exist yet: how its parts are named, and what an association with a service
// network brings to a VPC (RE-1, RE-7).
#pragma once

#include <optional>
#include <string_view>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// The ARN of a part of VPC Lattice that is named by its id alone, as arguments may: it is in the same Region and
// account. A text that is an ARN, or a symbol, stays. `sort`: `resourcegateway`, `resourceconfiguration`,
// `servicenetwork`.
Text lattice_arn(Registry& registry, Text partition, Text region, Text account, std::string_view sort, Text id);

// `ACTIVE`, `CREATE_FAILED` ...: nullopt for no such word.
std::optional<State> lattice_state(std::string_view status);

// Adds `80` or `443-445` to the ports. False: it is neither.
bool add_ports(PortSet& ports, std::string_view range);

// The row of a service network; one that is in neither input nor base is a row of which only its id is known.
ServiceNetwork& service_network_of(Work& work, ServiceNetworkId id, const Head& head);

// The route that an association brings, in the tables of the VPC (of all of the Region where it is not known which
// it is), where it is not known whether the association is there: `perhaps` says why.
void put_lattice_routes(Work& work, const Head& head, const Value<VpcId>& vpc, GapId perhaps);

// Once all of it was read: the route to VPC Lattice in the tables of each VPC that is associated with a service
// network ("when you associate a VPC ... clients in it"): AWS adds it, no configuration has it (RE-7).
void finish_lattice(Work& work);

}  // namespace sallyport::read::planned
