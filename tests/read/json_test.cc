#include "read/json/parse.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sallyport::read::json {
namespace {

Tree good(std::string text) {
  auto tree = parse(std::move(text), 7);
  EXPECT_TRUE(tree.has_value()) << (tree ? "" : tree.error().message);
  return tree ? std::move(*tree) : Tree();
}

// The place of the first fault; -1 if the text was taken.
long fault_at(std::string text) {
  const auto tree = parse(std::move(text), 7);
  return tree ? -1 : static_cast<long>(tree.error().origin.offset);
}

TEST(Json, FindsMembersAndItems) {
  const Tree tree = good(R"({"Vpcs": [{"VpcId": "vpc-1", "IsDefault": true}, {"VpcId": "vpc-2"}], "n": -12})");
  const Node vpcs = tree.root()["Vpcs"];
  ASSERT_EQ(vpcs.size(), 2U);
  EXPECT_EQ(vpcs.at(0)["VpcId"].text(), "vpc-1");
  EXPECT_EQ(vpcs.at(0)["IsDefault"].boolean(), true);
  EXPECT_EQ(vpcs.at(1)["VpcId"].text(), "vpc-2");
  EXPECT_EQ(tree.root()["n"].integer(), -12);
  std::string names;
  for (const Member m : tree.root().members()) names += std::string(m.name()) + " ";
  EXPECT_EQ(names, "Vpcs n ");
}

TEST(Json, AnswersForWhatIsNotThere) {
  const Tree tree = good(R"({"a": null})");
  const Node nothing = tree.root()["x"]["y"].at(3)["z"];
  EXPECT_FALSE(nothing);
  EXPECT_TRUE(nothing.absent());
  EXPECT_EQ(nothing.text(), "");
  EXPECT_EQ(nothing.size(), 0U);
  EXPECT_EQ(nothing.items().begin(), nothing.items().end());
  EXPECT_TRUE(tree.root()["a"].absent());
  EXPECT_TRUE(tree.root()["a"].is(Kind::null));
}

TEST(Json, KnowsWhereEachValueStands) {
  const Tree tree = good("\xEF\xBB\xBF{\"a\": [10, \"b\"]}");
  EXPECT_EQ(tree.root().offset(), 3U);
  EXPECT_EQ(tree.root()["a"].at(1).origin(), (Origin{7, 14}));
}

TEST(Json, TellsNothingFromAnEmptyObject) {
  EXPECT_TRUE(good("").empty());
  EXPECT_TRUE(good(" \n\t").empty());
  EXPECT_TRUE(good("\xEF\xBB\xBF").empty());
  EXPECT_FALSE(good("{}").empty());
  EXPECT_EQ(good("{}").root().size(), 0U);
}

TEST(Json, KeepsNumbersAsTheyAreWritten) {
  const Tree tree = good("[123456789012345678901234567890, 1.5e3, 9223372036854775807, -0, 111122223333]");
  EXPECT_EQ(tree.root().at(0).integer(), std::nullopt);
  EXPECT_EQ(tree.root().at(0).scalar(), "123456789012345678901234567890");
  EXPECT_EQ(tree.root().at(1).number(), 1500.0);
  EXPECT_EQ(tree.root().at(1).integer(), std::nullopt);
  EXPECT_EQ(tree.root().at(2).integer(), 9223372036854775807);
  EXPECT_EQ(tree.root().at(3).integer(), 0);
  EXPECT_EQ(tree.root().at(4).scalar(), "111122223333");
}

TEST(Json, ResolvesEscapes) {
  const Tree tree = good(R"(["a\"b\\c\/\b\f\n\r\t", "\u00e9\u20AC\ud83d\ude00", "plain", "", "\u0000"])");
  EXPECT_EQ(tree.root().at(0).text(), "a\"b\\c/\b\f\n\r\t");
  EXPECT_EQ(tree.root().at(1).text(), "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  EXPECT_EQ(tree.root().at(2).text(), "plain");
  EXPECT_EQ(tree.root().at(3).text(), "");
  EXPECT_EQ(tree.root().at(4).text(), std::string_view("\0", 1));
}

TEST(Json, ReadsSeveralDocumentsOfOneFile) {
  const Tree tree = good("{\"a\": 1}\n{\"a\": 2} [3]\n");
  ASSERT_EQ(tree.roots().size(), 3U);
  EXPECT_EQ(tree.roots()[1]["a"].integer(), 2);
  EXPECT_EQ(tree.roots()[2].at(0).integer(), 3);
}

TEST(Json, ReportsRepeatedKeysAndReadsTheFirst) {
  const Tree tree = good(R"({"a": 1, "b": {"a": 1, "a": 3}, "\u0061": 2})");
  EXPECT_EQ(tree.root()["a"].integer(), 1);
  EXPECT_TRUE(tree.root().has_duplicate_keys());
  EXPECT_TRUE(tree.root()["b"].has_duplicate_keys());
  EXPECT_EQ(tree.duplicates().size(), 2U);
  Diagnostics diagnostics;
  report_duplicates(tree, diagnostics);
  ASSERT_EQ(diagnostics.size(), 2U);
  EXPECT_EQ(diagnostics[0].code, "duplicate-key");
}

// Objects of every size meet another branch of the detection.
TEST(Json, FindsOneRepeatedKeyAmongAnyNumber) {
  for (const int n : {2, 5, 6, 7, 20, 64, 65, 300, 5000}) {
    for (const int repeated : {0, (n - 1) / 2, n - 2}) {
      std::string text = "{";
      for (int i = 0; i < n; ++i) {
        text += "\"key-" + std::to_string(i == n - 1 ? repeated : i) + "-of-many\": {\"x\": 1, \"y\": []}";
        text += i == n - 1 ? "}" : ",";
      }
      const Tree tree = good(text);
      EXPECT_EQ(tree.duplicates().size(), 1U) << n;
    }
  }
  std::string distinct = "{";
  for (int i = 0; i < 5000; ++i) distinct += "\"k" + std::to_string(i) + "\": 0,";
  EXPECT_TRUE(good(distinct + "\"z\": 0}").duplicates().empty());
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text : {"{",
                           "[",
                           "[1,",
                           "[1,]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{a:1}",
                           "[1 2]",
                           "tru",
                           "truex",
                           "01",
                           "1.",
                           "-",
                           "1e",
                           "+1",
                           ".5",
                           "[1}",
                           "{]",
                           "]",
                           "}",
                           ",",
                           ":",
                           "\"a",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"\\ud800\"",
                           "\"\\udc00x\"",
                           "\"\\ud800\\u0041\"",
                           "{\"a\" 1}",
                           "nul",
                           "[1\"a\"]",
                           "true\"a\"",
                           "{\"a\":1}}",
                           "\x0c",
                           "[\"a\"\x0c]",
                           "NaN",
                           "'a'",
                           "// x\n1",
                           "\xC0\x80",
                           "\"\xED\xA0\x80\"",
                           "\"a\nb\"",
                           "\xFF\xFEx"}) {
    EXPECT_GE(fault_at(text), 0) << text;
  }
  EXPECT_GE(fault_at(std::string("[1\0]", 4)), 0);
  EXPECT_GE(fault_at(std::string("true\0", 5)), 0);
  EXPECT_GE(fault_at(std::string("\0", 1)), 0);
}

