#include "net/assumed.h"

#include <algorithm>

#include "base/wildcard.h"

namespace sallyport::net {
namespace {

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

Text name_of(const Cloud& cloud, Ref object) {
  if (const Endpoint* e = cloud->endpoints.find(object.as<Kind::endpoint>())) return e->head.name;
  if (const Interface* i = cloud->interfaces.find(object.as<Kind::network_interface>())) return i->head.name;
  if (const Instance* i = cloud->instances.find(object.as<Kind::instance>())) return i->head.name;
  if (const TransitAttachment* t = cloud->transit_attachments.find(object.as<Kind::transit_attachment>()))
    return t->head.name;
  return {};
}

bool covers_destination(const Assumption& a, const Beam& beam, std::string_view host) {
  if (a.to.empty() || a.to == "*") return true;
  if (const Result<Prefix> block = parse_prefix(a.to)) return (beam.destination.set - set_of(*block)).empty();
  if (const Result<Address> address = parse_address(a.to)) return beam.destination.set == set_of(*address);
  return !host.empty() && matches_ignoring_case(a.to, host);
}

bool covers_port(const Assumption& a, const Beam& beam) {
  if (!a.port) return true;
  const auto port = static_cast<std::uint16_t>(*a.port);
  return beam.has_ports() && beam.destination_ports == PortSet(port, port);
}

}  // namespace

const Assumption* assumed_to_pass(const Index& index, Ref object, const Beam& beam, std::string_view host) {
  for (const Assumption& a : index.settings().assumptions) {
    if (!a.passes) continue;
    const Text name = name_of(index.cloud(), object);
    if (a.object != index.show(object) && (name.empty() || a.object != index.view(name))) continue;
    if (covers_destination(a, beam, host) && covers_port(a, beam)) return &a;
  }
  return nullptr;
}

const Assumption* assumed_to_answer(const Index& index, const std::vector<std::string>& objects,
                                    std::string_view name) {
  for (const Assumption& a : index.settings().assumptions) {
    if (!a.answers || std::find(objects.begin(), objects.end(), a.object) == objects.end()) continue;
    if (a.name.empty() || matches_ignoring_case(a.name, name)) return &a;
  }
  return nullptr;
}

std::string shown(const Assumption& a) {
  std::string text = quoted(a.object);
  if (a.passes) {
    text += " passes " + (a.to.empty() ? std::string("everything") : quoted(a.to));
    if (a.port) text += " at port " + std::to_string(*a.port);
  } else {
    text += " answers for " + (a.name.empty() ? std::string("every name") : quoted(a.name));
    if (a.with == "public") text += " as public DNS does";
    if (!a.with.empty() && a.with != "public") text += " as the resolver of " + quoted(a.with) + " does";
    for (std::size_t n = 0; n < a.addresses.size(); ++n)
      text += (n == 0 ? " with " : ", ") + quoted(to_string(a.addresses[n]));
  }
  if (a.reason.empty() && a.owner.empty()) return text;
  return text + " (" + a.owner + (a.owner.empty() || a.reason.empty() ? "" : ": ") + a.reason + ")";
}

}  // namespace sallyport::net
