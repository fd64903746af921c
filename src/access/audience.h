// Audience: who can reach a door, and who may do what through it.
//
// A door is a VPC endpoint, or an endpoint service (then its consumers are asked
// about). Workloads of the cloud are decided by the path engine; what comes from
// outside the input (peers, transit gateways, VPNs, other tenants) is `unknown`, with
// the thing to collect, unless a rule excludes it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"

namespace sallyport::access {

// Workloads that reach the door alike.
struct Reach {
  Truth reaches = Truth::unknown;
  std::vector<net::Label> workloads;  // sorted
  std::string why;                    // "private through `vpce-1`", a reason where it is blocked
  std::vector<GapId> gaps;            // unknown: why
};

// Whoever is not a workload of the input.
struct Outsider {
  const char* who = "";  // "peer", "transit-gateway", "vpn", "other-tenants" ...
  Ref object;            // the peering or gateway; none for tenants
  Truth reaches = Truth::unknown;
  std::string why;
  GapId gap;
};

// What principals may do with one resource through the door.
struct Grant {
  net::Label resource;
  std::vector<std::string> principals;  // ARNs, sorted: they may do the same
  struct Action {
    std::string action;
    iam::Outcome outcome = iam::Outcome::unknown;
    std::string layer;  // denied: the deciding layer
    friend auto operator<=>(const Action&, const Action&) = default;
  };
  std::vector<Action> actions;
  std::vector<GapId> gaps;
};

struct Audience {
  Ref door;  // Kind::endpoint or Kind::endpoint_service
  std::string id;
  std::string kind;          // "gateway-endpoint", "interface-endpoint", "endpoint-service" ...
  std::string service;       // "com.amazonaws.eu-central-1.s3"
  std::vector<Reach> reach;  // reaching first, then unknown, then not
  std::vector<Outsider> outsiders;
  std::vector<Grant> grants;  // by resource; endpoints to services whose resources are read
};

// Errors: no endpoint or endpoint service of that name. Cost: a flow a workload; a
// few decisions for each principal and resource behind the door.
Result<Audience> audience(const Access& access, std::string_view door);

}  // namespace sallyport::access