TEST(Json, SaysWhereItBreaks) {
  EXPECT_EQ(fault_at("{\"a\": 1,\n \"b\" 2}"), 14);
  EXPECT_EQ(fault_at("[\"\\q\"]"), 2);
  EXPECT_EQ(fault_at("[\"ok\", \"bad \xC3(\"]"), 12);
  EXPECT_EQ(fault_at("[\"a\", \"open]"), 6);
  EXPECT_EQ(fault_at("[\"a\tb\"]"), 3);
}

TEST(Json, NestsAsDeepAsTheLimitAndNoDeeper) {
  const std::string open(nesting_limit, '[');
  const std::string close(nesting_limit, ']');
  EXPECT_EQ(fault_at(open + close), -1);
  EXPECT_GE(fault_at("[" + open + close + "]"), 0);
  EXPECT_GE(fault_at(std::string(200000, '[')), 0);
}

TEST(Json, ComparesContentsByFingerprint) {
  const Tree tree =
      good(R"([{"a": 1, "b": [1, 2]}, {"b": [1, 2], "a": 1}, {"b": [2, 1], "a": 1}, {"a": "1", "b": [1, 2]}])");
  const auto print = [&](std::size_t i) { return tree.root().at(i).fingerprint(); };
  EXPECT_EQ(print(0), print(1));
  EXPECT_NE(print(0), print(2));
  EXPECT_NE(print(0), print(3));
}

