// Protocols and ports as CloudFormation writes them in rules of ACLs and groups.
#pragma once

#include "read/cloudformation/properties.h"
#include "read/planned/rules.h"

namespace sallyport::read::cloudformation {

using planned::RulePorts;

// Reads `protocol` of `rule`, and `from` and `to` of `ports`: for ICMP they are type and
// code. `gap` is set where one is unknown or makes no sense; then all ports stand.
RulePorts read_ports(const Properties& rule, const char* protocol, const Properties& ports, const char* from,
                     const char* to, GapId& gap);

}  // namespace sallyport::read::cloudformation
