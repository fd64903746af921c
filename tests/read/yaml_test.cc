#include "read/yaml/parse.h"

#include <gtest/gtest.h>

#include <string>

namespace sallyport::read::yaml {
namespace {

using json::Kind;
using json::Node;
using json::Tree;

Tree good(std::string text) {
  auto tree = parse(std::move(text), 7);
  EXPECT_TRUE(tree.has_value()) << (tree ? "" : tree.error().message);
  return tree ? std::move(*tree) : Tree();
}

std::string fault(std::string text) {
  const auto tree = parse(std::move(text), 7);
  return tree ? "" : tree.error().message + " at " + std::to_string(tree.error().origin.offset);
}

TEST(Yaml, ReadsMappingsAndLists) {
  const Tree tree = good("a:\n  - b: 1\n    c: [x, \"y\"]\n  - null\nd: {e: true}\n");
  EXPECT_EQ(tree.root()["a"].at(0)["b"].integer(), 1);
  EXPECT_EQ(tree.root()["a"].at(0)["c"].at(1).text(), "y");
  EXPECT_TRUE(tree.root()["a"].at(1).absent());
  EXPECT_EQ(tree.root()["d"]["e"].boolean(), true);
}

TEST(Yaml, KeepsTextThatOnlyLooksLikeSomethingElse) {
  const Tree tree = good("[012345678901, '111122223333', yes, 0x10, 1:30, ~, 111122223333, \"true\", +5]");
  EXPECT_EQ(tree.root().at(0).text(), "012345678901");
  EXPECT_EQ(tree.root().at(1).text(), "111122223333");
  EXPECT_EQ(tree.root().at(2).text(), "yes");
  EXPECT_EQ(tree.root().at(3).text(), "0x10");
  EXPECT_EQ(tree.root().at(4).text(), "1:30");
  EXPECT_TRUE(tree.root().at(5).is(Kind::null));
  EXPECT_EQ(tree.root().at(6).scalar(), "111122223333");
  EXPECT_EQ(tree.root().at(6).integer(), 111122223333);
  EXPECT_TRUE(tree.root().at(7).is(Kind::string));
  EXPECT_EQ(tree.root().at(8).text(), "+5");
}

TEST(Yaml, KeepsTags) {
  const Tree tree = good("a: !Ref Vpc\nb: !GetAtt x.Arn\nc: plain\nd: !Sub {k: v}\n");
  EXPECT_EQ(tree.root()["a"].tag(), "!Ref");
  EXPECT_EQ(tree.root()["a"].text(), "Vpc");
  EXPECT_EQ(tree.root()["c"].tag(), "");
  EXPECT_EQ(tree.root()["d"].tag(), "!Sub");
}

TEST(Yaml, CountsPlacesInBytes) {
  const Tree tree = good("# \xC3\xA9\xE2\x82\xAC\na: b\n");
  EXPECT_EQ(tree.root()["a"].offset(), 11U);
  const Tree marked = good(
      "\xEF\xBB\xBF"
      "a: b\n");
  EXPECT_EQ(marked.root()["a"].offset(), 6U);
}

TEST(Yaml, ReportsRepeatedKeys) {
  const Tree tree = good("a: 1\nb: {x: 1, x: 2}\na: 2\n");
  EXPECT_EQ(tree.root()["a"].integer(), 1);
  EXPECT_EQ(tree.duplicates().size(), 2U);
  EXPECT_TRUE(tree.root()["b"].has_duplicate_keys());
}

TEST(Yaml, ExpandsAliases) {
  const Tree tree = good("a: &x {k: [1, 2]}\nb: *x\nc: &s word\nd: [*s, *x]\n*s : key\n");
  EXPECT_EQ(tree.root()["b"]["k"].at(1).integer(), 2);
  EXPECT_EQ(tree.root()["d"].at(0).text(), "word");
  EXPECT_EQ(tree.root()["d"].at(1)["k"].size(), 2U);
  EXPECT_EQ(tree.root()["word"].text(), "key");
}

TEST(Yaml, AnAnchorMayBeGivenAgain) {
  const Tree tree = good("a: &x [&x p, q]\nb: *x\nc: &x 2\nd: *x\n");
  EXPECT_EQ(tree.root()["b"].text(), "p");
  EXPECT_EQ(tree.root()["d"].integer(), 2);
  EXPECT_EQ(tree.root().size(), 4U);
}

TEST(Yaml, RefusesBombsAndLoops) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += (j == 0 ? "" : ", ") + last;
    bomb += "]\n";
  }
  EXPECT_NE(fault(bomb), "");
  EXPECT_NE(fault("a: &x [*x]\n"), "");
  EXPECT_NE(fault("a: *y\n"), "");
  EXPECT_NE(fault(std::string(300, '[')), "");
  std::string deep = "d0: &d0 [x]\n";
  for (int i = 1; i < 300; ++i) {
    deep += "d" + std::to_string(i) + ": &d" + std::to_string(i) + " [*d" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_NE(fault(deep), "");
}

TEST(Yaml, RefusesWhatIsNotYamlWithItsPlace) {
  EXPECT_NE(fault("a: [1\nb: 2"), "");
  EXPECT_NE(fault("? [a]\n: b\n"), "");
  EXPECT_NE(fault("a: \"\x01\""), "");
  EXPECT_NE(fault("\xFF\xFE"
                  "a"),
            "");
  EXPECT_NE(fault("a: \xC3("), "");
  EXPECT_EQ(fault("ok: 1\nbad: {a: b: c}\n").substr(0, 8), "not YAML");
}

TEST(Yaml, SeveralDocumentsAndNone) {
  EXPECT_TRUE(good("").empty());
  EXPECT_TRUE(good("# only a comment\n").empty());
  EXPECT_EQ(good("a: 1\n---\nb: 2\n").roots().size(), 2U);
}

}  // namespace
}  // namespace sallyport::read::yaml
