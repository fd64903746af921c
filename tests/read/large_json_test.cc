// Texts so large that they are taken window by window, and whose keys are numbered.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/json/keys.h"
#include "read/json/parse.h"

namespace sallyport::read::json {
namespace {

constexpr std::size_t many = std::size_t{20} << 20;  // bytes: several windows, and a thread

std::string item(std::size_t n) {
  const std::string number = std::to_string(n);
  // What looks like the end of a window stands in texts, too, and behind backslashes.
  return R"({"id": )" + number + R"(, "text": "}, {\"id\": }," , "nested": [{"a": ")" + std::string(n % 700, '}') +
         R"(\\"}, {"b": [1, null, true]}], "k)" + number + R"(": "}},{{\\\"},"})";
}

std::string list(std::size_t bytes, const std::string& between, std::vector<std::size_t>* places = nullptr) {
  std::string text = "{\"items\": [";
  for (std::size_t n = 0; text.size() < bytes; ++n) {
    if (n > 0) text += between;
    if (places != nullptr) places->push_back(text.size());
    text += item(n);
  }
  return text + "]}";
}

long fault_at(std::string text) {
  const auto tree = parse(std::move(text));
  return tree ? -1 : static_cast<long>(tree.error().origin.offset);
}

void expect_items(const std::string& between) {
  std::vector<std::size_t> places;
  const auto tree = parse(list(many, between, &places));
  ASSERT_TRUE(tree.has_value()) << tree.error().message;
  const Node items = tree->root()["items"];
  ASSERT_EQ(items.size(), places.size());
  std::size_t n = 0;
  for (const Node found : items.items()) {
    const std::size_t at = n++;
    ASSERT_EQ(found.offset(), places[at]);
    ASSERT_EQ(found["id"].integer(), static_cast<std::int64_t>(at));
    ASSERT_EQ(found["k" + std::to_string(at)].text(), "}},{{\\\"},");
    ASSERT_FALSE(found["k" + std::to_string(at + 1)]);
    if (at % 1000 != 0) continue;
    const auto alone = parse(item(at));
    ASSERT_TRUE(alone.has_value());
    EXPECT_EQ(found.fingerprint(), alone->root().fingerprint());
  }
  EXPECT_TRUE(tree->duplicates().empty());
}

TEST(LargeJson, IsTheSameInWindows) {
  expect_items(",");
  expect_items(",\n  ");
  expect_items(" , ");  // no place to cut but in the texts
}

// A text that is one long string, but for its ends, is cut nowhere.
TEST(LargeJson, TakesAStringLongerThanAWindow) {
  std::string inside;
  while (inside.size() < many) inside += "},{},{ ";
  const auto tree = parse("[{\"a\": \"" + inside + "\"}, {\"b\": 1}]");
  ASSERT_TRUE(tree.has_value());
  EXPECT_EQ(tree->root().at(0)["a"].text(), inside);
  EXPECT_EQ(tree->root().at(1)["b"].integer(), 1);
}

TEST(LargeJson, FindsRepeatedKeysInEachWindow) {
  std::vector<std::size_t> places;
  std::string text = list(many, ",", &places);
  const std::string repeated = R"({"id":1,"other":2,"id":3})";
  text.insert(text.size() - 2, "," + repeated);
  text.insert(places[1], repeated + ",");
  const auto tree = parse(text);
  ASSERT_TRUE(tree.has_value());
  const std::vector<Node> keys = tree->duplicates();
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].offset(), places[1] + 18);
  EXPECT_EQ(keys[1].offset(), text.rfind("\"id\":3"));
}

TEST(LargeJson, TellsWhereItBreaks) {
  std::vector<std::size_t> places;
  const std::string text = list(many, ",", &places);
  const std::size_t middle = places[places.size() / 2];
  const auto with = [&](std::size_t at, const std::string& instead) {
    std::string changed = text;
    changed.replace(at, instead.size(), instead);
    return fault_at(std::move(changed));
  };
  EXPECT_EQ(with(middle - 1, " "), static_cast<long>(middle));         // no comma
  EXPECT_EQ(with(middle, "["), static_cast<long>(middle + 5));         // a colon in a list
  EXPECT_EQ(with(middle + 1, "\xFF"), static_cast<long>(middle + 1));  // not UTF-8
  EXPECT_EQ(with(text.size() - 2, ","), static_cast<long>(text.size() - 1));
  EXPECT_EQ(fault_at(text.substr(0, text.size() - 1)), static_cast<long>(text.size() - 1));
  EXPECT_EQ(fault_at(text.substr(0, middle)), static_cast<long>(middle));  // ends behind a comma
  EXPECT_EQ(fault_at(text + "\n "), -1);
}

