#include "cli/authorize.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

#include "cli/authorize_worker.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/crew.h"
#include "iam/authorize.h"
#include "read/authorize/authorize.h"

namespace sallyport::cli {
namespace {

constexpr std::size_t told_at_most = 100;                     // diagnostics
constexpr std::size_t block_size = std::size_t{256} << 10;    // bytes a thread
constexpr std::size_t worth_a_thread = std::size_t{8} << 10;  // less is answered at once

// Lines are long, so to look for each end is faster than to look at each byte.
std::size_t count_lines(std::string_view lines) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = lines.find('\n', at)) != std::string_view::npos; ++at) ++count;
  return count;
}

// Cuts `lines` into at most `count` parts of about the same size, at newlines.
std::vector<std::string_view> parts(std::string_view lines, std::size_t count) {
  std::vector<std::string_view> list;
  const std::size_t least = std::max(lines.size() / count + 1, worth_a_thread);
  while (lines.size() > least) {
    const std::size_t newline = lines.find('\n', least);
    if (newline == std::string_view::npos) break;
    list.push_back(lines.substr(0, newline + 1));
    lines.remove_prefix(newline + 1);
  }
  if (!lines.empty()) list.push_back(lines);
  return list;
}

}  // namespace

AuthorizeCounts& AuthorizeCounts::operator+=(const AuthorizeCounts& more) {
  answered += more.answered;
  malformed += more.malformed;
  unknown += more.unknown;
  return *this;
}

AuthorizeCounts authorize_lines(const ReadBytes& read, const std::string& path, std::size_t threads,
                                const std::function<void(std::string_view)>& write,
                                const std::function<void(std::string_view)>& say) {
  Crew crew(threads);
  LineBlocks blocks(read, crew.size() * block_size, authorize_line_limit);
  std::vector<AuthorizeWorker> workers;
  std::vector<AuthorizeAnswers> answers(crew.size());
  AuthorizeCounts counts;
  std::size_t number = 1;
  std::size_t told = 0;
  for (std::string_view block = blocks.next(); !block.empty(); block = blocks.next()) {
    const std::vector<std::string_view> shares = parts(block, crew.size());
    std::vector<std::size_t> numbers;
    for (const std::string_view share : shares) {
      numbers.push_back(number);
      number += count_lines(share);
    }
    while (workers.size() < shares.size()) workers.emplace_back(path);
    const auto job = [&](std::size_t i) {
      if (i < shares.size()) workers[i].answer(shares[i], numbers[i], answers[i]);
    };
    if (shares.size() == 1) {
      job(0);
    } else {
      crew.run(job);
    }
    for (AuthorizeAnswers& one : answers) {
      for (const AuthorizeAnswers::Message& message : one.messages) {
        if (!message.diagnostic || ++told <= told_at_most) say(message.text);
      }
      write(one.out);
      counts += one.counts;
      one.clear();
    }
  }
  if (told > told_at_most) say(path + ": note: further messages were left out\n");
  return counts;
}

Result<guard::Authorized> authorize_text(std::string_view json) {
  const auto tree = read::json::parse(std::string(json));
  if (!tree) return tl::unexpected(tree.error());
  Registry registry;
  Diagnostics diagnostics;
  const auto request = read::read_authorize(tree->root(), registry, diagnostics);
  if (!request) return tl::unexpected(request.error());
  const auto authorized = iam::authorize(*request, registry);
  if (!authorized) return tl::unexpected(authorized.error());
  const iam::Decision& decision = authorized->decision;
  guard::Authorized answer;
  answer.decision = iam::name(decision.outcome);
  for (std::size_t i = 0; i < iam::layer_count; ++i) {
    if (decision.layers[i] != iam::Say::absent) {
      answer.layers.emplace_back(iam::name(static_cast<iam::Layer>(i)), iam::name(decision.layers[i]));
    }
  }
  for (const iam::By& by : decision.by) answer.by.emplace_back(iam::name(by.layer));
  return answer;
}

int run_authorize(const Arguments& arguments, Console& console) {
  const auto write = [&](std::string_view text) { console.write(text); };
  const auto say = [&](std::string_view text) { console.say(text); };
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
  AuthorizeCounts counts;
  for (const std::string& path : arguments.inputs) {
    if (path == "-") {
      counts += authorize_lines(bytes_of(STDIN_FILENO), path, threads, write, say);
      continue;
    }
    const int file = std::filesystem::is_directory(path) ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return console.fail(Error{.message = "cannot read `" + path + "`"});
    counts += authorize_lines(bytes_of(file), path, threads, write, say);
    ::close(file);
  }
  return counts.malformed > 0 ? failed : counts.unknown > 0 ? unknown : answered;
}

}  // namespace sallyport::cli
