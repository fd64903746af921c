// Endpoint services of AWS: which kinds of endpoint a service has, under which
// names, which private names they bring and whether they honour a policy.
//
// These are fallbacks. What an account sees, `describe-vpc-endpoint-services` says
// (rules DN-4 and EP-4), and a caller that has its answer uses that. Every answer
// here says on what it rests; nothing is concluded from how names look.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/truth.h"
#include "facts/services.h"

namespace sallyport::facts {

enum class EndpointKind : std::uint8_t { gateway, interface };

// On what a fact rests.
enum class Basis : std::uint8_t {
  documented,  // AWS's documentation says so
  recorded,    // an answer of AWS says so, for another Region or an earlier year
  assumed,     // concluded from the service's usual host name: callers answer `unknown`
};

struct EndpointService {
  std::string name;  // `com.amazonaws.eu-central-1.lambda`
  EndpointKind kind;
  std::uint16_t port;      // the service's main port: 443, for `cassandra` 9142
  const Service* service;  // who answers behind it; nullptr if that is not known
};

// The endpoint services of a service in a Region, sorted by kind, then name.
//   endpoint_services(*service("s3"), "eu-central-1") -> gateway and interface
// Empty: none is known, which is not "there is none". That a Region offers each of
// them is not said. Source: data/endpoint_services.tsv (aws-cdk-lib).
std::vector<EndpointService> endpoint_services(const Service& service, std::string_view region);

// What an endpoint service's name says.
//   api_service_of_endpoint_service("com.amazonaws.eu-central-1.lambda")
//     -> {lambda, "eu-central-1", interface: true, gateway: false, 443}
struct EndpointServiceName {
  const Service* service;  // nullptr: a service of AWS, but it is not known which
  std::string region;      // empty for global ones (`com.amazonaws.iam`)
  bool interface;          // offered as an interface endpoint
  bool gateway;            // offered as a gateway endpoint
  std::uint16_t port;
};

// nullopt: not one of AWS's names that are known here: a vendor's
// (`com.amazonaws.vpce.<region>.vpce-svc-...`) or a newer one. Case matters.
std::optional<EndpointServiceName> api_service_of_endpoint_service(std::string_view name);

// The names for which an endpoint of this service answers once private DNS is on.
struct PrivateNames {
  std::vector<std::string> names;  // sorted; `*.x` as in names.h. Empty: the service has no private DNS
  Basis basis;
  bool complete;       // true only where AWS documents the whole list: other names are not covered
  std::string source;  // the page or the recorded answer; empty if assumed
};

// nullopt if nothing is known, not even something to assume. Where the basis is
// `assumed` a caller must answer `unknown`, with the names as a hint to people; where
// `complete` is false, a name that is not listed is not known to be uncovered.
//   private_names("com.amazonaws.eu-central-1.dynamodb", "eu-central-1")
//     -> no names, documented, complete: clients must use the endpoint's own names
// Source: data/private_names.tsv.
std::optional<PrivateNames> private_names(std::string_view endpoint_service, std::string_view region);

// Does an endpoint of this service honour an endpoint policy (rules EP-3, EP-4)?
// `unknown` where no source says. Gateway endpoints do; `kind` decides between the
// two where a name has both. Source: data/endpoint_policy.tsv.
Truth policy_supported(std::string_view endpoint_service, EndpointKind kind);

// The AWS-managed prefix list of a gateway endpoint service: its name is that of the
// service in the Region, `com.amazonaws.eu-central-1.s3`. nullopt if the service has
// no gateway endpoint. (The id, `pl-...`, is in no documentation.)
std::optional<std::string> gateway_prefix_list(const Service& service, std::string_view region);

// The article's Table 1, then and now: a row a service.
struct EndpointOptions {
  std::string_view title;             // as in the article: `Dynamo DB`
  std::string_view service;           // our name
  bool interface_then, gateway_then;  // in the article
  bool interface_now, gateway_now;    // on the date of the table
  std::string_view since;             // when the difference came, empty if there is none
  std::string_view source;
};
std::span<const EndpointOptions> article_table();

}  // namespace sallyport::facts
