#include "read/terraform/rules.h"

#include <charconv>

namespace sallyport::read::terraform {
namespace {

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The number in `attribute`, `otherwise` for nothing.
std::optional<std::int64_t> number(const Block& b, const char* attribute, std::int64_t otherwise, GapId& gap) {
  const Value<Text> text = b.text(attribute);
  if (!text.known()) {
    // What AWS chooses where nothing is given is the same as nothing.
    if (b.has(attribute) == Has::computed) return otherwise;
    gap = text.gap();
    return std::nullopt;
  }
  if (text->empty()) return otherwise;
  const auto n = whole(b.registry().view(*text));
  if (!n) gap = b.not_understood(attribute);
  return n;
}

bool within(std::int64_t n, std::int64_t low, std::int64_t high) { return low <= n && n <= high; }

}  // namespace

std::optional<std::int16_t> protocol_of(std::string_view text) {
  if (text == "all") return any_protocol;
  if (text == "tcp") return tcp;
  if (text == "udp") return udp;
  if (text == "icmp") return icmp;
  if (text == "icmpv6") return icmpv6;
  const auto n = whole(text);
  if (!n || !within(*n, -1, 255)) return std::nullopt;
  return static_cast<std::int16_t>(*n);
}

RulePorts read_ports(const Block& b, const char* protocol, const char* from, const char* to, const char* type,
                     const char* code, GapId& gap) {
  RulePorts ports;
  const Value<Text> name = b.text(protocol);
  if (!name.known()) return gap = name.gap(), ports;
  std::string word = b.registry().texts.string(*name);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto read = protocol_of(word);
  if (!read) return gap = b.not_understood(protocol), ports;
  ports.protocol = *read;
  const bool by_type = *read == icmp || *read == icmpv6;
  if (!by_type && *read != tcp && *read != udp) return ports;
  const bool named = by_type && type != nullptr;
  const auto first = number(b, named ? type : from, by_type ? -1 : 0, gap);
  const auto last = number(b, named ? code : to, by_type ? -1 : 0, gap);
  if (!first || !last) return ports;
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
  gap = b.not_understood(named ? type : from);
  return ports;
}

}  // namespace sallyport::read::terraform
