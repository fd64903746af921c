// Protocols and ports as CloudFormation writes them in rules of ACLs and groups.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/network.h"
#include "read/cloudformation/properties.h"

namespace sallyport::read::cloudformation {

// `-1`, `all`, `tcp`, `udp`, `icmp`, `icmpv6`, `58` or another number; nullopt if it is none.
std::optional<std::int16_t> protocol_of(std::string_view text);

struct RulePorts {
  std::int16_t protocol = any_protocol;
  std::uint16_t first = 0;
  std::uint16_t last = 0xFFFF;
  std::int16_t icmp_type = -1;
  std::int16_t icmp_code = -1;
};

// Reads `protocol` of `rule`, and `from` and `to` of `ports`: for ICMP they are type and
// code. `gap` is set where one is unknown or makes no sense; then all ports stand.
RulePorts read_ports(const Properties& rule, const char* protocol, const Properties& ports, const char* from,
                     const char* to, GapId& gap);

}  // namespace sallyport::read::cloudformation
