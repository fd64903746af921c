// The policy engine in process: decisions on a realistic stack, compiling, and a sweep
// over many principals.
#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "facts/actions.h"
#include "iam/decide.h"
#include "iam/policy_index.h"
#include "library/peer/peer.h"
#include "read/json/parse.h"
#include "read/policy/policy.h"
#include "rows.h"
#include "stack.h"

namespace sallyport::bench {
namespace {

using iam::CompiledPolicy;
using iam::PolicyType;

// A stack compiled once, and questions made ready to be asked.
class Compiled {
 public:
  explicit Compiled(const Stack& stack) : engine_(registry_.gaps) {
    identity_ = {compile(stack.identity, PolicyType::identity)};
    endpoint_ = {compile(stack.endpoint, PolicyType::endpoint)};
    organization(stack.scp, PolicyType::scp, scp_);
    organization(stack.rcp, PolicyType::rcp, rcp_);
  }

  bool whole() const { return diagnostics_.empty(); }

  void add(const Question& question) {
    Asked& asked = asked_.emplace_back();
    asked.question = question;
    for (const auto& [key, value] : question.context) asked.context.set(key, value);
    asked.request = {.principal = *iam::parse_principal("arn:aws:iam::111122223333:role/reader"),
                     .action = asked.question.action,
                     .resource = asked.question.resource,
                     .resource_account = asked.question.resource_account,
                     .context = &asked.context};
    asked.layers.identity = {identity_, {}};
    asked.layers.scp = {scp_, {}};
    asked.layers.rcp = {rcp_, {}};
    if (question.through_endpoint) {
      asked.layers.endpoint = iam::EndpointLayer{iam::EndpointPolicyKind::interface, {endpoint_, {}}, Truth::yes, {}};
    }
  }

  // Asks all; gives how many are allowed.
  std::size_t ask() const {
    std::size_t allowed = 0;
    for (const Asked& asked : asked_) allowed += engine_.outcome(asked.request, asked.layers) == iam::Outcome::allowed;
    return allowed;
  }
  std::string decision(std::size_t i) const { return name(engine_.outcome(asked_[i].request, asked_[i].layers)); }

 private:
  const CompiledPolicy* compile(const std::string& json, PolicyType type) {
    const PolicyDocument document = read::read_policy_text(json, {}, "p", registry_, diagnostics_);
    return &policies_.emplace_back(document, type, "p", registry_);
  }
  void organization(const std::vector<std::vector<std::string>>& levels, PolicyType type,
                    std::vector<iam::PolicySet>& into) {
    for (const auto& level : levels) {
      auto& list = lists_.emplace_back();
      for (const std::string& json : level) list.push_back(compile(json, type));
      into.push_back({list, {}});
    }
  }

