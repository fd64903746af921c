#include "show/tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sallyport::show {
namespace {

using ::testing::HasSubstr;

std::vector<CaseResult> results() {
  CaseResult good{"cases/good", "https://docs", "", "", {{"reach a -> b tcp 443", "", "e.yaml:3", true, {}, "", ""}}};
  CaseResult bad{
      "cases/<bad>",
      "",
      "",
      "",
      {{"reach a -> b tcp 443", "it must", "e.yaml:3", false, {{"verdict", "private", "public"}}, "", "1 x\n"},
       {"reach z -> b tcp 443", "", "e.yaml:5", false, {}, "nothing is called `z`", ""}}};
  CaseResult broken{"cases/broken", "", "", "unknown key `verdikt`", {}};
  return {good, bad, broken};
}

TEST(Tests, TotalsTellFailedFromUnreadable) {
  TestTotals totals;
  for (const CaseResult& r : results()) totals.add(r);
  EXPECT_EQ(totals_line(totals), "3 cases: 1 passed, 1 failed, 1 could not be read; 3 expectations, 2 failed\n");
}

TEST(Tests, TextShowsTheDifferenceAndTheHops) {
  std::string out;
  for (const CaseResult& r : results()) print_case(out, {}, r);
  EXPECT_EQ(out,
            "pass  cases/good (1 expectation)\n"
            "FAIL  cases/<bad> (2 of 2 failed)\n"
            "\n"
            "      reach a -> b tcp 443\n"
            "      e.yaml:3\n"
            "      it must\n"
            "        verdict: expected private, got public\n"
            "          1 x\n"
            "\n"
            "      reach z -> b tcp 443\n"
            "      e.yaml:5\n"
            "        nothing is called `z`\n"
            "\n"
            "error cases/broken: unknown key `verdikt`\n");
}

TEST(Tests, JUnitCountsFailuresAndErrorsApart) {
  std::string out;
  tests_junit(out, results());
  EXPECT_THAT(out, HasSubstr("<testsuites name=\"sallyport\" tests=\"4\" failures=\"1\" errors=\"2\">"));
  EXPECT_THAT(out, HasSubstr("<testsuite name=\"cases/&lt;bad&gt;\" tests=\"2\" failures=\"1\" errors=\"1\">"));
  EXPECT_THAT(out, HasSubstr("<failure message=\"verdict: expected private, got public\">e.yaml:3\nit must\n1 x\n"));
  EXPECT_THAT(out, HasSubstr("<error message=\"nothing is called `z`\"/>"));
  EXPECT_THAT(out, HasSubstr("<testsuite name=\"cases/broken\" tests=\"1\" failures=\"0\" errors=\"1\">"));
}

}  // namespace
}  // namespace sallyport::show
