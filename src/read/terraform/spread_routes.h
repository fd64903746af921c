// Routes that are spread over tables, and NAT gateways that are alike.
//
//   route_table_id = element(aws_route_table.private[*].id, count.index)
//   nat_gateway_id = element(aws_nat_gateway.this[*].id, count.index)
//
// A table has one route to a destination: AWS refuses a second one (`RouteAlreadyExists`), whether
// it leads elsewhere or not. So as many routes of one block, to one destination, as there are
// tables that they may be in are in each of them once. And where it is not known to which of
// several NAT gateways a route leads, but all of them do the same, one stands for them: public or
// not as all are, in a VPC, a table and an ACL that all have. Its addresses are not known.
// Sources: Amazon EC2 API, "Error codes"; network.md NA-1..4.
#pragma once

#include "read/terraform/work.h"

namespace sallyport::read::terraform {

// Puts `work.some_routes` into their tables, once all tables were read. What stays open stands in
// each table that it may be in, and is perhaps not there.
void spread_routes(Work& work);

// Once NAT gateways stand in their subnets: makes the rows that stand for several, or leaves open where
// the routes lead that would lead to them.
void finish_routes(Work& work);

}  // namespace sallyport::read::terraform
