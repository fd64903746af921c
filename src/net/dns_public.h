// Public names: what answers where nothing private does.
//
// Own names of balancers, endpoints, instances and file systems, of VPC Lattice's services, and names of AWS's
// services.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/dns.h"

namespace sallyport::net {

// An end at an endpoint's interfaces (of one zone, if named), or at a balancer's nodes. `detail` is for people.
Resolution led_to(const Endpoint& endpoint, std::string zone, std::string detail);
Resolution led_to(const LoadBalancer& balancer, std::string detail);

// What public DNS answers for `name` (lower case, no final dot), asked from `vpc` (null: from outside every VPC); never
// empty. `region`: of the service for which the name was made, for names that do not say it. `why` nothing private
// answers, for people.
std::vector<Resolution> public_answer(const Index& index, const Vpc* vpc, const std::string& name,
                                      std::string_view region, const std::string& why);

}  // namespace sallyport::net
