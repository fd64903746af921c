// Ground: what a control stands on: one cloud, its engines, the surveyed flows.
#pragma once

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

// One control: looks at the ground, writes into its ledger.
using Look = void (*)(const Ground&, Ledger&);

void services_through_endpoints(const Ground&, Ledger&);
void both_belts(const Ground&, Ledger&);
void endpoint_policy(const Ground&, Ledger&);
void gateway_endpoint_associated(const Ground&, Ledger&);
void private_dns_effective(const Ground&, Ledger&);
void nothing_unknown(const Ground&, Ledger&);

}  // namespace sallyport::guard
