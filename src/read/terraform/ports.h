// Protocols and ports as the AWS provider writes them in rules of ACLs and groups.
#pragma once

#include "read/planned/rules.h"
#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

using planned::RulePorts;

// Reads `protocol`, `from` and `to` (or `type` and `code`, where given, for ICMP) of a
// rule. `gap` is set where one is unknown or makes no sense; then all ports stand.
RulePorts read_ports(const Block& b, const char* protocol, const char* from, const char* to, const char* type,
                     const char* code, GapId& gap);

}  // namespace sallyport::read::terraform
