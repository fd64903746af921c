#include "cli/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/question.h"

namespace sallyport::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<Arguments> parsed(const std::string& command, std::vector<std::string> words) {
  return parse(*find_command(command), words);
}

TEST(Parse, OptionsAndInputsMayMix) {
  const auto a = parsed("reach", {"one", "--from", "alpha5", "two", "--to=s3", "-"});
  ASSERT_TRUE(a) << a.error().message;
  EXPECT_EQ(a->get("from"), "alpha5");
  EXPECT_EQ(a->get("to"), "s3");
  EXPECT_THAT(a->inputs, ElementsAre("one", "two", "-"));
}

TEST(Parse, WhatIsNotGivenHasItsStandard) {
  const auto a = parsed("reach", {"--from", "x", "--to", "y", "in"});
  ASSERT_TRUE(a);
  EXPECT_EQ(a->get("protocol"), "tcp");
  EXPECT_EQ(a->get("port"), "443");
  EXPECT_EQ(a->get("format"), "text");
  EXPECT_FALSE(a->has("format"));
}

TEST(Parse, AnOptionTakesOneValueUnlessItSaysMany) {
  const auto twice = parsed("reach", {"--from", "a", "--from", "b", "--to", "y", "in"});
  ASSERT_FALSE(twice);
  EXPECT_THAT(twice.error().message, HasSubstr("2 times"));
  const auto many = parsed("paths", {"--to", "a", "--to", "b", "in"});
  ASSERT_TRUE(many) << many.error().message;
  EXPECT_THAT(many->all("to"), ElementsAre("a", "b"));
  EXPECT_THAT(many->inputs, ElementsAre("in"));
}

TEST(Parse, AfterTwoDashesAllAreInputs) {
  const auto a = parsed("paths", {"--summary", "--", "--odd", "-x"});
  ASSERT_TRUE(a) << a.error().message;
  EXPECT_THAT(a->inputs, ElementsAre("--odd", "-x"));
}

TEST(Parse, MistakesSayWhatWasMeant) {
  EXPECT_EQ(parsed("reach", {"--form", "x"}).error().hint, "did you mean `--from`?");
  EXPECT_EQ(parsed("paths", {"--format", "yaml", "x"}).error().hint, "it takes text, json, markdown");
  EXPECT_EQ(parsed("reach", {"--to", "y", "x"}).error().message, "`reach` needs `--from X`");
  EXPECT_EQ(parsed("reach", {"--from"}).error().message, "`--from` needs a value");
  EXPECT_EQ(parsed("paths", {}).error().message, "`paths` needs INPUT...");
  EXPECT_EQ(parsed("man", {"x"}).error().message, "`man` takes no `x`");
}

TEST(Parse, HelpNeedsNothingElse) {
  for (const Command& command : commands()) EXPECT_TRUE(parse(command, std::vector<std::string>{"--help"}));
  EXPECT_TRUE(parsed("reach", {"-h"}));
}

TEST(Parse, TheClosestWordIsFoundIfItIsClose) {
  const std::vector<std::string> words = {"paths", "reach", "census"};
  EXPECT_EQ(closest("pats", words), "paths");
  EXPECT_EQ(closest("raech", words), "reach");
  EXPECT_EQ(closest("cens", words), "census");
  EXPECT_EQ(closest("deploy", words), "");
  EXPECT_EQ(closest(std::string(100000, 'x'), words), "");
}

TEST(Parse, ProtocolsAndPortsAreBounded) {
  EXPECT_EQ(*parse_protocol("udp"), 17);
  EXPECT_EQ(*parse_protocol("0"), 0);
  EXPECT_EQ(*parse_protocol("255"), 255);
  for (const char* bad : {"", "256", "-1", "tcpp", "6 ", "99999999999999999999"}) EXPECT_FALSE(parse_protocol(bad));
  EXPECT_EQ(*parse_port("65535"), 65535);
  for (const char* bad : {"", "65536", "-1", "http", "443x"}) EXPECT_FALSE(parse_port(bad));
}

TEST(Help, EveryCommandHasExamplesThatParse) {
  for (const Command& command : commands()) {
    EXPECT_FALSE(command.examples.empty()) << command.name;
    for (const Example& example : command.examples) {
      // Up to a pipe or redirection, split at blanks: what a shell would hand over.
      std::vector<std::string> words;
      std::string_view rest = example.command;
      while (!rest.empty()) {
        const auto end = rest.find(' ');
        const auto word = rest.substr(0, end);
        if (word == "|" || word == ">" || word == "<") break;
        words.emplace_back(word);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
      }
      ASSERT_FALSE(words.empty());
      const std::string_view name = command.name;
      EXPECT_TRUE(std::string_view(example.command).starts_with(std::string(name) + " ")) << example.command;
      const auto named = static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')) + 1;
      const auto parsed = parse(command, std::span(words).subspan(named));
      EXPECT_TRUE(parsed) << example.command << ": " << parsed.error().message;
    }
  }
}

TEST(Help, NamesEveryOptionOfACommand) {
  for (const Command& command : commands()) {
    const std::string text = help(command);
    const std::string page = manual();
    for (const Option& option : options_of(command)) {
      EXPECT_THAT(text, HasSubstr(std::string("--") + option.name));
      EXPECT_THAT(page, HasSubstr(std::string("\\-\\-") + std::string(option.name).substr(0, 2)));
      for (const char* shell : {"bash", "fish", "zsh"}) {
        EXPECT_THAT(*completion(shell), HasSubstr(option.name)) << shell << " " << command.name;
      }
    }
  }
  EXPECT_FALSE(completion("tcsh"));
}

}  // namespace
}  // namespace sallyport::cli