  struct Asked {
    Question question;
    iam::Context context;
    iam::Request request;
    iam::Layers layers;
  };
  Registry registry_;
  Diagnostics diagnostics_;
  iam::Engine engine_;
  std::deque<CompiledPolicy> policies_;
  std::deque<std::vector<const CompiledPolicy*>> lists_;
  std::vector<const CompiledPolicy*> identity_, endpoint_;
  std::vector<iam::PolicySet> scp_, rcp_;
  std::deque<Asked> asked_;
};

constexpr int question_count = 500;

// What the peer's timing mode says; 0: it failed.
double peer_rate(const std::vector<std::string>& lines, const std::vector<std::string>& options) {
  std::size_t n = 0;
  double rate = 0;
  const bool ran = peer::ask([&] { return n < lines.size() ? lines[n++] : std::string(); },
                             [&](const std::string& text) {
                               const auto answer = nlohmann::json::parse(text, nullptr, false);
                               if (answer.is_object() && answer["refused"] == 0) {
                                 rate = answer["decisions"].get<double>() / answer["seconds"].get<double>();
                               }
                             },
                             options);
  return ran ? rate : 0;
}

// How many of the peer's decisions are not ours.
std::size_t differences(const Compiled& compiled, const std::vector<std::string>& lines) {
  std::size_t n = 0;
  std::size_t i = 0;
  std::size_t different = 0;
  const bool ran = peer::ask([&] { return n < lines.size() ? lines[n++] : std::string(); },
                             [&](const std::string& text) {
                               const auto answer = nlohmann::json::parse(text, nullptr, false);
                               const bool allowed = answer.is_object() && answer["decision"] == "allowed";
                               if (i < lines.size() && allowed != (compiled.decision(i) == "allowed")) ++different;
                               ++i;
                             });
  return ran && i == lines.size() ? different : lines.size();
}

}  // namespace

std::vector<Row> stack_decisions() {
  const Stack stack = realistic_stack();
  const std::vector<Question> all = questions(question_count);
  Compiled compiled(stack);
  for (const Question& question : all) compiled.add(question);
  std::size_t allowed = compiled.ask();
  constexpr int rounds = 400;
  const double seconds = median_seconds(5, [&] {
    for (int i = 0; i < rounds; ++i) allowed = compiled.ask();
  });
  const double ours = question_count * rounds / seconds;
  const std::string what =
      std::to_string(allowed) + " of " + std::to_string(question_count) + " allowed; " + stack.identity_note;

  Row rate{"stack: decisions on compiled policies", "decisions/s", ours, {}, {}, 1'000'000, true, what};
  rate.holds = compiled.whole() && ours >= *rate.floor;
  Row core{"stack: against the peer's core engine", "decisions/s", ours, {}, {}, 2'000, true, ""};
  Row api{"stack: against the peer's public function", "decisions/s", ours, {}, {}, {}, true, ""};
  if (const std::string missing = peer::missing(); !missing.empty()) {
    core.note = api.note = "rival skipped: " + missing;
    return {rate, core, api};
  }
  std::vector<std::string> lines;
  for (int i = 0; i < question_count; ++i) lines.push_back(line(stack, all[static_cast<std::size_t>(i)], i));
  const std::size_t different = differences(compiled, lines);
  core.rival = peer_rate(lines, {"--time", "3"});
  api.rival = peer_rate(lines, {"--api", "--time", "3"});
  for (Row* row : {&core, &api}) {
    if (*row->rival == 0) {
      row->rival.reset();
      row->note = "rival skipped: the peer failed";
      continue;
    }
    row->ratio = ours / *row->rival;
    row->holds = different == 0 && (!row->floor || *row->ratio >= *row->floor);
    row->note = different == 0 ? "same requests, same answers" : std::to_string(different) + " answers differ";
  }
  return {rate, core, api};
}

Row compiling() {
  Row row{"compiling: 1,641 managed policies", "ms", {}, {}, {}, 300, true, ""};
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  const auto path = std::filesystem::path(corpora == nullptr ? "" : corpora) /
                    "policies/iam-dataset/managed_policies_effective.jsonl";
  if (!std::filesystem::exists(path)) {
    row.note = "skipped: no corpora";
    return row;
  }
  Registry registry;
  Diagnostics diagnostics;
  std::deque<read::json::Tree> trees;
  std::ifstream in(path);
  for (std::string text; std::getline(in, text);) {
    if (auto tree = read::json::parse(std::move(text))) trees.push_back(*std::move(tree));
  }
  std::vector<PolicyDocument> documents;
  const double reading =
      1e3 * median_seconds(3, [&] {
        documents.clear();
        for (const read::json::Tree& tree : trees) {
          documents.push_back(read::read_policy(tree.root()["document"], "p", registry, diagnostics));
        }
      });
  std::size_t statements = 0;
  const auto compile = [&] {
    std::vector<std::unique_ptr<const CompiledPolicy>> compiled;
    statements = 0;
    for (const PolicyDocument& document : documents) {
      compiled.push_back(std::make_unique<const CompiledPolicy>(document, PolicyType::identity, "p", registry));
      statements += compiled.back()->size();
    }
  };
  compile();
  row.ours = 1e3 * median_seconds(5, compile);
  row.holds = diagnostics.empty() && *row.ours <= *row.floor;
  row.note = std::to_string(documents.size()) + " policies, " + std::to_string(statements) +
             " statements; the floor is in ms; reading them from JSON trees before: " +
             std::to_string(static_cast<int>(reading)) + " ms";
  return row;
}

namespace {

constexpr int role_count = 10'000;
constexpr int policies_of_role = 20;

// A policy of one role: two statements, each of some actions of one service on a resource
// of its own.
std::string role_policy(generate::Random& random, const std::vector<std::string_view>& services,
                        const std::string& salt) {
  std::string statements;
  for (int s = 0; s < 2; ++s) {
    const std::string_view service = random.one_of(services);
    const auto range = facts::actions(service);
    std::string actions;
    for (int a = 0; a < 3; ++a) {
      const std::string_view name = range[static_cast<std::uint32_t>(random.below(range.size()))].name();
      const std::string pattern =
          random.chance(30) ? std::string(name.substr(0, name.size() / 2)) + "*" : std::string(name);
      actions += (a > 0 ? ",\"" : "\"") + std::string(service) + ":" + pattern + "\"";
    }
    statements += std::string(s > 0 ? "," : "") + R"({"Effect":")" + (random.chance(90) ? "Allow" : "Deny") +
                  R"(","Action":[)" + actions + R"(],"Resource":"arn:aws:)" + std::string(service) +
                  R"(:eu-central-1:111122223333:)" + salt + R"(/*"})";
  }
  return R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
}

}  // namespace

