#include "cli/question.h"

#include <fmt/format.h>

#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "cli/commands.h"

namespace sallyport::cli {
namespace {

Result<unsigned> parse_number(std::string_view text, unsigned most, const char* what, const char* hint) {
  unsigned n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size() || n > most) {
    return fail(fmt::format("`{}` is no {}", text, what), hint);
  }
  return n;
}

std::vector<std::string> names_of(const Cloud& cloud) {
  std::vector<std::string> names;
  const auto add = [&](Text name, Ref object) {
    if (!name.empty()) names.emplace_back(cloud.view(name));
    names.emplace_back(cloud.id(object));
  };
  for (const net::Workload& w : net::workloads(cloud)) add(w.name, w.object);
  for (const Bucket& b : cloud->buckets) add(b.head.name, b.id);
  for (const Table& t : cloud->tables) add(t.head.name, t.id);
  for (const Resource& r : cloud->resources) add(r.head.name, r.id);
  for (const Endpoint& e : cloud->endpoints) add(e.head.name, e.id);
  return names;
}

// The error of a name that nothing has, with the closest one that something has.
Error suggesting(const Cloud& cloud, Error error, std::string_view text) {
  const std::vector<std::string> names = names_of(cloud);
  const std::string meant = closest(text, names);
  if (!meant.empty() && meant != text) error.hint = fmt::format("did you mean `{}`?", meant);
  return error;
}

}  // namespace

Result<net::Source> parse_source(const Cloud& cloud, std::string_view text) {
  return net::parse_source(cloud, text).map_error([&](Error e) { return suggesting(cloud, std::move(e), text); });
}

Result<std::int16_t> parse_protocol(std::string_view text) {
  if (text == "tcp") return tcp;
  if (text == "udp") return udp;
  if (text == "icmp") return icmp;
  if (text == "icmpv6") return icmpv6;
  const auto n = parse_number(text, 255, "protocol", "it takes tcp, udp, icmp, icmpv6 or a number from 0 to 255");
  if (!n) return tl::unexpected(n.error());
  return static_cast<std::int16_t>(*n);
}

Result<std::uint16_t> parse_port(std::string_view text) {
  const auto n = parse_number(text, 65535, "port", "a port is a number from 0 to 65535");
  if (!n) return tl::unexpected(n.error());
  return static_cast<std::uint16_t>(*n);
}

Result<ContextEntry> parse_context(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return fail(fmt::format("`{}` is no condition key with a value", text),
                "--context aws:RequestTag/team=a; `key=` is absent");
  }
  ContextEntry entry{std::string(text.substr(0, equals)), {}};
  std::string_view rest = text.substr(equals + 1);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    entry.values.emplace_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return entry;
}

std::string home_region(const Cloud& cloud, const net::Source& source) {
  if (const auto* workload = std::get_if<net::Workload>(&source)) return std::string(cloud.view(workload->region));
  std::set<std::string_view> regions;
  for (const Vpc& vpc : cloud->vpcs) regions.insert(cloud.view(vpc.head.region));
  return regions.size() == 1 ? std::string(*regions.begin()) : std::string();
}

Result<net::Target> parse_target_from(const Cloud& cloud, const net::Source& source, std::string_view to) {
  Result<net::Target> target = net::parse_target(cloud, to, home_region(cloud, source)).map_error([&](Error e) {
    return suggesting(cloud, std::move(e), to);
  });
  if (!target) return target;
  if (const auto* service = std::get_if<net::ServiceTarget>(&*target); service != nullptr && service->region.empty()) {
    return fail(fmt::format("nothing tells the Region of the service `{}`", to),
                fmt::format("name it with its Region: {}.eu-central-1", to));
  }
  return target;
}

Result<net::Flow> parse_flow(const Cloud& cloud, std::string_view from, std::string_view to, std::string_view protocol,
                             std::string_view port) {
  const auto number = parse_protocol(protocol);
  if (!number) return tl::unexpected(number.error());
  const auto to_port = parse_port(port);
  if (!to_port) return tl::unexpected(to_port.error());
  const auto source = parse_source(cloud, from);
  if (!source) return tl::unexpected(source.error());
  const auto target = parse_target_from(cloud, *source, to);
  if (!target) return tl::unexpected(target.error());
  return net::Flow{*source, *target, *number, *to_port};
}

}  // namespace sallyport::cli
