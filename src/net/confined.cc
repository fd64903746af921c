#include "net/confined.h"

#include <algorithm>

namespace sallyport::net {
namespace {

bool stays(const Route& route) {
  switch (route.target) {
    case RouteTarget::local:
    case RouteTarget::peering:
    case RouteTarget::gateway_endpoint: return true;
    default: return false;
  }
}

bool stays(const RouteTable& table) {
  return table.routes.complete() && std::all_of(table.routes.begin(), table.routes.end(), [](const Route& r) {
           return !r.gap && (stays(r) || r.blackhole == Value<bool>(true));
         });
}

May inside(May may) {
  May left;
  for (const Verdict v : {Verdict::private_, Verdict::blocked}) {
    if (may.has(v)) left = left | v;
  }
  return left;
}

}  // namespace

May confined(const Index& index, const Subnet& from, May may) {
  if (!may.has(Verdict::public_)) return may;
  if (const RouteTable* own = index.route_table(from).object; own != nullptr) return stays(*own) ? inside(may) : may;
  const std::vector<const RouteTable*> tables = index.possible_tables(from);
  const bool all = std::all_of(tables.begin(), tables.end(), [](const RouteTable* table) { return stays(*table); });
  return all && !tables.empty() ? inside(may) : may;
}

}  // namespace sallyport::net
