// All flows of an input, by names, so that the same architecture in two forms can be compared.
#pragma once

#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "net/engine.h"
#include "read/input.h"

namespace sallyport::read {

struct Told {
  net::Verdict verdict;
  std::string door;
  std::string why;
  net::May may;
};
using Flows = std::map<std::string, Told>;  // "alpha5 -> s3 (service)"

// All flows of all workloads to all targets, by names: ids differ between the forms.
inline Flows flows_of(const std::vector<std::string>& paths, const InputOptions& options = {}) {
  const auto registry = std::make_shared<Registry>();
  const auto cloud = read_cloud(registry, paths, nullptr, options);
  EXPECT_TRUE(cloud.has_value()) << (cloud ? "" : cloud.error().message);
  Flows flows;
  if (!cloud) return flows;
  const net::Engine engine(*cloud);
  for (const net::Workload& workload : net::workloads(*cloud)) {
    std::vector<net::Target> targets = net::targets(*cloud, "eu-central-1");
    for (const char* service : {"sqs", "kms", "sts"}) targets.emplace_back(net::ServiceTarget{service, "eu-central-1"});
    for (const net::Workload& other : net::workloads(*cloud)) {
      if (other.kind == net::WorkloadKind::instance) targets.emplace_back(net::WorkloadTarget{other});
    }
    for (const net::Target& target : targets) {
      const net::Answer a = engine.answer({workload, target, tcp, 443});
      const net::Label to = net::label(*cloud, target);
      Told told{a.verdict, a.has_door() ? net::name(a.door.kind) : "", {}, a.may};
      for (const GapId gap : a.gaps) {
        if (told.why.empty()) told.why = registry->gaps[gap].what;
      }
      flows[std::string(cloud->view(workload.name)) + " -> " + to.name + " (" + to.kind + ")"] = told;
    }
  }
  return flows;
}

// Prints where the two differ; counts flows of both, decided by both, and contradictions.
struct Compared {
  std::size_t both = 0, decided_left = 0, decided_both = 0, contradictions = 0;
};
inline Compared compare(const std::string& left_name, const Flows& left, const std::string& right_name,
                        const Flows& right) {
  Compared c;
  std::cout << "  " << left_name << " against " << right_name << ":\n";
  for (const auto& [flow, a] : left) {
    const auto found = right.find(flow);
    if (found == right.end()) continue;
    const Told& b = found->second;
    ++c.both;
    const bool known_a = a.verdict != net::Verdict::unknown;
    const bool known_b = b.verdict != net::Verdict::unknown;
    c.decided_left += known_a;
    c.decided_both += known_a && known_b;
    const bool same = a.verdict == b.verdict && a.door == b.door;
    // What is not known must at least be possible.
    const bool possible =
        (known_a || !known_b || a.may.has(b.verdict)) && (known_b || !known_a || b.may.has(a.verdict));
    c.contradictions += (known_a && known_b && !same) || !possible;
    if (same) continue;
    std::printf("    %-28s %-8s %-18s | %-8s %-18s %s\n", flow.c_str(), net::name(a.verdict), a.door.c_str(),
                net::name(b.verdict), b.door.c_str(), (known_a ? b.why : a.why).c_str());
  }
  std::printf("    %zu flows, %zu decided by the first, %zu by both, %zu contradictions\n", c.both, c.decided_left,
              c.decided_both, c.contradictions);
  return c;
}

}  // namespace sallyport::read
