#include "cli/authorize.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "cli/commands.h"
#include "cli/console.h"
#include "iam/authorize.h"
#include "read/authorize/authorize.h"
#include "read/json/parse.h"
#include "show/json_writer.h"

namespace sallyport::cli {
namespace {

constexpr std::size_t told_at_most = 100;                      // diagnostics
constexpr std::size_t registry_limit = std::size_t{16} << 20;  // bytes of texts before a fresh start
constexpr std::size_t line_limit = std::size_t{64} << 20;      // bytes

using iam::Decision;

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

void write_by(show::JsonWriter& json, const iam::By& by, const Registry& registry) {
  json.object([&] {
    json.member("layer", iam::name(by.layer));
    if (by.policy == nullptr) {
      json.key("policy");
      json.null();
      json.key("statement");
      json.null();
      json.member("effect", by.effect == Effect::deny ? "Deny" : "none");
      return;
    }
    json.member("policy", by.policy->label());
    json.member("statement", static_cast<std::int64_t>(by.statement) + 1);
    json.member_if("sid", registry.view(by.sid));
    json.member("effect", by.effect == Effect::deny ? "Deny" : "Allow");
    if (by.applies != iam::Match::yes) json.member("applies", "unknown");
  });
}

// The members behind `id`, up to the closing brace.
std::string answer_json(const Decision& decision, const Registry& registry) {
  std::string out;
  show::JsonWriter json(out, 0);
  json.object([&] {
    json.member("decision", iam::name(decision.outcome));
    json.member_object("layers", [&] {
      for (std::size_t i = 0; i < iam::layer_count; ++i) {
        if (decision.layers[i] != iam::Say::absent) {
          json.member(iam::name(static_cast<iam::Layer>(i)), iam::name(decision.layers[i]));
        }
      }
    });
    json.member_array("by", [&] {
      for (const iam::By& by : decision.by) write_by(json, by, registry);
    });
    if (!decision.gaps.empty()) {
      json.member_array("gaps", [&] {
        for (const GapId id : decision.gaps) {
          const Gap& gap = registry.gaps[id];
          json.object([&] {
            json.member("kind", name(gap.kind));
            json.member("what", gap.what);
            json.member_if("remedy", gap.remedy);
          });
        }
      });
    }
    if (!decision.notes.empty()) {
      json.member_array("notes", [&] {
        for (const std::string_view note : decision.notes) json.text(note);
      });
    }
  });
  return out;
}

std::string error_json(const Error& error, std::size_t line) {
  std::string out;
  show::JsonWriter json(out, 0);
  json.object([&] {
    json.member("error", error.message);
    json.member_if("hint", error.hint);
    json.member("line", static_cast<std::int64_t>(line));
  });
  return out;
}

// Everything that lives from one fresh start to the next.
class Session {
 public:
  Result<iam::Authorized> decide(read::json::Node node, Diagnostics& diagnostics) {
    const auto request = read::read_authorize(node, *registry_, diagnostics);
    if (!request) return tl::unexpected(request.error());
    return iam::authorize(*request, *registry_);
  }
  // Drops texts and gaps of earlier requests once they are many.
  void refresh() {
    if (registry_->texts.bytes() > registry_limit || registry_->gaps.size() > 100'000) {
      registry_ = std::make_unique<Registry>();
    }
  }
  const Registry& registry() const { return *registry_; }

 private:
  std::unique_ptr<Registry> registry_ = std::make_unique<Registry>();
};

}  // namespace

AuthorizeCounts authorize_lines(std::istream& in, const std::string& path,
                                const std::function<void(std::string_view)>& write,
                                const std::function<void(std::string_view)>& say) {
  AuthorizeCounts counts;
  Session session;
  read::json::Parser parser;
  std::string line;
  std::size_t number = 0;
  std::size_t told = 0;
  while (std::getline(in, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::string id = "null";
    std::string rest;
    const auto refuse = [&](const Error& error) {
      ++counts.malformed;
      rest = error_json(error, number);
      say(path + ":" + std::to_string(number) + ": error: " + error.message + "\n");
    };
    if (line.size() > line_limit) {
      refuse({.message = "the line is too long"});
    } else if (auto tree = parser.parse(std::string(line)); !tree) {
      id = id_of_broken(line);
      refuse(tree.error());
    } else if (tree->roots().size() != 1) {
      refuse({.message = "the line must hold one object"});
    } else {
      id = id_json(read::authorize_id(tree->root()));
      Diagnostics diagnostics;
      const auto authorized = session.decide(tree->root(), diagnostics);
      for (const Diagnostic& d : diagnostics) {
        if (++told > told_at_most) break;
        say(path + ":" + std::to_string(number) + ": " + (d.severity == Severity::note ? "note: " : "warning: ") +
            d.message + "\n");
      }
      if (authorized) {
        ++counts.answered;
        if (authorized->decision.outcome == iam::Outcome::unknown) ++counts.unknown;
        rest = answer_json(authorized->decision, session.registry());
      } else {
        refuse(authorized.error());
      }
    }
    write("{\"id\": " + id + ", " + rest.substr(1) + "\n");
    session.refresh();
  }
  if (told > told_at_most) say(path + ": note: further messages were left out\n");
  return counts;
}

Result<guard::Authorized> authorize_text(std::string_view json) {
  const auto tree = read::json::parse(std::string(json));
  if (!tree) return tl::unexpected(tree.error());
  Session session;
  Diagnostics diagnostics;
  const auto authorized = session.decide(tree->root(), diagnostics);
  if (!authorized) return tl::unexpected(authorized.error());
  const Decision& decision = authorized->decision;
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
  AuthorizeCounts counts;
  for (const std::string& path : arguments.inputs) {
    AuthorizeCounts more;
    if (path == "-") {
      more = authorize_lines(std::cin, "-", write, say);
    } else {
      std::ifstream file(path, std::ios::binary);
      if (!file || std::filesystem::is_directory(path))
        return console.fail(Error{.message = "cannot read `" + path + "`"});
      more = authorize_lines(file, path, write, say);
    }
    counts.malformed += more.malformed;
    counts.unknown += more.unknown;
  }
  return counts.malformed > 0 ? failed : counts.unknown > 0 ? unknown : answered;
}

}  // namespace sallyport::cli
