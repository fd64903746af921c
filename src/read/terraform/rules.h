// Protocols and ports as the AWS provider writes them in rules of ACLs and groups.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/network.h"
#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

// `-1`, `all`, `tcp`, `udp`, `icmp`, `icmpv6` or a number; nullopt if it is none.
std::optional<std::int16_t> protocol_of(std::string_view text);

// What a rule says of ports, or of ICMP type and code.
struct RulePorts {
  std::int16_t protocol = any_protocol;
  std::uint16_t first = 0;
  std::uint16_t last = 0xFFFF;
  std::int16_t icmp_type = -1;
  std::int16_t icmp_code = -1;
};

// Reads `protocol`, `from` and `to` (or `type` and `code`, where given, for ICMP) of a
// rule. `gap` is set where one is unknown or makes no sense; then all ports stand.
RulePorts read_ports(const Block& b, const char* protocol, const char* from, const char* to, const char* type,
                     const char* code, GapId& gap);

}  // namespace sallyport::read::terraform
