// Any file as a result of Reachability Analyzer or of the policy simulator, beside a small
// estate: no crash, no hang, a row for each that says what became of it; and whatever a tag
// says is said again by the question that it holds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "confirm/results.h"
#include "read/snapshot/snapshot.h"
#include "structured.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  if (size > 50'000) return 0;
  const auto registry = std::make_shared<Registry>();
  read::snapshot::Snapshot snapshot(registry);
  static const std::string text =
      R"({"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
          "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"}],
          "Roles": [{"RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app"}]})";
  const std::string at = "111122223333/eu-central-1/network.json";
  const auto tree = read::json::parse(text, registry->documents.add_text(at, text));
  if (!tree) std::abort();
  snapshot.add(read::snapshot::slot_of(at), at, *tree);
  const net::Engine engine(apply(Cloud(registry), snapshot.finish()), {}, {});
  const access::Access access(engine);
  for (const auto& [path, contents] : fuzz::files_in({reinterpret_cast<const char*>(data), size}, 4)) {
    if (const auto question = confirm::path_question(path)) {
      if (confirm::path_question(confirm::tag_of(*question)) != question) std::abort();
    }
    std::vector<confirm::Row> rows = confirm::read_results(path, contents);
    confirm::compare(access, rows);
    for (const confirm::Row& row : rows) {
      if (row.match == confirm::Match::silent && row.aws.empty()) std::abort();
      if (row.match != confirm::Match::silent && row.ours.empty()) std::abort();
    }
  }
  return 0;
}
