// Runs the folders of tests/cases/join and tests/cases/controls: the same files are
// what `sallyport test` runs.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "guard/expect.h"
#include "read/expect.h"
#include "read/input.h"
#include "read/settings.h"

namespace sallyport::guard {
namespace {

std::vector<std::string> folders() {
  std::vector<std::string> all;
  for (const char* area : {"join", "controls"}) {
    const auto found = read::case_folders(std::string(SALLYPORT_SOURCE_DIR) + "/tests/cases/" + area);
    if (found) all.insert(all.end(), found->begin(), found->end());
  }
  return all;
}

class Cases : public testing::TestWithParam<std::string> {};

TEST_P(Cases, AnswerAsDocumented) {
  const auto registry = std::make_shared<Registry>();
  const auto one = read::read_case(GetParam(), registry->documents);
  ASSERT_TRUE(one) << one.error().message;
  EXPECT_TRUE(one->source.starts_with("https://docs.aws.amazon.com/")) << "a case names the page that documents it";
  std::vector<std::string> inputs;
  for (const std::string& input : one->inputs) inputs.push_back(one->folder + "/" + input);
  const auto cloud = read::read_cloud(registry, inputs);
  ASSERT_TRUE(cloud) << cloud.error().message;
  Settings settings;
  if (const std::string path = one->folder + "/sallyport.yaml"; std::filesystem::exists(path)) {
    const auto read = read::read_settings(path, registry->documents);
    ASSERT_TRUE(read) << read.error().message;
    settings = *read;
  }
  const net::Engine engine(*cloud, settings);
  const access::Access access(engine);
  for (const Tried& tried : run(*one, access)) {
    const std::string place = registry->documents.show(tried.expectation->origin);
    EXPECT_FALSE(tried.error) << place << ": " << tried.question << ": " << tried.error->message;
    for (const Difference& d : tried.differences) {
      ADD_FAILURE() << place << ": " << tried.question << ": " << d.member << ": expected " << d.expected << ", got "
                    << d.got;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Join, Cases, testing::ValuesIn(folders()), [](const auto& info) {
  std::string name = std::filesystem::path(info.param).filename().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
});

TEST(CasesFolders, AreThere) { EXPECT_GE(folders().size(), 50u); }

}  // namespace
}  // namespace sallyport::guard
