#include "show/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "show/census.h"
#include "show/fixture.h"

namespace sallyport::show {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// One violated control with a finding and a suppressed one, one that is not decided, one that holds.
guard::Report report(const TinyCloud& tiny) {
  guard::Finding finding;
  finding.control = "gateway-endpoint-associated";
  finding.level = guard::Level::high;
  finding.cause = "table-not-associated";
  finding.at = {tiny.table, "route-table", "rtb-01", "private", "111122223333", "eu-central-1", tiny.at(1)};
  finding.about = "s3";
  finding.message = "`rtb-01` is not associated";
  finding.repair = "aws ec2 modify-vpc-endpoint --add-route-table-ids rtb-01";
  finding.affected = {3, {{tiny.from(), tiny.to(), "public through `nat-01`"}}};
  finding.fingerprint = "00112233445566ff";
  guard::Finding suppressed = finding;
  suppressed.fingerprint = "ffeeddccbbaa9988";
  suppressed.at.id = "rtb-02";
  suppressed.suppressed = true;
  suppressed.suppressed_because = "moves next month";
  guard::ControlResult violated{
      "gateway-endpoint-associated", guard::Level::high, guard::Outcome::violated, 7, {finding, suppressed}, {}};
  guard::ControlResult open{"nothing-unknown", guard::Level::low, guard::Outcome::unknown, 7, {}, {}};
  open.open = {{tiny.unknown().gaps.front(), {2, {{tiny.from(), tiny.to(), "may be anything"}}}}};
  guard::ControlResult holds{"both-belts", guard::Level::high, guard::Outcome::holds, 2, {}, {}};
  return {{violated, open, holds}, {}};
}

TEST(CheckText, ShowsCauseObjectFlowsRepairAndPlace) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  check_text(out, page, report(tiny), {});
  EXPECT_THAT(out, HasSubstr("  high table-not-associated: rtb-01 (private), s3\n"
                             "    `rtb-01` is not associated\n"
                             "      alpha5 -> s3delta: public through `nat-01`\n"
                             "      and 2 more\n"
                             "    repair: aws ec2 modify-vpc-endpoint --add-route-table-ids rtb-01\n"
                             "    routes.json:2  00112233445566ff\n"));
  EXPECT_THAT(out, HasSubstr("  not known: network ACLs of 111122223333 were not collected\n"
                             "  settle it: aws ec2 describe-network-acls\n"
                             "      alpha5 -> s3delta: may be anything\n"
                             "      and 1 more\n"));
  EXPECT_THAT(out, HasSubstr("3 controls: 1 violated, 1 unknown, 1 holds; 1 finding, 1 suppressed\n"));
  EXPECT_THAT(out, Not(HasSubstr("rtb-02")));
}

TEST(CheckText, SuppressedFindingsAreShownOnDemand) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  check_text(out, page, report(tiny), {.suppressed = true});
  EXPECT_THAT(out, HasSubstr("rtb-02 (private), s3 (suppressed: moves next month)"));
}

TEST(CheckJson, ListsControlsFindingsAndWhatIsUnknown) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  check_json(out, page, report(tiny), {});
  EXPECT_THAT(out, HasSubstr("\"control\": \"both-belts\""));
  EXPECT_THAT(out, HasSubstr("\"fingerprint\": \"00112233445566ff\", \"affected\": {\"count\": 3, \"samples\": [{"));
  EXPECT_THAT(out, HasSubstr("\"suppressed\": \"moves next month\""));
  EXPECT_THAT(out, HasSubstr("\"unknown\": [\n    {\"control\": \"nothing-unknown\", \"kind\": \"not-collected\""));
}

TEST(Sarif, UnknownIsOpenAndSuppressedSaysWhy) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  check_sarif(out, page, report(tiny), "1.2.3");
  EXPECT_THAT(out, HasSubstr("\"version\": \"1.2.3\""));
  EXPECT_THAT(out, HasSubstr("\"uri\": \"routes.json\""));
  EXPECT_THAT(out, HasSubstr("\"startLine\": 2"));
  EXPECT_THAT(out, HasSubstr("\"kind\": \"open\""));
  EXPECT_THAT(out, HasSubstr("\"sallyport/1\": \"00112233445566ff\""));
  EXPECT_THAT(out, HasSubstr("\"justification\": \"moves next month\""));
}

TEST(CheckMarkdown, HasARowForEachFindingThatCounts) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  std::string out;
  check_markdown(out, page, report(tiny));
  EXPECT_THAT(out, HasSubstr("| high | gateway-endpoint-associated | table-not-associated | rtb-01 (private) |"));
  EXPECT_THAT(out, HasSubstr("| unknown | nothing-unknown | not-collected |"));
  EXPECT_THAT(out, Not(HasSubstr("rtb-02")));
}

TEST(CensusText, SaysWhatHangsOnEachCauseAndWhatSettlesIt) {
  const TinyCloud tiny;
  Page page(tiny.cloud);
  guard::Census census;
  census.flows = 10;
  census.unknown = 2;
  guard::CensusEntry entry;
  entry.kind = "not-collected";
  entry.what = "network ACLs were not collected";
  entry.remedy = "aws ec2 describe-network-acls";
  entry.flows = {2, {{tiny.from(), tiny.to(), "may be anything"}}};
  entry.alone = 1;
  census.causes = {entry};
  census.unread = {{"ec2-describe-x", 2}};
  std::string out;
  census_text(out, page, census, {});
  EXPECT_EQ(out,
            "10 flows, 2 unknown, for 1 cause\n"
            "\n"
            "not-collected network ACLs were not collected\n"
            "  2 flows hang on it, 1 of them on nothing else\n"
            "  settle it: aws ec2 describe-network-acls\n"
            "    alpha5 -> s3delta: may be anything\n"
            "    and 1 more\n"
            "\n"
            "answers in the input that no reader knows:\n"
            "  ec2-describe-x (2 files)\n");
  std::string lacking;
  census_text(lacking, page, census, tiny.unknown().gaps);
  EXPECT_THAT(lacking, HasSubstr("flows from or to them are not counted:\n\n  not known: network ACLs"));
}

}  // namespace
}  // namespace sallyport::show
