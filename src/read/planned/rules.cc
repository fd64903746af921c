#include "read/planned/rules.h"

#include <charconv>
#include <string>

namespace sallyport::read::planned {
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
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), n);
  const bool whole = !word.empty() && error == std::errc() && end == word.data() + word.size();
  if (!whole || !within(n, -1, 255)) return std::nullopt;
  return static_cast<std::int16_t>(n);
}

bool RulePorts::limit(std::int64_t from, std::int64_t to) {
  if (by_type()) {
    if (!within(from, -1, 255) || !within(to, -1, 255)) return false;
    icmp_type = static_cast<std::int16_t>(from);
    icmp_code = static_cast<std::int16_t>(to);
    return true;
  }
  if (from == -1 && to == -1) return true;
  if (!within(from, 0, 0xFFFF) || !within(to, from, 0xFFFF)) return false;
  first = static_cast<std::uint16_t>(from);
  last = static_cast<std::uint16_t>(to);
  return true;
}

}  // namespace sallyport::read::planned
