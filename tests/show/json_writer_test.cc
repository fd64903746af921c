#include "show/json_writer.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace sallyport::show {
namespace {

TEST(JsonWriter, KeepsTheOrderInWhichItIsTold) {
  std::string out;
  JsonWriter json(out, 0);
  json.object([&] {
    json.member("z", 1);
    json.member("a", true);
    json.member("text", "x");
    json.member_array("m", [&] {
      json.null();
      json.number(-5);
    });
    json.member_object("empty", [] {});
  });
  json.finish();
  EXPECT_EQ(out, "{\"z\": 1, \"a\": true, \"text\": \"x\", \"m\": [null, -5], \"empty\": {}}\n");
}

TEST(JsonWriter, BreaksLinesDownToItsDepthOnly) {
  std::string out;
  JsonWriter json(out, 2);
  json.object([&] {
    json.member_array("flows", [&] {
      for (int i = 0; i < 2; ++i) json.object([&] { json.member("n", i); });
    });
    json.member_array("none", [] {});
  });
  EXPECT_EQ(out,
            "{\n"
            "  \"flows\": [\n"
            "    {\"n\": 0},\n"
            "    {\"n\": 1}\n"
            "  ],\n"
            "  \"none\": []\n"
            "}");
}

TEST(JsonWriter, MayBeDrainedBetweenElements) {
  const auto write = [](bool drain) {
    std::string out, all;
    JsonWriter json(out);
    json.object([&] {
      json.member_array("a", [&] {
        for (int i = 0; i < 3; ++i) {
          json.number(i);
          if (drain) all += out, out.clear();
        }
      });
    });
    return all + out;
  };
  EXPECT_EQ(write(true), write(false));
}

TEST(JsonWriter, EscapesWhatJsonAndHtmlWouldRead) {
  EXPECT_EQ(show::quoted("a\"b\\c\n\t\r\x01\x7f"), "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007f\"");
  EXPECT_EQ(show::quoted("</script>"), "\"<\\/script>\"");
  EXPECT_EQ(show::quoted("a/b"), "\"a/b\"");
}

TEST(JsonWriter, WritesValidUtf8WhateverComes) {
  EXPECT_EQ(show::quoted("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"), "\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\"");
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(show::quoted("a\x80z"), "\"a" + bad + "z\"");                            // a lone continuation
  EXPECT_EQ(show::quoted("\xC3"), "\"" + bad + "\"");                                // cut off
  EXPECT_EQ(show::quoted("\xC0\xAF"), "\"" + bad + bad + "\"");                      // overlong
  EXPECT_EQ(show::quoted("\xED\xA0\x80"), "\"" + bad + bad + bad + "\"");            // a surrogate
  EXPECT_EQ(show::quoted("\xF4\x90\x80\x80"), "\"" + bad + bad + bad + bad + "\"");  // beyond U+10FFFF
}

TEST(JsonWriter, SpellsSymbolsOut) {
  TextPool texts;
  const std::string symbol = texts.string(texts.symbol("aws_vpc.main.id"));
  EXPECT_EQ(show::quoted("arn:" + symbol + "/x"), "\"arn:(known after apply: aws_vpc.main.id)/x\"");
}

}  // namespace
}  // namespace sallyport::show
