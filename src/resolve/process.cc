#include "resolve/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

namespace sallyport::resolve {
namespace {

[[noreturn]] void become(const std::vector<std::string>& words, const std::string& folder, int output) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const bool ready = nothing >= 0 && dup2(nothing, 0) >= 0 && dup2(output, 1) >= 0 && dup2(output, 2) >= 0 &&
                     setpgid(0, 0) == 0 && chdir(folder.c_str()) == 0;
  if (ready) execvp(argv[0], argv.data());
  _exit(127);
}

// Reads until the other end closes. False: too much, or too long.
bool drain(int input, int seconds, std::size_t most, std::string& output) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  char buffer[1 << 16];
  while (output.size() <= most) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd wait{input, POLLIN, 0};
    const int ready = poll(&wait, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    const ssize_t n = read(input, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return true;
    output.append(buffer, static_cast<std::size_t>(n));
  }
  return false;
}

}  // namespace

Result<Ran> run(const std::vector<std::string>& words, const std::string& folder, int seconds, std::size_t most) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return fail("no pipe to `" + words.front() + "`");
  const pid_t child = fork();
  if (child < 0) {
    close(ends[0]), close(ends[1]);
    return fail("`" + words.front() + "` cannot be started");
  }
  if (child == 0) become(words, folder, ends[1]);
  close(ends[1]);
  Ran ran;
  const bool whole = drain(ends[0], seconds, most, ran.output);
  close(ends[0]);
  if (!whole) kill(-child, SIGKILL), kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!whole) return fail("`" + words.front() + "` took too long, or said too much: it was ended");
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (ran.status == 127 && ran.output.empty()) return fail("`" + words.front() + "` is not there");
  return ran;
}

}  // namespace sallyport::resolve
