// The naive resolver: what a name means, asked from one place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "library/net/naive.h"

namespace sallyport::naive {

// What a name resolves to. Exactly one of these holds: `addresses` (perhaps none:
// no such name), `service` (a public name of an AWS service), `elsewhere` (some
// host of the internet), `unknown` (own DNS servers answer, DN-10).
struct Resolved {
  std::vector<Address> addresses;
  std::vector<InterfaceId> meant;  // the endpoint's interfaces, if the name is an endpoint's
  std::optional<Service> service;
  bool elsewhere = false;
  bool unknown = false;
  bool unsettled = false;  // two zones of one name (DN-6)
};

// DN-1..DN-7, S3-1..S3-4, IF-7. No VPC: asked of public DNS.
Resolved resolve(const Cloud& cloud, VpcId vpc, const std::string& host, Family family);

// DN-13: the address of an instance by EC2's own name, seen from a VPC (none: from outside);
// nothing: no such name.
std::optional<Resolved> instance_name(const Cloud& cloud, VpcId vpc, const std::string& host);

// DN-16: does the first rule that covers the name, by priority of groups and rules, block it?
bool firewall_blocks(const Cloud& cloud, VpcId vpc, const std::string& host);

// The names that SDKs use without any setting.
std::vector<std::string> default_names(const Service& service);

}  // namespace sallyport::naive
