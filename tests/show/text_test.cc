#include "show/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "show/table.h"

namespace sallyport::show {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ShowText, CleanSpellsOutWhatMovesACursor) {
  EXPECT_EQ(clean("plain text"), "plain text");
  EXPECT_EQ(clean("a\x1b[2Jb\r\n"), "a\\x1b[2Jb\\x0d\\x0a");
  EXPECT_EQ(clean("\xC2\x9B"), "\\x9b");  // a C1 control
  EXPECT_EQ(clean("a\xE2\x80\xAE"
                  "b"),
            "a\\u202eb");                       // turns the direction
  EXPECT_EQ(clean("\xE2\x80\xA8"), "\\u2028");  // ends a line
  EXPECT_EQ(clean("M\xC3\xBCnchen \xFF"), "M\xC3\xBCnchen (known after apply: ");
}

TEST(ShowText, ColumnsCountCharacters) {
  EXPECT_EQ(columns("M\xC3\xBCnchen"), 7U);
  EXPECT_EQ(columns(""), 0U);
}

TEST(ShowText, WrapBreaksAtSpacesAndKeepsLongWords) {
  EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("a verylongword b", 5), ElementsAre("a", "verylongword", "b"));
  EXPECT_THAT(wrap("", 5), IsEmpty());
}

TEST(ShowText, CountsAndAlternativesAreEnglish) {
  EXPECT_EQ(count(1, "flow"), "1 flow");
  EXPECT_EQ(count(0, "flow"), "0 flows");
  EXPECT_EQ(count(2, "class", "classes"), "2 classes");
  EXPECT_EQ(alternatives({"private"}), "private");
  EXPECT_EQ(alternatives({"private", "public", "blocked"}), "private, public or blocked");
}

TEST(Table, ColumnsLineUpAndLinesEndWithoutBlanks) {
  Table table({"FROM", "TO"});
  table.row({"M\xC3\xBCnchen", "b"});
  table.row({"a", ""});
  std::string out;
  table.print(out, {});
  EXPECT_EQ(out, "FROM     TO\nM\xC3\xBCnchen  b\na\n");
}

TEST(Table, ColourDoesNotMoveColumns) {
  Table table({"", ""});
  table.row({{"x", Ink::red}, "1"});
  table.row({"yy", "2"});
  std::string out;
  table.print(out, {.color = true}, 2);
  EXPECT_EQ(out, "  \x1b[31mx\x1b[0m   1\n  yy  2\n");
}

TEST(Table, MarkdownEscapesWhatItWouldRead) {
  Table table({"WHO", "WHAT"});
  table.row({"a|b", "*[x](y)* <b> `c`"});
  std::string out;
  table.print_markdown(out);
  EXPECT_EQ(out, "| Who | What |\n|---|---|\n| a\\|b | \\*\\[x\\](y)\\* \\<b\\> \\`c\\` |\n");
}

}  // namespace
}  // namespace sallyport::show
