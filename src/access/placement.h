// Placement: where a workload stands: its VPC, its subnets and their route tables.
//
// For grouping and for messages; what packets do there is net's answer. What is
// not known is a gap, never left out.
#pragma once

#include <vector>

#include "net/workload.h"

namespace sallyport::access {

struct Placement {
  std::vector<VpcId> vpcs;        // sorted, distinct; empty: outside any VPC, or not known
  std::vector<SubnetId> subnets;  // sorted, distinct
  bool outside = false;           // a function that is attached to no VPC
  GapId gap;                      // set: there may be more, or it is not known at all
};

Placement placement(const Cloud& cloud, const net::Workload& workload);

// The route table of a subnet: its own, else the main one of its VPC (RT-1). None
// and a gap where that is not known. Cost: linear in the route tables; `RouteTables`
// is for many.
class RouteTables {
 public:
  explicit RouteTables(const Cloud& cloud);
  struct Found {
    RouteTableId table;
    GapId gap;
  };
  Found of(SubnetId subnet) const;

 private:
  Cloud cloud_;
  std::vector<RouteTableId> own_;   // by subnet number
  std::vector<RouteTableId> main_;  // by VPC number
};

}  // namespace sallyport::access