std::vector<Row> sweep() {
  Registry registry;
  Diagnostics diagnostics;
  generate::Random random(11);
  std::vector<std::string_view> services = {"s3", "s3", "s3", "s3"};
  for (std::uint32_t n = 0; n < facts::action_count(); n += 250) services.push_back(facts::Action(n).prefix());
  std::deque<CompiledPolicy> policies;
  std::vector<const CompiledPolicy*> list;
  struct Role {
    std::string arn;
    std::vector<std::uint32_t> numbers;
  };
  std::vector<Role> roles;
  for (int r = 0; r < role_count; ++r) {
    Role& role = roles.emplace_back();
    role.arn = "arn:aws:iam::111122223333:role/team-" + std::to_string(r % 100) + "/role-" + std::to_string(r);
    for (int p = 0; p < policies_of_role; ++p) {
      // Every hundredth role can do what is asked.
      const bool can = r % 100 == 0 && p == 0;
      const std::string json =
          can ? R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Put*","Resource":"arn:aws:s3:::data-1/*"}})"
              : role_policy(random, services, std::to_string(r) + "-" + std::to_string(p));
      const PolicyDocument document = read::read_policy_text(json, {}, "p", registry, diagnostics);
      role.numbers.push_back(static_cast<std::uint32_t>(list.size()));
      list.push_back(&policies.emplace_back(document, PolicyType::identity, "p", registry));
    }
  }
  Row build{"sweep: index over 200,000 policies", "ms", {}, {}, {}, {}, true, "built once, with the policies"};
  const double begin = now();
  const iam::PolicyIndex index(list);
  build.ours = 1e3 * (now() - begin);

  const iam::Engine engine(registry.gaps);
  std::size_t allowed = 0;
  const auto ask = [&](const Role& role, std::span<const CompiledPolicy* const> of_role) {
    iam::Context context;
    context.set("aws:PrincipalArn", role.arn);
    context.set("aws:PrincipalAccount", "111122223333");
    iam::Layers layers;
    layers.identity = {of_role, {}};
    const iam::Request request{.principal = *iam::parse_principal(role.arn),
                               .action = "s3:PutObject",
                               .resource = "arn:aws:s3:::data-1/x",
                               .resource_account = "111122223333",
                               .context = &context};
    allowed += engine.outcome(request, layers) == iam::Outcome::allowed;
  };
  const auto with_index = [&] {
    allowed = 0;
    const iam::PolicySpeakers speakers = index.speaking_of("s3:PutObject");
    std::vector<const CompiledPolicy*> few;
    for (const Role& role : roles) {
      speakers.filter(role.numbers, few);
      ask(role, few);
    }
  };
  const auto without = [&] {
    allowed = 0;
    for (const Role& role : roles) ask(role, std::span(list).subspan(role.numbers.front(), role.numbers.size()));
  };
  with_index();
  const std::size_t found = allowed;
  without();
  Row row{"sweep: 10,000 roles, 20 policies each", "ms", {}, {}, {}, 30, true, ""};
  row.ours = 1e3 * median_seconds(9, with_index);
  row.rival = 1e3 * median_seconds(5, without);
  row.ratio = *row.rival / *row.ours;
  row.holds = diagnostics.empty() && allowed == found && *row.ours <= *row.floor;
  row.note = "one action and resource; rival: the same engine without the index; the floor is in ms; " +
             std::to_string(found) + " can";
  return {build, row};
}

}  // namespace sallyport::bench
