// Runs the folders of tests/cases/iam: requests with the decisions that AWS's pages
// document. The same files are what `sallyport test` runs.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "iam/authorize.h"
#include "read/authorize/authorize.h"
#include "read/json/parse.h"
#include "read/yaml/parse.h"

namespace sallyport::iam {
namespace {

using read::json::Member;
using read::json::Node;

std::string file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::filesystem::path> folders() {
  std::vector<std::filesystem::path> found;
  const std::filesystem::path root = std::string(SALLYPORT_SOURCE_DIR) + "/tests/cases/iam";
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (std::filesystem::exists(entry.path() / "expect.yaml")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class Cases : public testing::TestWithParam<std::filesystem::path> {};

void check(const Node& expected, const Node& request, const std::string& what) {
  Registry registry;
  Diagnostics diagnostics;
  const auto read = read::read_authorize(request, registry, diagnostics);
  ASSERT_TRUE(read) << what << read.error().message;
  const auto authorized = authorize(*read, registry);
  ASSERT_TRUE(authorized) << what << authorized.error().message;
  const Decision& decision = authorized->decision;
  std::string gaps;
  for (const GapId gap : decision.gaps) gaps += "\n  " + registry.gaps[gap].what;
  EXPECT_EQ(std::string_view(name(decision.outcome)), expected["decision"].text()) << what << gaps;
  if (decision.outcome == Outcome::unknown) {
    EXPECT_FALSE(decision.gaps.empty()) << what << "nothing says why";
  }
  if (const Node layer = expected["layer"]) {
    const bool named = std::any_of(decision.by.begin(), decision.by.end(),
                                   [&](const By& by) { return name(by.layer) == layer.text(); });
    EXPECT_TRUE(named) << what << "layer `" << layer.text() << "` does not decide";
  }
  for (const Member member : expected["layers"].members()) {
    std::string said = "no such layer";
    for (std::size_t i = 0; i < layer_count; ++i) {
      if (name(static_cast<Layer>(i)) == member.name()) said = name(decision.layers[i]);
    }
    EXPECT_EQ(said, member.value.text()) << what << member.name();
  }
}

TEST_P(Cases, AnswerAsDocumented) {
  const auto tree = read::yaml::parse(file(GetParam() / "expect.yaml"));
  ASSERT_TRUE(tree) << tree.error().message;
  EXPECT_TRUE(tree->root()["source"].text().starts_with("https://")) << "a case names its page";
  std::size_t number = 0;
  for (const Node expected : tree->root()["expect"].items()) {
    const std::string what = GetParam().filename().string() + ", expectation " + std::to_string(++number) + " (" +
                             std::string(expected["why"].text()) + "): ";
    const Node request = expected["authorize"];
    if (!request) continue;  // `compare` asks another engine; the case runner asks it
    if (const Node name = request["file"]) {
      const auto json = read::json::parse(file(GetParam() / name.text()));
      ASSERT_TRUE(json) << what << json.error().message;
      check(expected, json->root(), what);
    } else {
      check(expected, request, what);
    }
  }
  EXPECT_GT(number, 0U);
}

INSTANTIATE_TEST_SUITE_P(Iam, Cases, testing::ValuesIn(folders()), [](const auto& info) {
  std::string name = info.param.filename().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
});

}  // namespace
}  // namespace sallyport::iam
