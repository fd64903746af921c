// DNS Firewall: rule groups that filter what is asked of a VPC's resolver.
//
// Groups of the VPC in order of their priorities, in each the rules in order of theirs: the
// first whose domains cover the name decides; what none covers passes.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-overview.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/truth.h"
#include "net/index.h"

namespace sallyport::net {

struct Screened {
  Truth passes = Truth::yes;
  GapId gap;        // why `passes` is unknown
  std::string why;  // where it does not pass, for people
  Ref by;
  Origin place;
  bool filtered = false;                 // some rule of the VPC blocks something
  std::vector<std::string> assumptions;  // what stands in for what was not collected
  std::vector<Ref> reads;
};

// May somebody in `vpc` ask for `name` (lower case, no final dot)? Cost: rules of the VPC.
Screened screen(const Index& index, const Vpc& vpc, std::string_view name);

}  // namespace sallyport::net
