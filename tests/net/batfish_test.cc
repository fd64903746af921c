// The peer's own expectations on its own snapshots: every answer that we decide
// agrees; every answer that we do not decide may still be the peer's, and says why.
//
// Rows that begin or end at an on-premises router are skipped: it is not there.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "net/engine.h"
#include "read/input.h"

namespace sallyport::net {
namespace {

std::string corpora() {
  const char* folder = std::getenv("SALLYPORT_CORPORA");
  return folder == nullptr ? std::string() : std::string(folder);
}

std::string text(const nlohmann::json& row, const char* key) {
  return row.contains(key) && row[key].is_string() ? row[key].get<std::string>() : std::string();
}

// What a row's disposition means in our words; `unknown`: nothing that we could check.
Verdict expected(const nlohmann::json& row) {
  const std::string disposition = text(row, "expected");
  std::string path;
  for (const auto& hop : row.value("path", nlohmann::json::array())) path += hop.dump() + " ";
  const auto begins = [&](const char* word) { return disposition.rfind(word, 0) == 0; };
  for (const char* on_premises : {"vgw", "dxgw", "onprem"}) {
    if (path.find(on_premises) != std::string::npos) return Verdict::unknown;
  }
  if (begins("ACCEPTED")) return path.find("igw") != std::string::npos ? Verdict::public_ : Verdict::private_;
  if (begins("EXITS_NETWORK")) return path.find("vpce") != std::string::npos ? Verdict::private_ : Verdict::public_;
  for (const char* blocked : {"DENIED", "NO_ROUTE", "NULL_ROUTED", "NEIGHBOR_UNREACHABLE"}) {
    if (begins(blocked)) return Verdict::blocked;
  }
  return Verdict::unknown;
}

std::int16_t protocol(const std::string& words) {
  return words == "tcp" ? tcp : words == "udp" ? udp : words == "icmp" ? icmp : 0;
}

TEST(Batfish, WhatWeDecideIsWhatThePeerExpects) {
  std::ifstream file(corpora() + "/batfish/EXPECTED.json");
  if (corpora().empty() || !file) GTEST_SKIP() << "SALLYPORT_CORPORA is not set";
  const nlohmann::json rows = nlohmann::json::parse(file);
  std::map<std::string, std::shared_ptr<Engine>> engines;
  int decided = 0, open = 0, skipped = 0;
  for (const auto& row : rows) {
    const std::string snapshot = text(row, "snapshot");
    std::string from = text(row, "src_ip").empty() ? text(row, "src") : text(row, "src_ip");
    if (from == "(internet)") from = "internet";
    const std::string to = text(row, "dst");
    const Verdict want = expected(row);
    if (want == Verdict::unknown || from.empty() || from[0] == '(' || from == "0.0.0.0") {
      ++skipped;
      continue;
    }
    auto& engine = engines[snapshot];
    if (engine == nullptr) {
      const auto cloud = read::read_cloud(std::make_shared<Registry>(), {corpora() + "/batfish/" + snapshot});
      ASSERT_TRUE(cloud) << snapshot;
      engine = std::make_shared<Engine>(*cloud);
    }
    const auto source = parse_source(engine->cloud(), from);
    const auto target = parse_target(engine->cloud(), to, "us-east-1");
    ASSERT_TRUE(source && target) << snapshot << " " << from << " " << to;
    const std::uint16_t port =
        row.contains("dport") && row["dport"].is_number() ? row["dport"].get<std::uint16_t>() : 0;
    const Answer answer = engine->answer({*source, *target, protocol(text(row, "proto")), port});
    const std::string shown = snapshot + ": " + from + " -> " + to + ": " + answer.reason.message;
    if (answer.verdict == Verdict::unknown) {
      ++open;
      EXPECT_TRUE(answer.may.has(want)) << shown;
      EXPECT_FALSE(answer.gaps.empty()) << shown;
      std::printf("not decided: %s\n", shown.c_str());
    } else {
      ++decided;
      EXPECT_STREQ(name(answer.verdict), name(want)) << shown;
    }
  }
  std::printf("%d decided as expected or reported, %d not decided, %d skipped\n", decided, open, skipped);
  EXPECT_GE(decided, 13);
}

// How much of what was collected is decided. The stand-in's errors (corpora's README)
// and what cloudmapper does not collect stay visible as unknown.
TEST(Decided, ShareOfFlowsPerSnapshot) {
  if (corpora().empty()) GTEST_SKIP() << "SALLYPORT_CORPORA is not set";
  const std::map<std::string, double> least = {{"/aws-stand-in/article", 0.8},
                                               {"/aws-stand-in/article-org", 0.8},
                                               {"/aws-stand-in/tamvpc-complete", 0},
                                               {"/cloudmapper-demo", 0}};
  for (const auto& [folder, floor] : least) {
    const auto cloud = read::read_cloud(std::make_shared<Registry>(), {corpora() + folder});
    ASSERT_TRUE(cloud) << folder;
    const Engine engine(*cloud);
    int all = 0, unknown = 0;
    std::map<std::string, int> causes;
    for (const SourceClass& c : engine.classes()) {
      for (const Target& target : targets(*cloud, cloud->view(c.members.front().region))) {
        const Answer a = engine.answer({c.members.front(), target, tcp, 443});
        const int flows = static_cast<int>(c.members.size());
        all += flows;
        if (a.verdict != Verdict::unknown) continue;
        unknown += flows;
        ASSERT_FALSE(a.gaps.empty());
        causes[cloud->registry().gaps[a.gaps.front()].what] += flows;
      }
    }
    std::printf("%-30s %d of %d flows decided\n", folder.c_str(), all - unknown, all);
    for (const auto& [cause, count] : causes) std::printf("    %4d  %s\n", count, cause.c_str());
    EXPECT_GE(all - unknown, floor * all);
  }
}

}  // namespace
}  // namespace sallyport::net
