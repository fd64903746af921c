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
      ASSERT_FALSE(answer.gaps.empty()) << shown;
      // The snapshot holds no network ACLs at all, and the peer takes that for "everything passes".
      // What a subnet's ACL says no page of AWS does: its default can be changed, and others put in
      // its place (AC-1). So these two stay open.
      EXPECT_EQ(snapshot, "test-vpc-peering-multi-account") << shown;
      EXPECT_EQ(engine->cloud().registry().gaps[answer.gaps.front()].what.find("network-acls of "), 0U) << shown;
      std::printf("not decided: %s\n", shown.c_str());
    } else {
      ++decided;
      EXPECT_STREQ(name(answer.verdict), name(want)) << shown;
    }
  }
  std::printf("%d decided as expected or reported, %d not decided, %d skipped\n", decided, open, skipped);
  EXPECT_EQ(decided, 24);
  EXPECT_EQ(open, 2);
}

}  // namespace
}  // namespace sallyport::net
