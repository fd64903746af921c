// The files of data/: each says where it comes from, and each is a table.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct File {
  std::string name;
  std::map<std::string, std::string> header;  // `source` -> what it says
  std::vector<std::string> rows;
};

// A header line `# key: value`; other comment lines are prose.
File read(std::istream& in, std::string name) {
  File file{std::move(name), {}, {}};
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with('#')) {
      file.rows.push_back(line);
      continue;
    }
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) file.header[line.substr(2, colon - 2)] = line.substr(colon + 2);
  }
  return file;
}

std::vector<File> all_files() {
  std::vector<File> files;
  for (const auto& entry : fs::directory_iterator(SALLYPORT_SOURCE_DIR "/data")) {
    if (entry.path().extension() != ".tsv") continue;
    std::ifstream in(entry.path());
    files.push_back(read(in, entry.path().filename()));
  }
  std::ranges::sort(files, {}, &File::name);
  return files;
}

bool is_date(const std::string& text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         std::ranges::all_of(text, [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
}

// What is wrong with a file; empty if nothing is.
std::string complaint(const File& file) {
  for (const char* key : {"source", "version", "date", "licence", "maintained", "columns"})
    if (!file.header.contains(key) || file.header.at(key).empty()) return std::string("no ") + key;
  if (!is_date(file.header.at("date"))) return "date `" + file.header.at("date") + "`";
  if (file.rows.empty()) return "no rows";
  const auto tabs = std::ranges::count(file.header.at("columns"), '\t');
  for (std::size_t i = 0; i < file.rows.size(); ++i) {
    if (std::ranges::count(file.rows[i], '\t') != tabs) return "cells of row `" + file.rows[i] + "`";
    if (i > 0 && !(file.rows[i - 1] < file.rows[i])) return "order at row `" + file.rows[i] + "`";
  }
  return "";
}

File sample(const std::string& text) {
  std::istringstream in(text);
  return read(in, "sample");
}

const std::string good_head =
    "# About.\n# source: s\n# version: 1\n# date: 2026-11-24\n# licence: MIT\n# maintained: by hand\n# columns: a\tb\n";

TEST(Data, FilesNameSourceVersionAndDateAndAreSortedTables) {
  const auto files = all_files();
  EXPECT_GE(files.size(), 17U);
  for (const File& file : files) EXPECT_EQ(complaint(file), "") << file.name;
}

TEST(Data, CheckSeesWhatIsMissing) {
  EXPECT_EQ(complaint(sample(good_head + "1\t2\n3\t4\n")), "");
  EXPECT_EQ(complaint(sample("# source: s\n1\t2\n")), "no version");
  EXPECT_EQ(complaint(sample(good_head)), "no rows");
  EXPECT_EQ(complaint(sample(good_head + "1\n")), "cells of row `1`");
  EXPECT_EQ(complaint(sample(good_head + "3\t4\n1\t2\n")), "order at row `1\t2`");
}

// A row of the README names the file with its version (or "the same") and date.
TEST(Data, EveryFileStandsInTheTableOfTheReadme) {
  std::ifstream in(SALLYPORT_SOURCE_DIR "/data/README.md");
  std::map<std::string, std::string> row_of;
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("| `")) row_of[line.substr(3, line.find('`', 3) - 3)] = line;
  const auto files = all_files();
  for (const File& file : files) {
    const std::string& row = row_of[file.name];
    EXPECT_NE(row, "") << file.name;
    EXPECT_NE(row.find(" " + file.header.at("date") + " "), std::string::npos) << file.name;
    EXPECT_TRUE(row.find(file.header.at("version")) != std::string::npos ||
                row.find("| the same |") != std::string::npos)
        << file.name;
  }
  EXPECT_EQ(row_of.size(), files.size());
}

// Rules NK-5 to NK-7 and RC-5 give the lengths of AWS's lists.
TEST(Data, ListsHaveTheLengthsThatAwsGivesThem) {
  std::map<std::string, int> count;
  for (const File& file : all_files()) {
    if (file.name == "rcp_services.tsv") count["rcp"] = static_cast<int>(file.rows.size());
    if (file.name != "endpoint_keys.tsv") continue;
    for (const std::string& row : file.rows)
      if (row.ends_with("\tyes")) ++count[row.substr(0, row.find('\t'))];
  }
  EXPECT_EQ(count["rcp"], 62);
  EXPECT_EQ(count["aws:SourceVpcArn"], 36);
  EXPECT_EQ(count["aws:VpceAccount"], 39);
  EXPECT_EQ(count["aws:VpceOrgPaths"], 39);
  EXPECT_EQ(count["aws:VpceOrgID"], 52);
}

}  // namespace
