#include "cli/authorize_worker.h"

#include <utility>

#include "cli/authorize_answer.h"
#include "iam/authorize.h"
#include "read/authorize/authorize.h"
#include "show/json_writer.h"

namespace sallyport::cli {
namespace {

// Bytes of interned texts, beside those of policies that are kept, before a fresh start.
// As few as the caches of a processor hold: a larger pool is no faster to begin again.
constexpr std::size_t texts_limit = std::size_t{4} << 20;
constexpr std::size_t policies_limit = std::size_t{8} << 20;  // bytes of policies that are kept, as texts
constexpr std::size_t gaps_limit = 100'000;
constexpr std::size_t messages_kept = 101;  // diagnostics of a block: one more than is ever told

std::string id_json(const read::AuthorizeId& id) {
  if (id.kind == read::json::Kind::none) return "null";
  return id.kind == read::json::Kind::string ? show::quoted(id.text) : id.text;
}

// The id of a line that is not JSON, if it begins like `{"id": "c1"`.
std::string id_of_broken(std::string_view line) {
  const auto blank = [&] {
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  };
  const auto take = [&](std::string_view part) {
    blank();
    const bool there = line.starts_with(part);
    if (there) line.remove_prefix(part.size());
    return there;
  };
  if (!take("{") || !take("\"id\"") || !take(":")) return "null";
  blank();
  if (take("\"")) {
    const std::size_t end = line.find_first_of("\"\\");
    return end != std::string_view::npos && line[end] == '"' ? show::quoted(line.substr(0, end)) : "null";
  }
  const std::size_t end = line.find_first_not_of("0123456789");
  return end == 0 || end == std::string_view::npos || end > 18 ? "null" : std::string(line.substr(0, end));
}

}  // namespace

struct AuthorizeWorker::Memory {
  Registry registry;
  read::PolicyTexts texts{registry};
  iam::Authorizer authorizer{registry};
};

struct AuthorizeWorker::Line {
  std::string_view text;
  std::size_t number = 0;
};

void AuthorizeAnswers::clear() {
  out.clear();
  messages.clear();
  diagnostics = 0;
  counts = {};
}

AuthorizeWorker::AuthorizeWorker(std::string path) : path_(std::move(path)), memory_(std::make_unique<Memory>()) {}
AuthorizeWorker::~AuthorizeWorker() = default;
AuthorizeWorker::AuthorizeWorker(AuthorizeWorker&&) noexcept = default;
AuthorizeWorker& AuthorizeWorker::operator=(AuthorizeWorker&&) noexcept = default;

void AuthorizeWorker::answer(std::string_view lines, std::size_t number, AuthorizeAnswers& answers) {
  for (; !lines.empty(); ++number) {
    const std::size_t newline = lines.find('\n');
    const std::string_view text = lines.substr(0, newline);
    lines.remove_prefix(newline == std::string_view::npos ? lines.size() : newline + 1);
    if (text.find_first_not_of(" \t\r") != std::string_view::npos) answer_line({text, number}, answers);
  }
}

void AuthorizeWorker::answer_line(const Line& line, AuthorizeAnswers& answers) {
  if (line.text.size() > authorize_line_limit) {
    return refuse(line, "null", {.message = "the line is too long"}, answers);
  }
  std::string buffer = parser_.buffer();
  buffer.assign(line.text);
  const auto tree = parser_.parse(std::move(buffer), 0, read::authorize_policy_members(), &memory_->texts.known());
  if (!tree) return broken(line, answers);
  decide(line, *tree, answers);
  const Memory& memory = *memory_;
  if (memory.registry.texts.bytes() > texts_limit + memory.texts.bytes() || memory.texts.bytes() > policies_limit ||
      memory.registry.gaps.size() > gaps_limit) {
    memory_ = std::make_unique<Memory>();
  }
}

// A line that is no JSON, perhaps only inside a policy: opens all of it for the message.
void AuthorizeWorker::broken(const Line& line, AuthorizeAnswers& answers) {
  const auto tree = parser_.parse(std::string(line.text));
  if (tree) return decide(line, *tree, answers);
  refuse(line, id_of_broken(line.text), tree.error(), answers);
}

void AuthorizeWorker::decide(const Line& line, const read::json::Tree& tree, AuthorizeAnswers& answers) {
  if (tree.roots().size() != 1) return refuse(line, "null", {.message = "the line must hold one object"}, answers);
  Memory& memory = *memory_;
  diagnostics_.clear();
  auto request = read::read_authorize(tree.root(), memory.registry, diagnostics_, &memory.texts);
  if (memory.texts.broken()) {
    memory.texts.mend();
    return broken(line, answers);
  }
  const std::string id = id_json(read::authorize_id(tree.root()));
  for (const Diagnostic& d : diagnostics_) {
    if (++answers.diagnostics > messages_kept) break;
    answers.messages.push_back({path_ + ":" + std::to_string(line.number) +
                                    (d.severity == Severity::note ? ": note: " : ": warning: ") + d.message + "\n",
                                true});
  }
  if (!request) return refuse(line, id, request.error(), answers);
  const auto authorized = memory.authorizer.decide(*std::move(request));
  if (!authorized) return refuse(line, id, authorized.error(), answers);
  ++answers.counts.answered;
  if (authorized->decision.outcome == iam::Outcome::unknown) ++answers.counts.unknown;
  append_answer(answers.out, id, authorized->decision, memory.registry);
}

void AuthorizeWorker::refuse(const Line& line, std::string_view id, const Error& error,
                             AuthorizeAnswers& answers) const {
  ++answers.counts.malformed;
  append_error(answers.out, id, error, line.number);
  answers.messages.push_back({path_ + ":" + std::to_string(line.number) + ": error: " + error.message + "\n", false});
}

}  // namespace sallyport::cli
