// A long list in pieces is the same list, whatever the size of the pieces and however it is
// written; and what is wrong with it is said as of the whole.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "read/ahead.h"
#include "read/files.h"
#include "read/input.h"

namespace sallyport::read {
namespace {

namespace fs = std::filesystem;

// What a reader sees of a file: its items with their places, what else the root holds, keys
// that stand twice, or what is wrong with it.
struct Seen {
  std::vector<std::string> all;
  std::vector<std::string> twice;
  std::size_t parts = 0;

  bool operator==(const Seen& o) const { return all == o.all && twice == o.twice; }
};

std::string shown(json::Node node) { return std::to_string(node.fingerprint()) + "@" + std::to_string(node.offset()); }

void look(const Parsed& part, Seen& seen) {
  ++seen.parts;
  if (!part.bytes || !part.tree) return seen.all.push_back("no JSON"), void();
  if (!*part.tree) {
    const Error& e = part.tree->error();
    seen.all.push_back(e.message + "@" + std::to_string(e.origin.offset));
    return;
  }
  for (const json::Node root : (*part.tree)->roots()) {
    for (const json::Member m : root.members()) {
      if (m.name() != "List") seen.all.push_back(std::string(m.name()) + shown(m.value));
      for (const json::Node item : m.value.items()) {
        seen.all.push_back(shown(item));
        for (const json::Member inner : item.members()) seen.all.push_back(shown(inner.value));
      }
    }
  }
  for (const json::Node key : (*part.tree)->duplicates()) seen.twice.push_back(shown(key));
}

class PiecesOf : public testing::Test {
 protected:
  void SetUp() override { path_ = fs::temp_directory_path() / ("sallyport-pieces-" + std::to_string(::getpid())); }
  void TearDown() override { fs::remove(path_); }

  Seen read(const std::string& text, std::size_t piece, std::string_view list = "List") {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << text;
    const Store store;
    Ahead ahead(store, {{path_.string(), list}}, piece);
    Seen seen;
    for (bool last = false; !last;) {
      const Parsed part = ahead.take(0);
      last = part.last;
      look(part, seen);
    }
    return seen;
  }

  // In pieces of many sizes as in one.
  void expect_same(const std::string& text) {
    const Seen whole = read(text, text.size() + 1);
    EXPECT_EQ(whole.parts, 1U);
    for (const std::size_t piece : {1, 16, 33, 100, 400}) {
      EXPECT_TRUE(read(text, piece) == whole) << "in pieces of " << piece << ": " << text;
    }
  }

  fs::path path_;
};

std::string list_of(const std::vector<std::string>& items, const std::string& tail = "\n    ]\n}\n") {
  std::string text = "{\n    \"List\": [";
  for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "\n        " : ",\n        ") + items[i];
  return text + tail;
}

std::string item(int n, const std::string& more = "") {
  return "{\n            \"Id\": \"" + std::to_string(n) + "\"" + more + "\n        }";
}

TEST_F(PiecesOf, AListAreThatList) {
  std::vector<std::string> items;
  for (int n = 0; n < 40; ++n) items.push_back(item(n, n % 3 == 0 ? ",\n            \"Tags\": [{}, {\"a\": 1}]" : ""));
  expect_same(list_of(items));
  expect_same(list_of(items, "\n    ],\n    \"NextToken\": \"t\"\n}\n"));
  EXPECT_GT(read(list_of(items), 64).parts, 10U);
}

TEST_F(PiecesOf, ATextWithABreakInAString) {
  // No line break stands in a JSON string, but what looks like an item's end does.
  std::vector<std::string> items;
  for (int n = 0; n < 20; ++n) items.push_back(item(n, R"(, "Text": "\n        },\n        {")"));
  expect_same(list_of(items));
}

TEST_F(PiecesOf, ItemsThatAreNotOnLinesOfTheirOwnAreNotCut) {
  const std::string text = R"({"List": [{"Id": "1"}, {"Id": "2"}, {"Id": "3"}]})";
  expect_same(text);
  EXPECT_EQ(read(text, 8).parts, 1U);
}

TEST_F(PiecesOf, ListsWithinItemsThatAreIndentedLikeItems) {
  // The inner items end like the outer ones: cut there, the pieces are wrong, and are read again.
  std::string text = "{\"List\": [";
  for (int n = 0; n < 12; ++n) {
    text += std::string(n == 0 ? "" : ",") + "\n {\"Inner\": [\n {\"a\": 1\n },\n {\"b\": 2\n },\n {\"c\": 3\n }]\n }";
  }
  expect_same(text + "]}");
}

TEST_F(PiecesOf, SeveralDocumentsAndSeveralLists) {
  const std::string page = list_of({item(1), item(2), item(3), item(4)}, "\n    ],\n    \"NextToken\": \"t\"\n}\n");
  expect_same(page + page + page);
  std::string other = list_of({item(5), item(6), item(7), item(8)});
  other.replace(other.find("List"), 4, "Other");
  expect_same(list_of({item(1), item(2), item(3), item(4)}) + other);
  std::string two = list_of({item(1), item(2), item(3)}, "\n    ],\n    \"Other\": [");
  two += "\n        " + item(4) + ",\n        " + item(5) + ",\n        " + item(6) + "\n    ]\n}\n";
  expect_same(two);
}

TEST_F(PiecesOf, WhatIsWrongIsSaidAsOfTheWhole) {
  const std::vector<std::string> items = {item(1), item(2), item(3), item(4), item(5), item(6)};
  std::vector<std::string> texts = {
      list_of(items, "\n    ]"),          // ends too early
      list_of(items, ",\n    ]\n}\n"),    // a comma too many
      list_of(items, "\n    ]\n}\n}\n"),  // a brace too many
  };
  for (const char* broken :
       {"{\n            \"Id\" 3\n        }", "{\n            \"Id\": \"x\n        }", "{\n        ",
        "{\n            \"Id\": \"\xFF\"\n        }", "],\n        {\n        }", ""}) {
    std::vector<std::string> some = items;
    some[3] = broken;
    texts.push_back(list_of(some));
  }
  for (const std::string& text : texts) {
    const Seen whole = read(text, text.size() + 1);
    ASSERT_EQ(whole.all.size(), 1U) << text;
    for (const std::size_t piece : {1, 7, 16, 40, 64, 100}) {
      EXPECT_EQ(read(text, piece).all.back(), whole.all.back()) << "in pieces of " << piece << ": " << text;
    }
  }
}

TEST_F(PiecesOf, KeysThatStandTwice) {
  expect_same(list_of({item(1, ", \"Id\": 2"), item(2), item(3, ", \"Id\": 2"), item(4)}));
  expect_same(list_of({item(1), item(2), item(3)}, "\n    ],\n    \"List\": []\n}\n"));
}

// Random lists, written as `aws` writes them with any indentation.
class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::string list() {
    width_ = random_() % 5;
    std::string text = "{" + line(1) + "\"List\": [";
    const unsigned items = random_() % 30;
    for (unsigned n = 0; n < items; ++n) text += (n == 0 ? "" : ",") + line(2) + object(2);
    return text + line(1) + "]" + (random_() % 2 == 0 ? "," + line(1) + "\"NextToken\": null" : "") + line(0) + "}";
  }

