// What a person is told of a template that is no YAML: the line to look at.
#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>

#include "read/input.h"

namespace sallyport::read {
namespace {

using ::testing::HasSubstr;

// `line: message` of the error that a file with that text gives.
std::string told(const std::string& text) {
  const std::string path = ::testing::TempDir() + "broken.yaml";
  std::ofstream(path) << text;
  const auto registry = std::make_shared<Registry>();
  const auto cloud = read_cloud(registry, {path});
  EXPECT_FALSE(cloud.has_value());
  const std::string line =
      cloud ? "" : std::to_string(registry->documents.place(cloud.error().origin).line) + ": " + cloud.error().message;
  std::remove(path.c_str());
  return line;
}

constexpr const char* start = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n";

TEST(BrokenYaml, ATabIsToldByItsLine) {
  EXPECT_THAT(told(std::string(start) + "\tProperties: {}\n"), ::testing::StartsWith("4: "));
}

TEST(BrokenYaml, ABracketThatIsNoneByItsLine) {
  EXPECT_THAT(told(std::string(start) + "  Sub: [}\n  More: {}\n"), ::testing::StartsWith("4: "));
}

// The end of the file is not where to look.
TEST(BrokenYaml, AQuoteThatIsNeverClosedByTheLineWhereItBegins) {
  const std::string message =
      told(std::string(start) + "    Properties:\n      CidrBlock: \"10.0.0.0/16\n  B: {}\n  C: {}\n");
  EXPECT_THAT(message, ::testing::StartsWith("5: "));
  EXPECT_THAT(message, HasSubstr("quoted scalar that begins here"));
}

TEST(BrokenYaml, ATextOfSeveralBytesMovesNoLine) {
  EXPECT_THAT(told("# Größe\n# Maß\nResources:\n  A: {B: c: d}\n"), ::testing::StartsWith("4: "));
}

}  // namespace
}  // namespace sallyport::read
