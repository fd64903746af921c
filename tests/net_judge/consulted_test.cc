// Each look-up of an index that gives rules out is noted: what it gave is what was consulted.
#include <gtest/gtest.h>

#include <algorithm>

#include "library/net/erase.h"
#include "library/net/random.h"
#include "net/index.h"
#include "net_judge/ask.h"

namespace sallyport::net_judge {
namespace {

TEST(Consulted, EveryLookUpOfRulesIsNoted) {
  std::size_t looked = 0, several = 0, edges = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    generate::Random random(seed);
    std::vector<std::string> erased;
    const Cloud cloud = generate::erase(estate(seed, Estate::inspected), {10, 0}, random, erased);
    const net::Index whole(cloud, {}, {});
    net::Consulted consulted;
    const net::Index index = whole.noting_in(consulted);
    const auto noted = [&](std::vector<Ref> given) {
      std::sort(given.begin(), given.end());
      looked += given.size();
      EXPECT_EQ(consulted.take(), given) << "seed " << seed;
    };
    const auto of = [](const auto* row) { return row == nullptr ? std::vector<Ref>() : std::vector<Ref>{row->id}; };
    const auto of_all = [](const auto& rows) {
      std::vector<Ref> all;
      for (const auto* row : rows) all.emplace_back(row->id);
      return all;
    };
    for (const Subnet& subnet : cloud->subnets) {
      noted(of(index.route_table(subnet).object));
      noted(of(index.network_acl(subnet).object));
      const auto possible = index.possible_tables(subnet);
      several += possible.size() > 1 ? 1 : 0;
      noted(of_all(possible));
    }
    for (const Vpc& vpc : cloud->vpcs) noted(of_all(index.route_tables(vpc.id)));
    for (const SecurityGroup& group : cloud->security_groups) noted(of(index.group(group.id)));
    for (const RouteTable& table : cloud->route_tables) noted(of(index.route_table(table.id)));
    for (const InternetGateway& gateway : cloud->internet_gateways) {
      const RouteTable* edge = index.edge_table(gateway.id);
      edges += edge == nullptr ? 0 : 1;
      noted(of(edge));
    }
    // The same question twice is noted once; one that notes nothing has nothing to tell.
    if (!cloud->vpcs.empty()) {
      index.route_tables(cloud->vpcs.rows().front().id);
      noted(of_all(index.route_tables(cloud->vpcs.rows().front().id)));
      whole.route_tables(cloud->vpcs.rows().front().id);
      noted({});
    }
  }
  EXPECT_GT(looked, 1000U);
  EXPECT_GT(several, 0U);
  EXPECT_GT(edges, 0U);
}

}  // namespace
}  // namespace sallyport::net_judge
