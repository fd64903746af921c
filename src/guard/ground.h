// Ground: what a control stands on: one cloud, its engines, the surveyed flows.
#pragma once

#include <initializer_list>

#include "access/access.h"
#include "access/placement.h"
#include "guard/ledger.h"
#include "guard/survey.h"

namespace sallyport::guard {

struct Ground {
  const Cloud& cloud;
  const Settings& settings;
  const net::Engine& net;
  const access::Access& access;
  const Survey& survey;
  const access::RouteTables& tables;
};

// What a claim about all of something rests on: tells the ledger where objects of
// these kinds were not collected, in every account and Region that the input speaks
// of (once for each account where `global`). Without it, "holds" would only mean that
// nothing was looked at.
void require(const Cloud& cloud, std::initializer_list<Kind> kinds, bool global, Ledger& ledger);

// One control: looks at the ground, writes into its ledger.
using Look = void (*)(const Ground&, Ledger&);

void services_through_endpoints(const Ground&, Ledger&);
void both_belts(const Ground&, Ledger&);
void endpoint_policy(const Ground&, Ledger&);
void gateway_endpoint_associated(const Ground&, Ledger&);
void private_dns_effective(const Ground&, Ledger&);
void nothing_unknown(const Ground&, Ledger&);

}  // namespace sallyport::guard
