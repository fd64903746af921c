// The rules of the house, each shown to fail on a bad sample, then applied to the checkout.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "house/checks.h"

namespace sallyport::house {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What git tracks; without git (an unpacked archive) all files but build folders.
std::vector<std::string> paths_of_checkout() {
  const std::string root = SALLYPORT_SOURCE_DIR;
  std::vector<std::string> out;
  const auto command = "git -C '" + root + "' ls-files 2>/dev/null";
  if (std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose); pipe) {
    std::string all;
    char buffer[4096];
    while (const auto n = fread(buffer, 1, sizeof buffer, pipe.get())) all.append(buffer, n);
    for (const auto line : lines(all)) out.emplace_back(line);
  }
  if (!out.empty()) return out;
  for (auto it = std::filesystem::recursive_directory_iterator(root); it != std::filesystem::end(it); ++it) {
    const auto name = it->path().filename().string();
    if (it->is_directory() && (name == ".git" || starts_with(name, "build")))
      it.disable_recursion_pending();
    else if (it->is_regular_file())
      out.push_back(std::filesystem::relative(it->path(), root).string());
  }
  return out;
}

const Files& checkout() {
  static const Files files = [] {
    Files out;
    for (const auto& path : paths_of_checkout()) {
      std::ifstream in(std::string(SALLYPORT_SOURCE_DIR) + "/" + path, std::ios::binary);
      if (in) out.push_back({path, std::string(std::istreambuf_iterator<char>(in), {})});
    }
    return out;
  }();
  return files;
}

TEST(House, TheCheckoutIsSeen) {
  EXPECT_GT(checkout().size(), 50U);
  EXPECT_THAT(checkout(), testing::Contains(testing::Field(&File::path, "src/base/result.h")));
}

TEST(House, ARoomIncludesOnlyRoomsBeforeIt) {
  EXPECT_THAT(check_floors({{"src/model/a.h", "#include \"base/ip.h\"\n#include <vector>\n"}}), IsEmpty());
  EXPECT_THAT(check_floors({{"src/show/a.cc", "#include \"guard/a.h\"\n#include \"show/b.h\"\n"}}), IsEmpty());
  EXPECT_THAT(check_floors({{"src/base/a.h", "#include \"model/cloud.h\"\n"}}), ElementsAre(HasSubstr("stands below")));
  EXPECT_THAT(check_floors({{"src/guard/a.cc", "  #  include\t\"cli/main.h\"\n"}}),
              ElementsAre(HasSubstr("stands below")));
  EXPECT_THAT(check_floors({{"src/net/a.cc", "#include \"../base/ip.h\"\n"}}),
              ElementsAre(HasSubstr("written from src/")));
  EXPECT_THAT(check_floors({{"src/net/a.cc", "#include \"route.h\"\n"}}), ElementsAre(HasSubstr("written from src/")));
}

TEST(House, EnginesKnowNeitherEachOtherNorReaders) {
  EXPECT_THAT(check_floors({{"src/iam/a.cc", "#include \"net/engine.h\"\n"}}), ElementsAre(HasSubstr("each other")));
  EXPECT_THAT(check_floors({{"src/net/a.cc", "#include \"iam/engine.h\"\n"}}), ElementsAre(HasSubstr("below")));
  EXPECT_THAT(check_floors({{"src/iam/a.cc", "#include \"read/json.h\"\n"}}), ElementsAre(HasSubstr("no reader")));
  EXPECT_THAT(check_floors({{"src/net/a.cc", "#include \"read/json.h\"\n"}}), ElementsAre(HasSubstr("no reader")));
}

TEST(House, JudgesShareNoCodeWithEngines) {
  EXPECT_THAT(check_floors({{"tests/library/walker.h", "#include \"model/cloud.h\"\n#include \"library/x.h\"\n"}}),
              IsEmpty());
  EXPECT_THAT(check_floors({{"tests/library/walker.cc", "#include \"net/engine.h\"\n"}}),
              ElementsAre(HasSubstr("judge")));
}

TEST(House, FloorsHoldInTheCheckout) { EXPECT_THAT(check_floors(checkout()), IsEmpty()); }

