// Parts: rows of things that something else is added to: a route to a table, an entry to an
// ACL, a rule to a group. One that the input does not make comes from the base; without,
// nothing more is known of it than that it is there.
#pragma once

#include <optional>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// The rows; `head` is that of the part, whose place a thing that nobody shows gets.
RouteTable& table_of(Work& work, RouteTableId id, const Head& head);
NetworkAcl& acl_of(Work& work, NetworkAclId id, const Head& head);
SecurityGroup& group_of(Work& work, SecurityGroupId id, const Head& head);

// Some route may be there that is not in the table: nothing that it decides is sure.
void open_routes(RouteTable& table, GapId gap);

// A gateway endpoint that may have any table: those of its VPC, or of its Region if the VPC
// is not known, the base's too, get routes to it that may not be there (GE-1); they decide
// nothing but what its service's list may hold. Its own keep what they have.
void open_routes_of(Work& work, const Endpoint& endpoint, GapId gap);

// The same of one table: of the families that the endpoint serves.
void add_perhaps(Work& work, RouteTable& table, const Endpoint& endpoint, GapId gap);

// What the id of a gateway that exists says that it is: `igw-` an internet gateway.
struct Gateway {
  RouteTarget target;
  Kind kind;
};
std::optional<Gateway> gateway_of_id(std::string_view id);

// A subnet has one table and one ACL: the one that takes it takes it from the others, those of
// the base too.
void take_from_tables(Work& work, SubnetId subnet);
void take_from_acls(Work& work, SubnetId subnet);

// An association of which it is not known whether it is there, or what it joins: subnets that it may take have a table,
// or an ACL, that is not known. AWS refuses a second explicit table of a subnet, so one that the input makes and
// associates elsewhere keeps that one; an ACL it replaces.
// https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
void associate_perhaps(Work& work, const Value<RouteTableId>& table, const Value<SubnetId>& subnet, Text region,
                       GapId gap);
void associate_perhaps(Work& work, const Value<NetworkAclId>& acl, const Value<SubnetId>& subnet, Text region,
                       GapId gap);

}  // namespace sallyport::read::planned
