// Deciding again after one changed rule, against reading and deciding the whole: in process, on the files of an
// organization. A rule is a group's, an ACL's entry or a table's route; each is changed on the cloud as it was read.
#include "redecide.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "net/tally.h"
#include "read/input.h"

namespace sallyport::bench {
namespace {

std::vector<net::TargetsOfRegion> targets_of(const net::Engine& engine) {
  std::vector<net::TargetsOfRegion> all;
  std::set<std::string> regions;
  for (const net::SourceClass& c : engine.classes()) {
    const std::string region(engine.cloud().view(c.members.front().region));
    if (regions.insert(region).second) all.push_back({region, net::targets(engine.cloud(), region)});
  }
  return all;
}

// The n-th change: of groups, ACLs and tables by turns, all over the rows.
Change changed(const Cloud& cloud, std::size_t n, std::size_t of) {
  Change change(cloud.registry_ptr());
  const auto pick = [&](const auto& rows) { return rows.rows()[(n * 2 + 1) * rows.size() / (of * 2)]; };
  if (n % 4 < 2) {
    SecurityGroup group = pick(cloud->security_groups);
    if (n % 4 == 0 && !group.rules.empty()) {
      group.rules.items.pop_back();
    } else {
      GroupRule rule;
      rule.egress = n % 8 == 1;
      rule.protocol = tcp;
      rule.first_port = rule.last_port = 443;
      rule.peer = *parse_prefix("10.77.0.0/17");
      group.rules.items.push_back(rule);
    }
    change.put.security_groups.push_back(std::move(group));
  } else if (n % 4 == 2) {
    NetworkAcl acl = pick(cloud->network_acls);
    if (!acl.entries.empty()) acl.entries.items.front().allow = !acl.entries.items.front().allow;
    change.put.network_acls.push_back(std::move(acl));
  } else {
    RouteTable table = pick(cloud->route_tables);
    if (!table.routes.empty()) table.routes.items.pop_back();
    change.put.route_tables.push_back(std::move(table));
  }
  return change;
}

}  // namespace

Row redecide(const std::string& folder, const std::string& size) {
  constexpr std::size_t changes = 60;
  Row row{"organization: one changed rule, " + size, "ms", {}, {}, {}, 0.05, false, {}};
  const RegistryPtr registry = std::make_shared<Registry>();
  const double begin = now();
  const Result<Cloud> cloud = read::read_cloud(registry, {folder});
  if (!cloud) {
    row.note = "skipped: the files could not be read";
    return row;
  }
  const net::Options terse{.hops = false, .strict = false, .reasons = false};
  const net::Engine engine(*cloud, {}, terse);
  const double read = now();
  const net::Tally tally = engine.tally(targets_of(engine), 443);
  const double decided = now();

  std::vector<double> times;
  std::size_t homes = 0, most = 0, others = 0, wrong = 0;
  for (std::size_t n = 0; n < changes; ++n) {
    Change change = changed(*cloud, n, changes);
    const double start = now();
    const net::Engine then(engine, apply(*cloud, std::move(change)));
    const net::Tally later = then.tally(tally);
    times.push_back(now() - start);
    homes += later.homes_decided(), most = std::max(most, later.homes_decided());
    others += later.counts() == tally.counts() ? 0 : 1;
    if (n % 12 != 0 && n % 12 != 7) continue;
    const net::Engine anew(then.cloud(), {}, terse);
    wrong += later.counts() == anew.tally(targets_of(anew), 443).counts() ? 0 : 1;
  }
  std::sort(times.begin(), times.end());
  const double whole = decided - begin;
  row.ours = 1e3 * times[changes / 2];
  row.rival = 1e3 * whole;
  row.ratio = *row.rival / *row.ours;
  row.holds = wrong == 0 && times[changes / 2] <= 0.05 * whole;
  row.note = fmt::format(
      "median of {} changes, the longest {:.0f} ms; {:.1f} % of reading and deciding all ({:.0f} and {:.0f} ms in "
      "process); {:.1f} of {} VPCs decided anew, {} at most; {} changes changed counts{}",
      changes, 1e3 * times.back(), 100 * times[changes / 2] / whole, 1e3 * (read - begin), 1e3 * (decided - read),
      static_cast<double>(homes) / changes, tally.homes(), most, others,
      wrong == 0 ? "" : fmt::format("; {} WRONG", wrong));
  return row;
}

}  // namespace sallyport::bench
