#include "guard/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "access/access.h"
#include "guard/census.h"
#include "read/input.h"

namespace sallyport::guard {
namespace {

// One of the cases, read once, under any settings.
class CheckTest : public testing::Test {
 protected:
  Report run(const char* name, Settings settings, CheckOptions options = {}) {
    const std::string cases = std::string(SALLYPORT_SOURCE_DIR) + "/tests/cases/";
    const auto cloud =
        read::read_cloud(registry, {cases + "join/base", cases + "join/plain-data", cases + "join/plain-dns",
                                    cases + "join/plain-org", cases + "join/plain-doors", cases + "join/" + name});
    EXPECT_TRUE(cloud);
    const net::Engine engine(*cloud, std::move(settings));
    const access::Access access(engine);
    const Result<Report> report = check(access, options);
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    return report ? *report : Report();
  }
  // A case whose doors are the plain ones: the endpoints have the default policy.
  Report run(Settings settings, CheckOptions options = {}) {
    return run("nk-2-source-vpc", std::move(settings), std::move(options));
  }
  static const ControlResult& of(const Report& report, std::string_view control) {
    return *std::find_if(report.results.begin(), report.results.end(),
                         [&](const ControlResult& r) { return r.control == control; });
  }
  static bool has(const Report& report, std::string_view code) {
    return std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                       [&](const Diagnostic& d) { return d.code == code; });
  }
  RegistryPtr registry = std::make_shared<Registry>();
};

TEST_F(CheckTest, EveryControlHasItsPage) {
  for (const Control& control : controls()) {
    std::ifstream page(std::string(SALLYPORT_SOURCE_DIR) + "/" + control.page);
    std::string title;
    ASSERT_TRUE(std::getline(page, title)) << control.page;
    EXPECT_EQ(title, std::string("# ") + control.id);
    std::string text((std::istreambuf_iterator<char>(page)), {});
    EXPECT_NE(text.find(std::string("**Level:** ") + name(control.level)), std::string::npos) << control.id;
  }
}

TEST_F(CheckTest, AnUnknownControlIsAnError) {
  const net::Engine engine{Cloud(registry)};
  const access::Access access(engine);
  const Result<Report> report = check(access, {.only = {"no-such-control"}});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "unknown control `no-such-control`");
  Settings settings;
  settings.controls.push_back({"no-such-control", "", true, {}, {}});
  EXPECT_TRUE(has(run(settings), "unknown-control"));
}

TEST_F(CheckTest, AControlCanBeSwitchedOffAndAskedForAnyway) {
  Settings settings;
  settings.controls.push_back({"endpoint-policy", "", false, {}, {}});
  EXPECT_EQ(run(settings).results.size(), controls().size() - 1);
  const Report asked = run(settings, {.only = {"endpoint-policy"}});
  ASSERT_EQ(asked.results.size(), 1u);
  EXPECT_EQ(asked.results[0].outcome, Outcome::violated);
}

TEST_F(CheckTest, TheSettingsRaiseASeverity) {
  Settings settings;
  settings.controls.push_back({"endpoint-policy", "critical", true, {}, {}});
  const Report report = run(settings, {.only = {"endpoint-policy"}});
  EXPECT_TRUE(fails(report, Level::critical));
  EXPECT_FALSE(fails(run({}, {.only = {"endpoint-policy"}}), Level::high));
  EXPECT_TRUE(fails(run({}, {.only = {"endpoint-policy"}}), Level::medium));
}

TEST_F(CheckTest, ASuppressedFindingFailsNothingUntilItsDay) {
  Settings settings;
  settings.suppressions.push_back({"endpoint-policy", "vpce-*", "known", "2026-06-30", {}});
  const Report before = run(settings, {.only = {"endpoint-policy"}, .today = "2026-06-30"});
  EXPECT_EQ(before.results[0].outcome, Outcome::holds);
  ASSERT_FALSE(before.results[0].findings.empty()) << "it is still told";
  EXPECT_TRUE(before.results[0].findings[0].suppressed);
  const Report after = run(settings, {.only = {"endpoint-policy"}, .today = "2026-07-01"});
  EXPECT_EQ(after.results[0].outcome, Outcome::violated);
  EXPECT_TRUE(has(after, "suppression-expired"));
}

TEST_F(CheckTest, ASuppressionThatMatchesNothingIsTold) {
  Settings settings;
  settings.suppressions.push_back({"endpoint-policy", "vpce-elsewhere", "known", "", {}});
  EXPECT_TRUE(has(run(settings, {.only = {"endpoint-policy"}}), "suppression-unused"));
}

TEST_F(CheckTest, AnEmptyCloudIsNoProof) {
  const net::Engine engine{Cloud(registry)};
  const access::Access access(engine);
  const Result<Report> report = check(access);
  ASSERT_TRUE(report);
  for (const ControlResult& r : report->results) EXPECT_EQ(r.outcome, Outcome::unknown) << r.control;
}

TEST_F(CheckTest, TheCensusCountsEveryUnknownFlow) {
  const std::string cases = std::string(SALLYPORT_SOURCE_DIR) + "/tests/cases/";
  // Without the VPC's DNS attributes no name is known to resolve.
  const auto cloud = read::read_cloud(registry, {cases + "join/base", cases + "join/plain-data",
                                                 cases + "join/plain-doors", cases + "join/nk-2-source-vpc"});
  ASSERT_TRUE(cloud);
  const net::Engine engine(*cloud);
  const Survey survey(engine);
  const Census c = census(survey);
  std::size_t unknown = 0;
  for (const SurveyedFlow& f : survey.flows()) {
    if (f.answer.verdict == net::Verdict::unknown) unknown += f.from->members.size();
  }
  EXPECT_GT(unknown, 0u);
  EXPECT_EQ(c.unknown, unknown);
  EXPECT_LE(c.unknown, c.flows);
  ASSERT_FALSE(c.causes.empty());
  for (std::size_t i = 0; i + 1 < c.causes.size(); ++i) {
    EXPECT_GE(c.causes[i].flows.count, c.causes[i + 1].flows.count);
  }
  EXPECT_FALSE(c.causes[0].remedy.empty());
}

}  // namespace
}  // namespace sallyport::guard
