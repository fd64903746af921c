// The article's example, from the start of the process to its answer.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

#include "rows.h"
#include "run.h"

namespace sallyport::bench {

bool run(const std::vector<std::string>& command, const std::string& output) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  char* environment[] = {nullptr};
  pid_t child = 0;
  const int error = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return false;
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return false;
  return WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 3;  // 3: something is unknown
}

Row start(const std::string& sallyport, const std::string& source) {
  Row row{"article: process start to answer",           "ms", {}, {}, {}, 10, true,
          "rival: an empty process; the floor is in ms"};
  const std::string example = source + "/examples/article/2-endpoints";
  if (!std::filesystem::exists(sallyport)) {
    row.note = "skipped: `" + sallyport + "` is not built";
    return row;
  }
  bool answered = true;
  const auto ours = [&] { answered = run({sallyport, "paths", example}, "/dev/null") && answered; };
  const auto rival = [&] { answered = run({"/bin/true"}, "/dev/null") && answered; };
  ours(), rival();
  row.ours = 1e3 * median_seconds(20, ours);
  row.rival = 1e3 * median_seconds(20, rival);
  row.ratio = *row.rival / *row.ours;
  row.holds = answered && *row.ours <= *row.floor;
  if (!answered) row.note = "the command failed";
  return row;
}

}  // namespace sallyport::bench
