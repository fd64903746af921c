// What AWS derives from a configuration and no plan or template shows.
#pragma once

#include "model/cloud.h"

namespace sallyport {

// Completes a change before it is applied:
//  - ACL entries stand in order of (direction, number), whatever order they were
//    read in (AC-2);
//  - each gateway endpoint's route stands in each of its tables (GE-1); the
//    AWS-managed prefix list that it needs exists, by name, with entries open
//    where they were not collected (RT-10, RT-10a);
//  - what is propagated into a transit gateway's table stands there as routes (TG-2).
// `base` gives route tables and lists that the change does not touch.
void derive(const Cloud& base, Change& change);

// The part about transit gateways, for tables of the change (derive_transit.cc).
void derive_transit_routes(const Cloud& base, Change& change);

// The managed list that a gateway endpoint's routes name: of the change or the base; made,
// with entries open, where neither has it.
PrefixListId managed_list(const Cloud& base, Change& change, const Endpoint& endpoint, Family family);

// The managed list of a gateway service: `com.amazonaws.eu-central-1.s3`, or
// `com.amazonaws.eu-central-1.ipv6.s3` for IPv6.
std::string managed_list_name(std::string_view endpoint_service, Family family);

}  // namespace sallyport
