#include "read/cloudformation/ports.h"

namespace sallyport::read::cloudformation {

RulePorts read_ports(const Properties& rule, const char* protocol, const Properties& limits, const char* from,
                     const char* to, GapId& gap) {
  RulePorts ports;
  const Value<Text> name = rule.text(protocol);
  if (!name.known()) return gap = name.gap(), ports;
  const auto read = planned::protocol_of(rule.registry().view(*name));
  if (!read) {
    gap = rule.registry().texts.has_symbol(*name) ? rule.gap(protocol) : rule.not_understood(protocol);
    return ports;
  }
  ports.protocol = *read;
  if (!ports.has_limits()) return ports;
  // Without ports: all of them.
  const Value<std::int64_t> first = limits.number(from, -1);
  const Value<std::int64_t> last = limits.number(to, -1);
  if (!first.known() || !last.known()) return gap = first.known() ? last.gap() : first.gap(), ports;
  if (!ports.limit(*first, *last)) gap = limits.not_understood(from);
  return ports;
}

}  // namespace sallyport::read::cloudformation
