#include "base/places.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace sallyport {
namespace {

TEST(Places, AgreesWithDocumentsOnEveryOffset) {
  Documents documents;
  const std::string text = "a\n\nbc\r\nd";
  const DocumentId id = documents.add_text("pipe", text);
  const DocumentId inner = documents.add_inner({id, 3}, "policy");
  Places places(documents);
  for (std::uint32_t offset = 0; offset <= text.size() + 2; ++offset) {
    const Place a = documents.place({id, offset}), b = places.place({id, offset});
    EXPECT_EQ(a.path, b.path);
    EXPECT_EQ(a.line, b.line) << offset;
    EXPECT_EQ(a.column, b.column) << offset;
  }
  EXPECT_EQ(places.show({inner, 100}), "pipe:3");
  EXPECT_EQ(places.show({}), "");
}

TEST(Places, AFileThatIsGoneHasNoLines) {
  const std::string path = testing::TempDir() + "places_test.json";
  std::ofstream(path) << "{\n}\n";
  Documents documents;
  const DocumentId id = documents.add_file(path);
  Places before(documents);
  EXPECT_EQ(before.show({id, 2}), path + ":2");
  std::remove(path.c_str());
  EXPECT_EQ(before.show({id, 0}), path + ":1");  // kept
  Places after(documents);
  EXPECT_EQ(after.show({id, 2}), path);
}

}  // namespace
}  // namespace sallyport
