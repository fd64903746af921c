// A snapshot whose lists are read some items at a time is the same snapshot: same flows, same
// gaps, same diagnostics with their places.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "net/engine.h"
#include "read/input.h"

namespace sallyport::net {
namespace {

std::vector<std::string> told_of(const std::string& folder, std::size_t piece) {
  std::vector<std::string> told;
  const auto registry = std::make_shared<Registry>();
  read::InputOptions options;
  options.piece = piece;
  const auto cloud = read::read_cloud(registry, {folder}, nullptr, options);
  if (!cloud) return {cloud.error().message};
  for (const Diagnostic& d : cloud->diagnostics()) {
    told.push_back(std::string(d.code) + ": " + d.message + " at " + registry->documents.show(d.origin));
  }
  const Engine engine(*cloud, {}, {.hops = false});
  for (const Workload& from : workloads(*cloud)) {
    const std::string region(cloud->view(from.region));
    for (const Target& to : targets(*cloud, region)) {
      const Answer answer = engine.answer({from, to, tcp, 443});
      told.push_back(label(*cloud, from).id + " " + label(*cloud, to).id + ": " + name(answer.verdict) +
                     (answer.has_door() ? name(answer.door.kind) : ""));
      for (const GapId gap : answer.gaps) told.push_back(registry->gaps[gap].what);
    }
  }
  return told;
}

TEST(SnapshotInPieces, IsTheSameSnapshot) {
  std::vector<std::string> folders;
  for (const char* state : {"1-no-endpoints", "2-endpoints", "3-front-door-closed", "4-route-table-forgotten"}) {
    folders.push_back(std::string(SALLYPORT_SOURCE_DIR) + "/examples/article/" + state);
  }
  if (const char* corpora = std::getenv("SALLYPORT_CORPORA")) {
    for (const char* real : {"aws-stand-in/article", "aws-stand-in/tamvpc-complete"}) {
      folders.push_back(std::string(corpora) + "/" + real);
    }
  }
  std::size_t compared = 0;
  for (const std::string& folder : folders) {
    if (!std::filesystem::exists(folder)) continue;
    const std::vector<std::string> whole = told_of(folder, std::size_t{1} << 30);
    EXPECT_GT(whole.size(), 5U) << folder;
    for (const std::size_t piece : {1, 300})
      EXPECT_EQ(told_of(folder, piece), whole) << folder << " in pieces of " << piece;
    ++compared;
  }
  EXPECT_GE(compared, 2U);
}

}  // namespace
}  // namespace sallyport::net
