#include "read/cloudformation/rules.h"

#include <charconv>

namespace sallyport::read::cloudformation {
namespace {

bool within(std::int64_t n, std::int64_t low, std::int64_t high) { return low <= n && n <= high; }

}  // namespace

std::optional<std::int16_t> protocol_of(std::string_view text) {
  std::string word(text);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (word == "all") return any_protocol;
  if (word == "tcp") return tcp;
  if (word == "udp") return udp;
  if (word == "icmp") return icmp;
  if (word == "icmpv6") return icmpv6;
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || !within(n, -1, 255))
    return std::nullopt;
  return static_cast<std::int16_t>(n);
}

RulePorts read_ports(const Properties& rule, const char* protocol, const Properties& limits, const char* from,
                     const char* to, GapId& gap) {
  RulePorts ports;
  const Value<Text> name = rule.text(protocol);
  if (!name.known()) return gap = name.gap(), ports;
  const auto read = protocol_of(rule.registry().view(*name));
  if (!read) {
    gap = rule.registry().texts.has_symbol(*name) ? rule.gap(protocol) : rule.not_understood(protocol);
    return ports;
  }
  ports.protocol = *read;
  const bool by_type = *read == icmp || *read == icmpv6;
  if (!by_type && *read != tcp && *read != udp) return ports;
  // Without ports: all of them.
  const Value<std::int64_t> first = limits.number(from, -1);
  const Value<std::int64_t> last = limits.number(to, -1);
  if (!first.known() || !last.known()) return gap = first.known() ? last.gap() : first.gap(), ports;
  if (by_type) {
    if (within(*first, -1, 255) && within(*last, -1, 255)) {
      ports.icmp_type = static_cast<std::int16_t>(*first);
      ports.icmp_code = static_cast<std::int16_t>(*last);
      return ports;
    }
  } else if (*first == -1 && *last == -1) {
    return ports;
  } else if (within(*first, 0, 0xFFFF) && within(*last, *first, 0xFFFF)) {
    ports.first = static_cast<std::uint16_t>(*first);
    ports.last = static_cast<std::uint16_t>(*last);
    return ports;
  }
  gap = limits.not_understood(from);
  return ports;
}

}  // namespace sallyport::read::cloudformation
