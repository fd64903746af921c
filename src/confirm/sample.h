// Sample: which of our answers AWS shall be asked to confirm.
//
// Decided flows are grouped by what was decided (verdict, door, reason; whether a
// workload or a service is meant), and some of each group are taken, in the order of
// `paths`, so that the same input gives the same questions. The question that AWS is
// asked is not the flow itself but what of it Reachability Analyzer can be asked, and
// what we expect is our own answer to that very question.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "access/access.h"
#include "confirm/probe.h"

namespace sallyport::confirm {

struct SampleOptions {
  std::size_t of_each = 2;
  std::int16_t protocol = 6;  // tcp or udp: Reachability Analyzer knows no others
  std::uint16_t port = 443;
};

struct Sample {
  std::vector<PathProbe> paths;       // by group, in the order of finding
  std::vector<PolicyProbe> policies;  // denied ones after allowed ones, by action
  // What AWS cannot be asked, by cause: how many flows (of classes of workloads), requests.
  std::map<std::string, std::size_t> paths_left_out;
  std::map<std::string, std::size_t> policies_left_out;
  // Only every n-th flow and request was looked at, so that large organizations take seconds.
  std::size_t every_flow = 1;
  std::size_t every_request = 1;
};

// Cost: a flow for each class of workloads and each target, at most `most_flows`, and for each
// pair of the first `pairs` classes; a request for each role of a workload and each
// resource, at most `most_requests`.
constexpr std::size_t most_flows = 100'000;
constexpr std::size_t most_requests = 20'000;
constexpr std::size_t pairs = 100;
Sample sample(const access::Access& access, const SampleOptions& options);

// The parts of it.
void sample_paths(const net::Engine& engine, const SampleOptions& options, Sample& out);
void sample_policies(const access::Access& access, const SampleOptions& options, Sample& out);

}  // namespace sallyport::confirm
