// Host names: those that SDKs use for a service in a Region, and the service behind
// a host name.
//
// A name is about what a client asks the resolver for; to what it resolves, and
// whether it does at all in a Region, is not said here. Sources:
// data/host_names.tsv (the rule sets that all SDKs share, evaluated) and
// data/host_names_more.tsv (AWS's documentation, page by page).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/services.h"

namespace sallyport::facts {

enum class NameKind : std::uint8_t {
  regional,        // `lambda.eu-central-1.amazonaws.com`
  global,          // one name for the partition: `iam.amazonaws.com`, `s3.amazonaws.com`
  dualstack,       // has AAAA records too: `lambda.eu-central-1.api.aws`
  fips,            // `lambda-fips.us-east-1.amazonaws.com`
  fips_dualstack,  // both
  account,         // carries the account: `111122223333.ddb.eu-central-1.amazonaws.com`
  legacy,          // still answered, no longer made by SDKs: `s3-eu-west-1.amazonaws.com`
};

enum class NameUse : std::uint8_t {
  by_default,    // current SDKs use it without any setting
  by_older,      // SDK releases that are still in use do, without any setting
  by_operation,  // without any setting, but for some operations only: `sync-states.<region>...`
  on_request,    // only if the client asks for it
};

struct HostName {
  std::string name;  // lower case, no final dot; `*.` in front: see wildcard
  NameKind kind;
  NameUse use;
  bool wildcard = false;  // `*.x` stands for every name with one or more labels before `x`, not for `x`
};

// All names of a service in a Region, sorted by use, kind, name.
//   default_names(*service("s3"), "eu-central-1"):
//     s3.eu-central-1.amazonaws.com      regional  by_default
//     *.s3.eu-central-1.amazonaws.com    regional  by_default   (bucket in front)
//     s3.dualstack.eu-central-1.amazonaws.com  dualstack  on_request ...
// Names of S3 directory buckets carry a zone and are not listed; `service_of_host`
// knows them. For a global service the Region says the partition. Empty if the Region's
// partition is not known, or AWS's rules give the service no name there.
// Cost: binary search, one string a name.
std::vector<HostName> default_names(const Service& service, std::string_view region);

// Only those that a client uses without any setting: `by_default`. These are the
// alternatives of a flow to the service (DESIGN.md, "a flow has alternatives").
std::vector<HostName> names_in_use(const Service& service, std::string_view region);

// What a host name says.
struct HostMatch {
  const Service* service;  // never null
  std::string region;      // empty: the name says none (`iam.amazonaws.com`)
  std::string partition;
  NameKind kind;
  std::string resource;  // labels before a wildcard's part: the bucket `s3delta`, the account; else empty
};

// The service behind a host name. A final dot and upper case do not matter.
//   service_of_host("s3delta.s3.eu-central-1.amazonaws.com")
//     -> {s3, "eu-central-1", "aws", regional, "s3delta"}
// nullopt for a host that no rule makes: then the service is not known (it may still
// be one of AWS). Names of endpoints (`vpce-...vpce.amazonaws.com`) are such: they
// stand in the endpoint's own DnsEntries. Cost: one binary search a label.
std::optional<HostMatch> service_of_host(std::string_view host);

}  // namespace sallyport::facts
