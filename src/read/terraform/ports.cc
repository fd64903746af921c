#include "read/terraform/ports.h"

#include <charconv>

namespace sallyport::read::terraform {
namespace {

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
  const std::string_view written = b.registry().view(*text);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  if (error == std::errc() && end == written.data() + written.size()) return value;
  gap = b.not_understood(attribute);
  return std::nullopt;
}

}  // namespace

RulePorts read_ports(const Block& b, const char* protocol, const char* from, const char* to, const char* type,
                     const char* code, GapId& gap) {
  RulePorts ports;
  const Value<Text> name = b.text(protocol);
  if (!name.known()) return gap = name.gap(), ports;
  const auto read = planned::protocol_of(b.registry().view(*name));
  if (!read) return gap = b.not_understood(protocol), ports;
  ports.protocol = *read;
  if (!ports.has_limits()) return ports;
  const bool named = ports.by_type() && type != nullptr;
  const std::int64_t otherwise = ports.by_type() ? -1 : 0;
  const auto first = number(b, named ? type : from, otherwise, gap);
  const auto last = number(b, named ? code : to, otherwise, gap);
  if (first && last && !ports.limit(*first, *last)) gap = b.not_understood(named ? type : from);
  return ports;
}

}  // namespace sallyport::read::terraform
