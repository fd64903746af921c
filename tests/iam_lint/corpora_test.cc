// Real policies: none stops the checks, and what is found in AWS's own samples is known.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "iam_lint/support.h"

namespace sallyport::iam::lint {
namespace {

std::filesystem::path corpora() {
  const char* path = std::getenv("SALLYPORT_CORPORA");
  return path == nullptr ? std::filesystem::path() : std::filesystem::path(path);
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Counts {
  std::size_t documents = 0;
  std::map<std::string, int> codes;
};

// All documents in files below a folder, as of that use (else as told).
Counts count_below(const std::string& folder, std::optional<PolicyUse> use = {}) {
  Counts counts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpora() / folder)) {
    const std::string extension = entry.path().extension();
    if (!entry.is_regular_file() || (extension != ".json" && extension != ".jsonl")) continue;
    const auto found = read::find_policies(bytes_of(entry.path()), 1);
    if (!found) continue;
    for (const read::FoundPolicy& policy : *found) {
      ++counts.documents;
      const PolicyUse as = use ? *use : policy.told.use ? *policy.told.use : read::use_by_content(policy.source);
      const Report report =
          check({.source = policy.source, .use = as, .service = policy.told.service, .accepted = policy.told.accepted});
      for (const Finding& f : report.findings) ++counts.codes[f.code->id];
    }
  }
  return counts;
}

class Corpora : public testing::Test {
 protected:
  void SetUp() override {
    if (corpora().empty() || !std::filesystem::exists(corpora() / "policies"))
      GTEST_SKIP() << "no corpora: set SALLYPORT_CORPORA";
  }
};

TEST_F(Corpora, ManagedPoliciesAreWellFormed) {
  const Counts counts = count_below("policies/iam-dataset");
  EXPECT_EQ(counts.documents, 1641U);
  // AWS has accepted all of them: what it refuses must not be found.
  for (const Code& code : codes()) {
    EXPECT_TRUE(code.level != Level::high || counts.codes.count(code.id) == 0) << code.id;
  }
  for (const char* code :
       {"value-type", "operator-type", "never-applies", "always-denied", "empty-list", "duplicate-sid"}) {
    EXPECT_EQ(counts.codes.count(code), 0U) << code;
  }
}

// NK-17: the sample asks for aws:VpceAccount where the service never sends it.
TEST_F(Corpora, TheSampleThatAsksSqsForTheEndpointsAccountIsSeen) {
  const Counts counts =
      count_below("policies/data-perimeter-policy-examples/resource_control_policies", PolicyUse::rcp);
  EXPECT_EQ(counts.codes.at("key-not-by-service"), 2);
}

TEST_F(Corpora, SamplesOfAwsHaveNoUnknownElements) {
  for (const char* folder : {"policies/service-control-policy-examples",
                             "policies/data-perimeter-policy-examples/service_control_policies"}) {
    const Counts counts = count_below(folder, PolicyUse::scp);
    EXPECT_GT(counts.documents, 10U);
    for (const char* code :
         {"unknown-element", "wrong-case", "wrong-type", "unknown-operator", "duplicate-key", "element-missing"}) {
      EXPECT_EQ(counts.codes.count(code), 0U) << folder << " " << code;
    }
  }
}

// terraform-aws-vpc's example ships endpoints that let nothing through.
TEST_F(Corpora, TheExampleThatAllowsNothingIsSeen) {
  EXPECT_EQ(count_below("aws-stand-in/tamvpc-complete").codes.at("allows-nothing"), 3);
  EXPECT_EQ(count_below("terraform/tamvpc-complete-applied").codes.at("allows-nothing") % 3, 0);
}

TEST_F(Corpora, EverythingElseIsRead) {
  EXPECT_GT(count_below("policies/quacky").documents, 700U);
  EXPECT_GT(count_below("policies/cloudsplaining-gaad").documents, 300U);
  EXPECT_GT(count_below("cloudformation").documents, 1000U);
}

}  // namespace
}  // namespace sallyport::iam::lint
