// Coverage: of which kinds a plan or template holds all there is, and what resources that no
// reader takes leave in doubt.
//
// It sees what it makes, and nothing beside. But a VPC that does not exist yet holds, once
// it is applied, what it puts there and what AWS makes along with it; nobody else can have
// put anything there. So: if every VPC that it speaks of in a Region is one that it makes,
// and no base is beneath, then what it lists of a kind that lives in VPCs is all there
// is. All or nothing for a Region, since coverage is by Region.
//
// Over a base that lists all there was, the base's coverage holds, but it lists nothing that
// is new. So a resource that is not read, and may add an object of a kind, takes that
// kind's coverage back; what was left out, or may or may not be there, leaves what stands
// in new VPCs in doubt itself.
//
// Never claimed: interfaces (services make their own, whose addresses are not known), and
// what does not live in a VPC (buckets, roles, policies).
#pragma once

#include <vector>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// An account and Region that the input makes something in.
struct Site {
  Text account;
  Text region;
  GapId silent;  // set: nothing can be claimed there, for this reason
};

// Adds the claims to the change. Cost: linear in the rows for each site.
void claim_coverage(Work& work, const std::vector<Site>& sites);

// Lists each type that is not read once, with its number.
void report_unread(Work& work);

}  // namespace sallyport::read::planned
