// Protocol numbers and ports as EC2 writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/network.h"
#include "read/json/tree.h"

namespace sallyport::read::snapshot {

// "-1" and "all" are any; "tcp", "udp", "icmp", "icmpv6" and numbers from 0 to 255.
std::optional<std::int16_t> protocol_of(json::Node node);

// What a rule says of ports, or of ICMP type and code.
struct Ports {
  std::uint16_t first = 0;
  std::uint16_t last = 0xFFFF;
  std::int16_t icmp_type = any_protocol;
  std::int16_t icmp_code = any_protocol;
};

// The members `from` and `to` of a rule of `protocol`: ports for TCP and UDP, type
// and code for ICMP, nothing for the rest. nullopt: they are missing or impossible.
std::optional<Ports> ports_of(std::int16_t protocol, json::Node from, json::Node to);

}  // namespace sallyport::read::snapshot