TEST(Json, NodesLiveOnWhenTheTreeMoves) {
  Tree tree = good(R"({"a": "x"})");
  const std::string_view text = tree.root()["a"].text();
  const Tree moved = std::move(tree);
  EXPECT_EQ(text, "x");
  EXPECT_EQ(moved.root()["a"].text(), "x");
}

TEST(Json, OneParserReadsManyDocuments) {
  Parser parser;
  EXPECT_TRUE(parser.parse("{\"a\": 1}"));
  EXPECT_FALSE(parser.parse("{\"a\": {\"b\": 1"));
  const auto tree = parser.parse("{\"a\": 2}");
  ASSERT_TRUE(tree);
  EXPECT_TRUE(tree->duplicates().empty());
  EXPECT_EQ(tree->root()["a"].integer(), 2);
}

constexpr std::string_view sealed[] = {"policies"};

std::string document(const std::string& end) {
  return R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],)"
         R"( "Resource": "arn:aws:s3:::a-bucket-with-a-name/*", "Sid": "\"{[}]"}])" +
         end;
}

// The texts of what stands sealed, each with the number by which it was known.
std::vector<std::pair<std::string, std::uint32_t>> sealed_in(const std::string& line, const KnownObjects* known) {
  Parser parser;
  const auto tree = parser.parse(line, 0, sealed, known);
  EXPECT_TRUE(tree) << line;
  std::vector<std::pair<std::string, std::uint32_t>> found;
  if (!tree) return found;
  EXPECT_EQ(tree->root()["after"].integer(), 7) << line;
  for (const Node item : tree->root()["policies"].items()) found.emplace_back(item.sealed_text(), item.known());
  return found;
}

TEST(Json, PassesOverObjectsThatAreKnownAndOnlyThose) {
  const std::string one = document("}");
  const std::string longer = document(R"(, "Id": "x"})");
  const std::string other = document(R"(, "Id": "y"})");
  const auto line = [](const std::string& items) {
    return R"({"first": {"a": [1]}, "policies": [)" + items + R"(], "after": 7})";
  };
  KnownObjects known;
  Parser parser;
  for (std::uint32_t number = 1; const std::string* text : {&one, &longer}) {
    const auto tree = parser.parse(line(*text), 0, sealed);
    ASSERT_TRUE(tree);
    const Node node = tree->root()["policies"].at(0);
    EXPECT_EQ(node.sealed_text(), *text);
    ASSERT_GT(node.sealed_structure(), 10U);
    known.add(*text, node.sealed_structure(), number++);
  }
  using Found = std::vector<std::pair<std::string, std::uint32_t>>;
  EXPECT_EQ(sealed_in(line(one + "," + longer + " , " + other + "," + one), &known),
            (Found{{one, 1}, {longer, 2}, {other, 0}, {one, 1}}));
  EXPECT_EQ(sealed_in(line(one), nullptr), (Found{{one, 0}}));
  // What ends too early is still found out.
  EXPECT_FALSE(parser.parse(R"({"policies": [)" + one, 0, sealed, &known));
  EXPECT_FALSE(parser.parse(R"({"policies": [)" + one + "} , 1", 0, sealed, &known));
}

}  // namespace
}  // namespace sallyport::read::json
