#include "guard/ledger.h"

#include <gtest/gtest.h>

namespace sallyport::guard {
namespace {

class LedgerTest : public testing::Test {
 protected:
  RegistryPtr registry = std::make_shared<Registry>();
  Cloud cloud{registry};
  Ref object(const char* id) {
    return registry->ids.get<EndpointId>(registry->text("eu-central-1"), registry->text(id));
  }
  Ledger ledger(std::vector<std::string> except = {}, std::size_t samples = 2) {
    return Ledger(cloud, "a-control", Level::medium, samples, std::move(except));
  }
  static Sample flow(const char* from, const char* to) {
    Sample s;
    s.from.id = from;
    s.to.id = to;
    return s;
  }
};

TEST_F(LedgerTest, FlowsFoldIntoTheirCause) {
  Ledger l = ledger();
  for (const char* from : {"c", "a", "b"}) l.violated({"open", object("vpce-1")}, flow(from, "s3"));
  const ControlResult r = l.close();
  ASSERT_EQ(r.findings.size(), 1u);
  EXPECT_EQ(r.findings[0].affected.count, 3u);
  ASSERT_EQ(r.findings[0].affected.samples.size(), 2u) << "no more than asked for";
  EXPECT_EQ(r.findings[0].affected.samples[0].from.id, "a") << "the first in order, whatever order they came in";
  EXPECT_EQ(r.outcome, Outcome::violated);
}

TEST_F(LedgerTest, UnknownIsNeverNoFinding) {
  Ledger l = ledger();
  l.unknown(registry->gaps.add({GapKind::not_collected, "routes", ""}));
  const ControlResult r = l.close();
  EXPECT_TRUE(r.findings.empty());
  EXPECT_EQ(r.outcome, Outcome::unknown);
}

TEST_F(LedgerTest, NothingFoundAndNothingOpenHolds) { EXPECT_EQ(ledger().close().outcome, Outcome::holds); }

TEST_F(LedgerTest, WorstFirstThenByObject) {
  Ledger l = ledger();
  l.violated({"open", object("vpce-2")});
  l.violated({"open", object("vpce-1")});
  l.violated({.cause = "nothing-allowed", .object = object("vpce-3"), .worse = 1});
  const ControlResult r = l.close();
  ASSERT_EQ(r.findings.size(), 3u);
  EXPECT_EQ(r.findings[0].level, Level::high);
  EXPECT_EQ(r.findings[1].at.id, "vpce-1");
  EXPECT_EQ(r.findings[2].at.id, "vpce-2");
}

TEST_F(LedgerTest, ExceptedObjectsAndEndsAreNotLookedAt) {
  Ledger l = ledger({"vpce-1", "old-*"});
  l.violated({"open", object("vpce-1")});
  l.violated({"open", object("vpce-2")}, flow("old-server", "s3"));
  l.unknown(registry->gaps.add({GapKind::not_collected, "routes", ""}), flow("x", "old-bucket"));
  const ControlResult r = l.close();
  EXPECT_TRUE(r.findings.empty());
  EXPECT_TRUE(r.open.empty());
}

TEST_F(LedgerTest, AFingerprintTellsControlCauseObjectAndSubjectApartAndNothingElse) {
  const auto print = [](const char* control, const char* cause, const char* id, const char* about) {
    return fingerprint(control, cause, Kind::endpoint, "eu-central-1", id, about);
  };
  const std::string one = print("c", "open", "vpce-1", "s3");
  EXPECT_EQ(one.size(), 16u);
  EXPECT_EQ(one, print("c", "open", "vpce-1", "s3"));
  EXPECT_NE(one, print("d", "open", "vpce-1", "s3"));
  EXPECT_NE(one, print("c", "shut", "vpce-1", "s3"));
  EXPECT_NE(one, print("c", "open", "vpce-2", "s3"));
  EXPECT_NE(one, print("c", "open", "vpce-1", ""));
  EXPECT_NE(print("c", "ab", "c", ""), print("c", "a", "bc", "")) << "parts do not run together";
  EXPECT_EQ(one, "a9ed761cab5ec11b") << "baselines of users hold these: they never change";
}

}  // namespace
}  // namespace sallyport::guard