// A key is guessed from the one before, and asked for with others in one pass: such as begin alike, hold quotes,
// are empty, or repeat.
TEST(LargeJson, TellsKeysApartThatBeginAlike) {
  const std::vector<std::string> keys = {
      "",       "a",     "ab", "abc", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq",
      "x\\\"y", "x\\\\", "abd"};
  const std::array<std::string_view, 6> asked = {"abc", "", "abcdefghi", "x\"y", "missing", "abcdefghijklmnopq"};
  std::string text = "[";
  std::vector<std::string> items;
  std::uint32_t random = 1;
  while (text.size() < (std::size_t{9} << 20)) {
    std::string item = "{";
    for (std::uint32_t n = 0; n < 5; ++n) {
      random = random * 1664525U + 1013904223U;
      item += (n == 0 ? "\"" : ",\"") + keys[(random >> 16U) % keys.size()] + "\": [" + std::to_string(n) + "]";
    }
    text += item + "},";
    if (items.size() < 2000) items.push_back(item + "}");
  }
  text += "0]";
  const auto tree = parse(text);
  ASSERT_TRUE(tree.has_value()) << tree.error().message;
  const Keys<6> some(tree->root(), asked);
  std::size_t n = 0;
  for (const Node object : tree->root().items()) {
    if (n == items.size()) break;
    const auto alone = parse(items[n++]);
    ASSERT_TRUE(alone.has_value());
    const Node small = alone->root();
    EXPECT_EQ(object.fingerprint(), small.fingerprint());
    EXPECT_EQ(object.has_duplicate_keys(), small.has_duplicate_keys());
    const auto found = some.of(object);
    for (std::size_t k = 0; k < asked.size(); ++k) {
      EXPECT_EQ(object[asked[k]].at(0).integer(), small[asked[k]].at(0).integer()) << items[n - 1] << asked[k];
      EXPECT_EQ(found[k].at(0).integer(), small[asked[k]].at(0).integer()) << items[n - 1] << asked[k];
    }
  }
}

// The same without escapes, so that every key has a number.
TEST(LargeJson, FindsSeveralKeysInOnePass) {
  std::string text = "[";
  std::size_t count = 0;
  for (; text.size() < (std::size_t{9} << 20); ++count) {
    text += R"({"id":)" + std::to_string(count) + R"(,"in":{"id":-1,"name":"x"},"id":-2,"name":"n)" +
            std::to_string(count % 7) + "\"},";
  }
  text += "{}]";
  const auto tree = parse(text);
  ASSERT_TRUE(tree.has_value());
  ASSERT_NE(tree->root().key_numbers(), nullptr);
  const Keys<3> some(tree->root(), {"name", "id", "nowhere"});
  std::size_t n = 0;
  for (const Node object : tree->root().items()) {
    const auto [name, id, nowhere] = some.of(object);
    EXPECT_FALSE(nowhere);
    if (n == count) {
      EXPECT_FALSE(id);
      break;
    }
    ASSERT_EQ(id.integer(), static_cast<std::int64_t>(n));  // the first of the two
    ASSERT_EQ(name.text(), "n" + std::to_string(n % 7));
    ++n;
  }
}

// More keys than are numbered, and such as are written with escapes.
TEST(LargeJson, FindsKeysThatHaveNoNumber) {
  std::string text = "{\"first\": 0";
  std::size_t count = 0;
  for (; text.size() < (std::size_t{10} << 20); ++count) {
    text += ", \"key " + std::to_string(count) + "\": " + std::to_string(count);
  }
  text += R"(, "\u0061 b": "escaped", "first": 1})";
  const auto tree = parse(text);
  ASSERT_TRUE(tree.has_value());
  for (std::size_t n = 0; n < count; n += count / 50) {
    EXPECT_EQ(tree->root()["key " + std::to_string(n)].integer(), static_cast<std::int64_t>(n));
  }
  EXPECT_EQ(tree->root()["a b"].text(), "escaped");
  EXPECT_EQ(tree->root()["first"].integer(), 0);
  EXPECT_FALSE(tree->root()["key " + std::to_string(count)]);
  ASSERT_EQ(tree->duplicates().size(), 1U);
  EXPECT_EQ(tree->duplicates().front().text(), "first");
}

}  // namespace
}  // namespace sallyport::read::json
