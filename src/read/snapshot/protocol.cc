#include "read/snapshot/protocol.h"

#include <charconv>

namespace sallyport::read::snapshot {
namespace {

std::optional<std::int64_t> whole(json::Node node) {
  if (const auto n = node.integer()) return n;
  const std::string_view text = node.text();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool within(std::int64_t n, std::int64_t low, std::int64_t high) { return low <= n && n <= high; }

}  // namespace

std::optional<std::int16_t> protocol_of(json::Node node) {
  const std::string_view text = node.text();
  if (text == "all") return any_protocol;
  if (text == "tcp") return tcp;
  if (text == "udp") return udp;
  if (text == "icmp") return icmp;
  if (text == "icmpv6") return icmpv6;
  const auto n = whole(node);
  if (!n || !within(*n, -1, 255)) return std::nullopt;
  return static_cast<std::int16_t>(*n);
}

std::optional<Ports> ports_of(std::int16_t protocol, json::Node from, json::Node to) {
  Ports ports;
  const auto first = whole(from);
  const auto last = whole(to);
  if (protocol == tcp || protocol == udp) {
    if (!first || !last) return std::nullopt;
    if (*first == -1 && *last == -1) return ports;  // how some answers write "all"
    if (!within(*first, 0, 0xFFFF) || !within(*last, *first, 0xFFFF)) return std::nullopt;
    ports.first = static_cast<std::uint16_t>(*first);
    ports.last = static_cast<std::uint16_t>(*last);
  } else if (protocol == icmp || protocol == icmpv6) {
    if (!first || !last || !within(*first, -1, 255) || !within(*last, -1, 255)) return std::nullopt;
    ports.icmp_type = static_cast<std::int16_t>(*first);
    ports.icmp_code = static_cast<std::int16_t>(*last);
  }
  return ports;
}

}  // namespace sallyport::read::snapshot