 private:
  std::string line(std::size_t depth) { return "\n" + std::string(depth * width_, ' '); }

  std::string object(std::size_t depth) {
    std::string text = "{";
    const unsigned members = random_() % 4;
    for (unsigned n = 0; n < members; ++n) {
      text += (n == 0 ? "" : ",") + line(depth + 1) + "\"" + std::string(1, static_cast<char>('a' + random_() % 5)) +
              "\": " + value(depth + 1);
    }
    return text + (members == 0 ? "" : line(depth)) + "}";
  }

  std::string value(std::size_t depth) {
    switch (random_() % (depth > 5 ? 3 : 5)) {
      case 0: return "\"}, {\\n  }, \\\" [\"";
      case 1: return std::to_string(random_() % 1000);
      case 2: return "[]";
      case 3: return object(depth);
      default:
        return "[" + line(depth + 1) + object(depth + 1) + "," + line(depth + 1) + object(depth + 1) + line(depth) +
               "]";
    }
  }

  std::mt19937 random_;
  std::size_t width_ = 4;
};

TEST_F(PiecesOf, RandomListsAreThoseLists) {
  std::size_t cut = 0;
  for (unsigned seed = 1; seed <= 80; ++seed) {
    const std::string text = Writer(seed).list();
    expect_same(text);
    cut += read(text, 100).parts > 1 ? 1 : 0;
  }
  EXPECT_GT(cut, 60U);
}

// The last piece says whether a page is missing.
TEST(SnapshotInPieces, SaysThatAPageIsMissing) {
  const fs::path folder = fs::temp_directory_path() / ("sallyport-page-" + std::to_string(::getpid()));
  fs::create_directories(folder / "111122223333/eu-central-1");
  const fs::path file = folder / "111122223333/eu-central-1/ec2-describe-subnets.json";
  const auto missing = [&](const std::string& tail) {
    std::string text = "{\n    \"Subnets\": [";
    for (int n = 0; n < 20; ++n) {
      text += std::string(n == 0 ? "" : ",") + "\n        {\n            \"SubnetId\": \"subnet-" + std::to_string(n) +
              "\"\n        }";
    }
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text << tail;
    const auto registry = std::make_shared<Registry>();
    InputOptions options;
    options.piece = 64;
    const auto cloud = read_cloud(registry, {folder.string()}, nullptr, options);
    EXPECT_TRUE(cloud.has_value());
    EXPECT_GE((*cloud)->subnets.size(), 19U);
    return static_cast<bool>(
        cloud->missing(Kind::subnet, registry->text("111122223333"), registry->text("eu-central-1")));
  };
  EXPECT_FALSE(missing("\n    ]\n}\n"));
  EXPECT_TRUE(missing("\n    ],\n    \"NextToken\": \"more\"\n}\n"));
  EXPECT_TRUE(missing("\n    ]\n"));  // broken behind them
  fs::remove_all(folder);
}

}  // namespace
}  // namespace sallyport::read
