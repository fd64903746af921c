// A whole organization: `paths --summary` from the files to the counts, in a process of
// its own, against loading the same files and parsing them with simdjson.
#include <fcntl.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "estate.h"
#include "redecide.h"
#include "rows.h"

namespace sallyport::bench {
namespace {

namespace fs = std::filesystem;

struct Ran {
  bool answered = false;
  double seconds = 0;
  double megabytes = 0;  // at most in memory
};

Ran run_measured(const std::string& sallyport, const std::string& folder) {
  std::vector<std::string> words = {sallyport, "paths", "--summary", "--format", "json", folder};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  char* environment[] = {nullptr};
  pid_t child = 0;
  Ran ran;
  const double begin = now();
  const int error = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return ran;
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) != child) return ran;
  ran.seconds = now() - begin;
  ran.megabytes = static_cast<double>(used.ru_maxrss) * 1024 / 1e6;
  ran.answered = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return ran;
}

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Loading and parsing all files, one thread, the parser and the room for bytes reused.
double rival(const std::vector<std::string>& files, bool& whole) {
  simdjson::dom::parser parser;
  const double begin = now();
  for (const std::string& file : files) {
    simdjson::dom::element root;
    whole = parser.load(file).get(root) == simdjson::SUCCESS && whole;
  }
  return now() - begin;
}

std::vector<Row> measure(const std::string& sallyport, int accounts, double floor) {
  const std::string size = fmt::format("{}0,000 interfaces", accounts);
  Row time{"organization: " + size, "ms", {}, {}, {}, floor, true, {}};
  Row memory{"organization: memory, " + size, "MB", {}, {}, {}, 1.5, true, {}};
  const fs::path folder = fs::temp_directory_path() / fmt::format("sallyport-bench-{}", accounts);
  EstateSize account;
  account.vpcs = 100;
  account.interfaces = 10'000;
  fs::remove_all(folder);
  const std::size_t bytes = write_organization(folder.string(), accounts, of_organization(account));
  const double mega = static_cast<double>(bytes) / 1e6;
  const std::vector<std::string> files = files_below(folder.string());
  bool whole = bytes > 0;
  std::vector<double> ours, theirs, peaks;
  for (int turn = 0; turn < 5 && whole; ++turn) {
    theirs.push_back(rival(files, whole));
    const Ran ran = run_measured(sallyport, folder.string());
    ours.push_back(ran.seconds), peaks.push_back(ran.megabytes);
    whole = whole && ran.answered;
  }
  std::vector<Row> rows;
  if (whole && accounts == 10) rows.push_back(redecide(folder.string(), size));
  fs::remove_all(folder);
  if (!whole) {
    time.note = memory.note = "skipped: the files could not be made, or a program failed";
    time.holds = memory.holds = false;
    return {time, memory};
  }
  for (std::vector<double>* all : {&ours, &theirs, &peaks}) std::sort(all->begin(), all->end());
  time.ours = 1e3 * ours[2];
  time.rival = 1e3 * theirs[2];
  time.ratio = *time.rival / *time.ours;
  // The floor is how many times the rival's time it may take.
  time.holds = ours[2] <= floor * theirs[2];
  time.note = fmt::format("{:.0f} MB in {} files; takes {:.2f} times the rival: load and simdjson's DOM parse", mega,
                          files.size(), ours[2] / theirs[2]);
  memory.ours = peaks[2];
  memory.rival = mega;
  memory.ratio = mega / peaks[2];
  const bool counts = mega > 100;  // the floor is for inputs above
  memory.holds = !counts || peaks[2] <= 1.5 * mega;
  memory.note = fmt::format("{:.2f} bytes of memory a byte of input (the rival's column)", peaks[2] / mega);
  rows.insert(rows.begin(), {time, memory});
  return rows;
}

}  // namespace

std::vector<Row> organization(const std::string& sallyport, bool large) {
  std::vector<Row> rows;
  for (const int accounts : large ? std::vector<int>{1, 10, 100} : std::vector<int>{1, 10}) {
    for (Row& row : measure(sallyport, accounts, accounts == 100 ? 4 : 3)) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace sallyport::bench
