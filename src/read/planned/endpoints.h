// Endpoints that do not exist yet: what the words of their arguments mean, and what follows
// once all of them were read (GE-1, IF, SG-10).
#pragma once

#include <optional>
#include <string_view>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// `Gateway`, `interface` ...; none given: a gateway endpoint (EC2 API, CreateVpcEndpoint:
// "Default: Gateway"). nullopt: no word for a type.
std::optional<EndpointType> endpoint_type(std::string_view word);

// `ipv4`, `ipv6`, `dualstack`; none given: IPv4. nullopt: no such word.
std::optional<EndpointIpType> endpoint_ip_type(std::string_view word);

// Does a service of that name accept endpoints at once? AWS's own do; another's owner may
// have to.
bool accepts_at_once(std::string_view service);

// The service of that id, of the input or of the base; null if it is in neither.
const EndpointService* service_named(Work& work, EndpointServiceId id);

// The id of the policy of the endpoint `id`.
std::string endpoint_policy_id(const Registry& registry, Text partition, Text region, Text account, Text id);

// Once all endpoints and what is associated with them were read: tables that may have a
// gateway endpoint's route are open; the others have the VPC's default group where none
// is given, and an interface in each of their subnets, whose address AWS chooses.
void finish_endpoints(Work& work);

}  // namespace sallyport::read::planned
