// Targets: what a flow can go to, and how users name sources and targets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ip.h"
#include "base/result.h"
#include "net/workload.h"

namespace sallyport::net {

// An AWS service by its API name: `s3`, `dynamodb`, `ecr.api`, in a Region.
struct ServiceTarget {
  std::string service;
  std::string region;
  friend bool operator==(const ServiceTarget&, const ServiceTarget&) = default;
};

// A bucket, table, function, queue, key ...: reached by its service's name in its Region.
struct ResourceTarget {
  Ref object;  // none: an ARN that is not in the input
  std::string arn;
  std::string service;
  Value<Text> region;  // unknown: the bucket's location was not collected
};

struct HostTarget {
  std::string host;  // lower case, no final dot
};

struct AddressTarget {
  Address address;
};

struct WorkloadTarget {
  Workload workload;
};

struct EndpointTarget {
  EndpointId endpoint;  // a vpce id: its own addresses
};

struct LoadBalancerTarget {
  LoadBalancerId balancer;  // its listeners, and what they forward to
};

struct InternetTarget {};  // some public address outside the cloud

using Target = std::variant<ServiceTarget, ResourceTarget, HostTarget, AddressTarget, WorkloadTarget, EndpointTarget,
                            LoadBalancerTarget, InternetTarget>;

struct InternetSource {};
struct AddressSource {
  Address address;
};
using Source = std::variant<Workload, InternetSource, AddressSource>;

// What `--from X` means: a workload by Name tag, name, id or ARN, an interface
// id, an address of the cloud, or `internet`. Errors: nothing of that name; an
// ambiguous name (the hint lists the candidates).
Result<Source> parse_source(const Cloud& cloud, std::string_view text);

// What `--to Y` means: as above, and `service`, `service.region`, a bucket, a
// table, a load balancer, an ARN, a host name, an address. A function's name means its invocation
// (the Lambda service, LA-6). A service without a Region takes `home_region`.
Result<Target> parse_target(const Cloud& cloud, std::string_view text, std::string_view home_region);

// How answers show a target.
struct Label {
  std::string id;
  std::string name;
  std::string kind;     // "bucket", "table", "queue", "function", "service", "instance", "load-balancer", "address",
                        // "host", "internet"
  std::string service;  // empty where there is none
  std::string region;
  std::string account;
  friend bool operator==(const Label&, const Label&) = default;
  friend auto operator<=>(const Label&, const Label&) = default;
};
Label label(const Cloud& cloud, const Target& target);
Label label(const Cloud& cloud, const Source& source);

// The targets of `paths`: resources of the cloud (buckets, tables, functions, queues,
// topics, keys that AWS does not manage, secrets, repositories, own event buses),
// and the services in use: of those resources, and with an endpoint anywhere.
// Sorted by label. `every` adds all services that the facts know.
std::vector<Target> targets(const Cloud& cloud, std::string_view region, bool every = false);

}  // namespace sallyport::net
