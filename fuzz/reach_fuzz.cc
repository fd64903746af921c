// Any files as a snapshot or as AWS Config's, with or without settings, and flows through the
// cloud that they make. No crash, no hang; and whatever the cloud is:
//
//   - a decided answer may be nothing else, an unknown one says what it may be and why;
//   - verdict, door and `may` are the same with and without hops and reasons;
//   - what is decided without AWS's defaults is decided alike with them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "net/engine.h"
#include "read/awsconfig/recorded.h"
#include "read/settings.h"
#include "read/snapshot/snapshot.h"
#include "read/yaml/parse.h"
#include "structured.h"

namespace {

using namespace sallyport;

Cloud cloud_of(const std::vector<fuzz::File>& files, const RegistryPtr& registry, Settings& settings) {
  read::snapshot::Survey survey;
  read::snapshot::Snapshot snapshot(registry);
  read::awsconfig::Recorded recorded(registry);
  for (const auto& [path, text] : files) {
    const auto slot = read::snapshot::slot_of(path);
    const auto tree = read::json::parse(text);
    if (tree && read::snapshot::Survey::wanted(slot)) survey.add(slot, *tree);
  }
  for (const auto& [path, text] : files) {
    if (path == "sallyport.yaml") {
      const auto tree = read::yaml::parse(text, registry->documents.add_text(path, text));
      if (!tree || tree->entries() > 10'000) continue;
      if (auto read = read::settings_of(tree->root())) settings = std::move(*read);
      continue;
    }
    auto slot = read::snapshot::slot_of(path);
    const auto tree = read::json::parse(text, registry->documents.add_text(path, text));
    if (!tree) {
      snapshot.add_broken(slot, path, tree.error());
    } else if (read::awsconfig::is_config(tree->root())) {
      recorded.add(*tree, {slot.account, slot.region, path}, slot.subject);
    } else {
      survey.settle(slot, *tree);
      snapshot.add(slot, path, *tree);
    }
  }
  (void)recorded.tell(snapshot);
  return apply(Cloud(registry), snapshot.finish());
}

void check(const net::Engine& telling, const net::Engine& terse, const net::Engine& strict, const net::Flow& flow) {
  const Documents& documents = telling.cloud().registry().documents;
  const net::Answer a = telling.answer(flow);
  if (a.may.empty()) std::abort();
  if (a.verdict != net::Verdict::unknown && a.may != net::May(a.verdict)) std::abort();
  if (a.verdict == net::Verdict::unknown && a.gaps.empty() && a.reason.message.empty()) std::abort();
  for (const net::Hop& hop : a.hops) (void)documents.show(hop.place);
  (void)documents.show(a.reason.place);
  const net::Answer b = terse.answer(flow);
  if (a.verdict != b.verdict || a.may != b.may || a.doors != b.doors) std::abort();
  const net::Answer c = strict.answer(flow);
  if (c.verdict != net::Verdict::unknown && c.verdict != a.verdict) std::abort();
  if (a.verdict != net::Verdict::unknown && !c.may.has(a.verdict)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 200'000) return 0;
  const auto registry = std::make_shared<Registry>();
  Settings settings;
  const Cloud cloud = cloud_of(fuzz::files_in({reinterpret_cast<const char*>(data), size}), registry, settings);
  const net::Engine telling(cloud, settings, {});
  const net::Engine terse(cloud, settings, {.hops = false, .strict = false, .reasons = false});
  const net::Engine strict(cloud, settings, {.hops = false, .strict = true, .reasons = false});

  const std::vector<net::Workload> workloads = net::workloads(cloud);
  std::vector<net::Source> from(workloads.begin(), workloads.end());
  from.emplace_back(net::InternetSource{});
  std::vector<net::Target> to = net::targets(cloud, "eu-central-1");
  for (const net::Workload& w : workloads) to.emplace_back(net::WorkloadTarget{w});
  for (const Endpoint& e : cloud->endpoints) to.emplace_back(net::EndpointTarget{e.id});
  for (const LoadBalancer& b : cloud->load_balancers) to.emplace_back(net::LoadBalancerTarget{b.id});
  for (const char* host : {"example.com", "s3.eu-central-1.amazonaws.com", "db.corp.internal"})
    to.emplace_back(net::HostTarget{host});
  for (const char* a : {"8.8.8.8", "10.0.1.10", "10.1.1.10", "192.168.7.7", "64:ff9b::808:808", "2606:4700::1111"})
    to.emplace_back(net::AddressTarget{*parse_address(a)});
  to.emplace_back(net::InternetTarget{});

  // A few flows of all, others for another input.
  std::uint32_t hash = 2166136261;
  for (std::size_t i = 0; i < size; i += 7) hash = (hash ^ data[i]) * 16777619;
  std::minstd_rand random(hash);
  for (int n = 0; n < 12; ++n) {
    const std::int16_t protocol = n < 9 ? tcp : n == 9 ? udp : n == 10 ? icmp : icmpv6;
    const std::uint16_t port = n % 4 == 3 ? 5432 : 443;
    check(telling, terse, strict, {from[random() % from.size()], to[random() % to.size()], protocol, port});
  }
  return 0;
}
