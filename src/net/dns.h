// Names: what a host name resolves to, seen from a VPC.
//
// Order: the VPC's resolver settings (DN-1, DN-10), forwarding rules (DN-8), then
// the most specific of the private hosted zones (DN-7) and of the zones that private
// DNS of interface endpoints brings (DN-3), then public DNS. No fall-through from a
// private zone that has no record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/answer.h"
#include "net/index.h"

namespace sallyport::net {

enum class NameEnd : std::uint8_t {
  service,    // public addresses of an AWS service: `side`
  addresses,  // the addresses of `side`
  endpoint,   // the interfaces of `endpoint`
  balancer,   // the nodes of `balancer`
  lattice,    // some address of `side` or `side_v6`, at which VPC Lattice answers (RE-7)
  nothing,    // the resolver answers that there is no such name
  filtered,   // DNS Firewall lets nobody ask
  no_answer,  // there is no resolver
  unknown,    // `gap`
};

// One thing that a name may resolve to.
struct Resolution {
  NameEnd end = NameEnd::unknown;
  Side side;
  Side side_v6;  // service: of a dual-stack name, its IPv6 addresses too (GE-11); else empty
  const Endpoint* endpoint = nullptr;
  const LoadBalancer* balancer = nullptr;
  std::string zone;  // endpoint: only the interfaces of this zone (a zonal name, IF-7)
  GapId gap;
  bool is_private = false;  // unknown: the addresses are private ones all the same
  std::string detail;       // for people: "private DNS of `vpce-1`"
  Ref by;                   // zone or endpoint that decided
  Origin place;
};

struct Resolved {
  std::string name;
  std::vector<Resolution> ends;  // several: not known which of them
  std::vector<Ref> reads;
  std::vector<std::string> assumptions;
};

// `vpc` null: asked from outside every VPC, so public DNS answers. `name` is lower
// case without a final dot. `region`: that of the service for which the name was
// made, for names that do not say it (`s3.amazonaws.com`); empty if not known.
// Cost: zones of the VPC x labels.
Resolved resolve(const Index& index, const Vpc* vpc, std::string_view name, std::string_view region = {});

// The public addresses of a service in a Region: the entries of its managed list
// where the cloud has them; else some part of public space.
Side service_addresses(const Index& index, std::string_view service, std::string_view region,
                       Family family = Family::v4);

// What EC2's own name of an instance resolves to, seen from `vpc` (null: from outside); one of
// these. Nothing: it is no such name.
std::optional<std::vector<Resolution>> instance_name(const Index& index, const Vpc* vpc, std::string_view name);

// The endpoint of which the name is an own one (IF-7, S3-4), and the zone that it names.
struct NamedEndpoint {
  const Endpoint* endpoint = nullptr;
  std::string zone;
};
std::optional<NamedEndpoint> endpoint_named(const Index& index, const std::string& name);

// The file system of which that is the name; null: of none. It answers in the file system's VPC, in the zones of its
// mount targets: https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-mount-cmd-dns-name.html
const PlatformWorkload* file_system_named(const Index& index, std::string_view name);

// The names that an endpoint answers for by private DNS, and on what that rests.
struct EndpointNames {
  std::vector<std::string> names;  // may begin with "*."
  GapId gap;                       // set: there may be others
};
EndpointNames private_names(const Index& index, const Endpoint& endpoint);

}  // namespace sallyport::net
