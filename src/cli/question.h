// Questions: from the words of a command line to a flow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/expect.h"
#include "net/engine.h"

namespace sallyport::cli {

// As net::parse_source, and an error suggests the closest name of the cloud.
Result<net::Source> parse_source(const Cloud& cloud, std::string_view text);

// "tcp", "udp", "icmp", "icmpv6" or a number from 0 to 255.
Result<std::int16_t> parse_protocol(std::string_view text);

// 0 to 65535.
Result<std::uint16_t> parse_port(std::string_view text);

// The Region that a service without one means: that of the workload; for others
// the only Region of the cloud's VPCs, else empty.
std::string home_region(const Cloud& cloud, const net::Source& source);

// `--context aws:RequestTag/team=a,b`; `key=` makes the key absent. Errors: no key.
Result<ContextEntry> parse_context(std::string_view text);

// `--from`, `--to`, `--protocol`, `--port`. Errors: those of the parts; a service
// whose Region nothing tells.
Result<net::Flow> parse_flow(const Cloud& cloud, std::string_view from, std::string_view to, std::string_view protocol,
                             std::string_view port);

// `--to` alone, from a source that is known.
Result<net::Target> parse_target_from(const Cloud& cloud, const net::Source& source, std::string_view to);

}  // namespace sallyport::cli
