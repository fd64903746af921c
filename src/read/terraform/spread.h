// Spread: links of which each alone is not known, and all together are.
//
//   subnet_id      = element(aws_subnet.public[*].id, count.index)
//   route_table_id = aws_route_table.public[0].id
//
// Which subnet an instance names, Terraform does not show. But a subnet has one explicit
// association at the most, so as many associations as there are subnets name each of them once:
// if they all have one table, it is that of all; if they have some of several with the same routes,
// one stands for them. And a NAT gateway that stands in one of several
// subnets with the same VPC, table and ACL does the same wherever it stands.
// Source: VPC User Guide, "Subnet route tables" ("A subnet can only be associated with one route
// table at a time").
#pragma once

#include "read/terraform/work.h"

namespace sallyport::read::terraform {

// Decides `work.spreads` and `work.placed`, once all tables, ACLs and associations were read. Those that
// stay open leave in doubt what they always did.
void finish_spreads(Work& work);

}  // namespace sallyport::read::terraform
