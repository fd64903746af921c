// Flows a second: the engine, built once, against the naive walker, on one cloud and
// the same questions. Both answer what workloads ask of services and of each other.
#include "estate.h"
#include "library/net/naive.h"
#include "net/engine.h"
#include "rows.h"

namespace sallyport::bench {

Row flows() {
  Row row{
      "flows: answers of the engine", "flows/s", {}, {}, {}, 10, true, "rival: the naive packet walker of the tests"};
  EstateSize size;
  size.interfaces = 400;
  size.vpcs = 2;
  const Cloud cloud = estate(size);
  const net::Engine engine(cloud, {}, {.hops = false, .strict = false});
  const std::vector<net::Workload> all = net::workloads(cloud);

  struct Pair {
    net::Flow flow;
    naive::Question question;
  };
  std::vector<Pair> asked;
  for (std::size_t n = 0; n < all.size() && asked.size() < 400; n += 3) {
    const net::Workload& from = all[n];
    if (from.object.kind != Kind::instance) continue;
    asked.push_back(
        {{from, net::ServiceTarget{"s3", "eu-central-1"}}, {from.object, naive::Service{"s3", "eu-central-1"}}});
    const net::Workload& to = all[(n * 7 + 1) % all.size()];
    if (to.object.kind != Kind::instance) continue;
    asked.push_back({{from, net::WorkloadTarget{to}}, {from.object, to.object}});
  }
  std::size_t same = 0;
  const double naive_seconds = median_seconds(1, [&] {
    for (const Pair& p : asked) same += naive::judge(cloud, p.question).packets > 0 ? 1 : 0;
  });
  const double seconds = median_seconds(5, [&] {
    for (const Pair& p : asked) same += engine.answer(p.flow).verdict != net::Verdict::unknown ? 1 : 0;
  });
  const double count = static_cast<double>(asked.size());
  row.ours = count / seconds;
  row.rival = count / naive_seconds;
  row.ratio = *row.ours / *row.rival;
  row.holds = same > 0 && *row.ratio >= *row.floor;
  return row;
}

}  // namespace sallyport::bench
