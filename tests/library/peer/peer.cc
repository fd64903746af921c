#include "library/peer/peer.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <thread>

extern char** environ;

namespace sallyport::peer {
namespace {

const std::string& folder() {
  static const std::string path = std::string(SALLYPORT_SOURCE_DIR) + "/tests/peer";
  return path;
}

bool write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(to, bytes.data(), bytes.size());
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

std::string node() {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::filesystem::path candidate = std::filesystem::path(rest.substr(0, colon)) / "node";
    std::error_code ignored;
    if (std::filesystem::is_regular_file(candidate, ignored)) return candidate.string();
    rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
  }
  return {};
}

std::string missing() {
  if (!std::filesystem::exists(folder() + "/node_modules/@cloud-copilot/iam-simulate")) {
    return "the peer is not installed: run `./dev peer`";
  }
  return node().empty() ? "the peer needs node 18 or newer" : "";
}

bool ask(const std::function<std::string()>& next, const std::function<void(const std::string&)>& take,
         const std::vector<std::string>& options) {
  std::array<int, 2> in{}, out{};
  if (pipe2(in.data(), O_CLOEXEC) != 0) return false;
  if (pipe2(out.data(), O_CLOEXEC) != 0) return false;
  std::vector<std::string> words = {node(), folder() + "/decide.mjs"};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  pid_t child = 0;
  const int error = posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]), close(out[1]);
  if (error != 0) return close(in[1]), close(out[0]), false;

  std::signal(SIGPIPE, SIG_IGN);  // a peer that breaks off is an answer, not our end
  std::thread writer([&, to = in[1]] {
    std::string block;
    for (std::string line = next(); !line.empty(); line = next()) {
      block += line + "\n";
      if (block.size() < 65536) continue;
      if (!write_all(to, block)) break;
      block.clear();
    }
    write_all(to, block);
    close(to);
  });
  std::string rest;
  std::array<char, 65536> buffer{};
  for (ssize_t n = 0; (n = ::read(out[0], buffer.data(), buffer.size())) > 0;) {
    rest.append(buffer.data(), static_cast<std::size_t>(n));
    std::size_t from = 0;
    for (std::size_t end = 0; (end = rest.find('\n', from)) != std::string::npos; from = end + 1) {
      take(rest.substr(from, end - from));
    }
    rest.erase(0, from);
  }
  close(out[0]);
  writer.join();
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace sallyport::peer
