// Spread: links of which each alone is not known, and all together are.
//
//   subnet_id      = element(aws_subnet.public[*].id, count.index)
//   route_table_id = aws_route_table.public[0].id
//
// Which subnet an instance names, Terraform does not show. But a subnet has one explicit
// association at the most, so as many associations as there are subnets name each of them once:
// if they all have one table, it is that of all; if they have some of several with the same routes,
// one stands for them. And a NAT gateway or an instance that stands in one of several
// subnets with the same VPC, table and ACL does the same wherever it stands: a subnet stands for them.
// Routes are spread over tables likewise (spread_routes.h).
// Source: VPC User Guide, "Subnet route tables" ("A subnet can only be associated with one route
// table at a time").
#pragma once

#include <optional>
#include <vector>

#include "read/terraform/work.h"

namespace sallyport::read::terraform {

// What decides what leaves a subnet: its VPC, and the table and ACL that it is explicitly given.
struct Setting {
  VpcId vpc;
  RouteTableId table;
  NetworkAclId acl;
  bool sure = true;
  friend bool operator==(const Setting&, const Setting&) = default;
};

// That of all of these subnets, where they have one, and nothing spares some of them.
std::optional<Setting> common_setting(Work& work, const std::vector<SubnetId>& subnets);
void set_in(Work& work, SubnetId subnet, const Setting& setting);

// Decides `work.spreads`, `placed`, `some_routes` and `stands_in_one`, once all tables, ACLs and associations were
// read. Those that stay open leave in doubt what they always did.
void finish_spreads(Work& work);

}  // namespace sallyport::read::terraform
