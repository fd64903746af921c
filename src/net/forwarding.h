// Forwarding: which resolver rule takes a query of a VPC, and who answers it then
// (DN-8, DN-9, DN-11).
//
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-overview-DSN-queries-to-vpc.html
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "net/index.h"

namespace sallyport::net {

struct Forwarding {
  const ResolverRule* rule = nullptr;  // the forwarding rule that takes it; null: none
  std::size_t length = 0;              // of the rule's domain, in bytes: what is longer beats it
  GapId gap;                           // set: another rule may take it
  std::vector<const ResolverRule*> looked_at;
};

// Of the rules that are associated with the VPC and cover the name the one with the
// longest domain; a rule of type SYSTEM keeps its domain at home. `name` is lower case
// without a final dot. Cost: rules of the VPC.
Forwarding forwarding_of(const Index& index, const Vpc& vpc, std::string_view name);

// To whom a forwarding rule sends. Known: the inbound resolver endpoints of one VPC of the
// cloud, which answer as its own resolver does (DN-11).
struct Servers {
  const Vpc* vpc = nullptr;
  GapId gap;          // where `vpc` is null: why it is not known who answers; else none
  std::string shown;  // "`10.0.0.10`, `10.0.1.10`"
  std::vector<std::string> addresses;
};
Servers servers_of(const Index& index, const ResolverRule& rule);
// The same of the DNS servers that the VPC's DHCP options name (DN-10).
Servers servers_of(const Index& index, const Vpc& vpc);

}  // namespace sallyport::net
