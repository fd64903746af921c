// Rules of ACLs and groups as plans and templates write them: protocols and ports.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/network.h"

namespace sallyport::read::planned {

// `-1`, `all`, `tcp`, `udp`, `icmp`, `icmpv6` in any case, or a number; nullopt if it is none.
std::optional<std::int16_t> protocol_of(std::string_view text);

// What a rule says of ports, or of ICMP type and code; all of them until it is set.
struct RulePorts {
  std::int16_t protocol = any_protocol;
  std::uint16_t first = 0;
  std::uint16_t last = 0xFFFF;
  std::int16_t icmp_type = -1;
  std::int16_t icmp_code = -1;

  bool by_type() const { return protocol == icmp || protocol == icmpv6; }
  bool has_limits() const { return by_type() || protocol == tcp || protocol == udp; }
  // From and to, or type and code; -1 is any. False: they make no sense.
  bool limit(std::int64_t from, std::int64_t to);
};

// Sets the ports of a rule or an ACL's entry.
void set_ports(const RulePorts& ports, auto& rule) {
  rule.protocol = ports.protocol;
  rule.first_port = ports.first, rule.last_port = ports.last;
  rule.icmp_type = ports.icmp_type, rule.icmp_code = ports.icmp_code;
}

}  // namespace sallyport::read::planned