TEST(House, NothingBelowShowPrintsAndNothingBelowCliReadsTheEnvironment) {
  EXPECT_THAT(check_silence({{"src/show/a.cc", "std::fputs(text, out); fmt::print(out, text);"}}), IsEmpty());
  EXPECT_THAT(check_silence({{"src/cli/a.cc", "std::getenv(\"NO_COLOR\");"}}), IsEmpty());
  EXPECT_THAT(check_silence({{"src/net/a.cc", "// printf is for others"}}), IsEmpty());
  EXPECT_THAT(check_silence({{"src/net/a.cc", "std::cerr << 1;"}}), ElementsAre(HasSubstr("prints")));
  EXPECT_THAT(check_silence({{"src/net/a.cc", "  fmt::print(\"x\");"}}), ElementsAre(HasSubstr("prints")));
  EXPECT_THAT(check_silence({{"src/show/a.cc", "std::getenv(\"X\");"}}), ElementsAre(HasSubstr("environment")));
  EXPECT_THAT(check_silence(checkout()), IsEmpty());
}

TEST(House, NoSourceIsLongerThanFiveHundredLines) {
  std::string long_text;
  for (int i = 0; i < 500; ++i) long_text += "x\n";
  EXPECT_THAT(check_length({{"src/a.cc", long_text}}), IsEmpty());
  EXPECT_THAT(check_length({{"src/a.cc", long_text + "x"}}), ElementsAre(HasSubstr("501 lines")));
  EXPECT_THAT(check_length({{"data/a.tsv", long_text + "x\n"}}), IsEmpty());
  EXPECT_THAT(check_length(checkout()), IsEmpty());
}

TEST(House, EachHeaderOpensByWhatItAnswers) {
  EXPECT_THAT(
      check_headers({{"src/a/a.h", "// Prefix: a CIDR block.\n// Host bits are always clear.\n#pragma once\n"}}),
      IsEmpty());
  EXPECT_THAT(check_headers({{"src/a/a.h", "#pragma once\n// Prefix: a CIDR block. Host bits are always clear.\n"}}),
              ElementsAre(HasSubstr("src/a/a.h")));
  EXPECT_THAT(check_headers({{"src/a/a.h", "// a.h\n#pragma once\n"}}), ElementsAre(HasSubstr("src/a/a.h")));
  EXPECT_THAT(check_headers(checkout()), IsEmpty());
}

TEST(House, NoFileNamesAPlaceOnOneMachine) {
  const std::string root =
                        "/ro"
                        "ot/",
                    work =
                        "/wo"
                        "rk/",
                    host =
                        "registry."
                        "npmjs"
                        ".org";
  EXPECT_THAT(check_machine_paths({{"README.md", "cp " + root + "x y"}}), ElementsAre(HasSubstr("one machine")));
  EXPECT_THAT(check_machine_paths({{"a.cc", "\"" + work + "main\""}}), ElementsAre(HasSubstr("one machine")));
  EXPECT_THAT(check_machine_paths({{"package-lock.json", "https://" + host + "/x"}}),
              ElementsAre(HasSubstr("registry")));
  EXPECT_THAT(check_machine_paths({{"a.md", "https://x.org" + work + "main and clouds" + root + "x"}}), IsEmpty());
  EXPECT_THAT(check_machine_paths(checkout()), IsEmpty());
}

TEST(House, LinksOfPagesLeadSomewhere) {
  EXPECT_THAT(check_links({{"docs/a.md", "[b](b.md#part) [up](../README.md) [w](https://x.y/z) [d](sub)"},
                           {"docs/b.md", ""},
                           {"docs/sub/c.md", "[a](../a.md)"},
                           {"README.md", "[docs](docs/)"}}),
              IsEmpty());
  EXPECT_THAT(check_links({{"docs/a.md", "[b](b.md)"}}), ElementsAre(HasSubstr("`b.md`")));
  EXPECT_THAT(check_links(checkout()), IsEmpty());
}

TEST(House, EveryPageCanBeFound) {
  EXPECT_THAT(
      check_orphans({{"README.md", "[docs](docs/README.md)"}, {"docs/README.md", "[a](a.md)"}, {"docs/a.md", ""}}),
      IsEmpty());
  EXPECT_THAT(check_orphans({{"docs/sub/b.md", "[myself](b.md)"}}), ElementsAre(HasSubstr("docs/sub/b.md")));
  EXPECT_THAT(check_orphans(checkout()), IsEmpty());
}

}  // namespace
}  // namespace sallyport::house
