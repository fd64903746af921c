#include "confirm/results.h"

#include <algorithm>

#include "confirm/told.h"
#include "read/files.h"
#include "read/json/parse.h"
#include "read/snapshot/slot.h"

namespace sallyport::confirm {
namespace {

using read::json::Kind;
using read::json::Node;

// Longer than AWS answers one question, and more than anybody asks.
constexpr std::size_t size_limit = std::size_t{64} << 20U;
constexpr std::size_t most_answers = 10'000;

Row silent(const std::string& file, std::string why) {
  Row row;
  row.file = file;
  row.aws = std::move(why);
  return row;
}

Row path_row(const std::string& file, Node analysis) {
  Row row = silent(file, "");
  bool tagged = false;
  for (const Node tag : analysis["Tags"].items()) {
    if (tag["Key"].text() != tag_key) continue;
    tagged = true;
    row.path = path_question(tag["Value"].text());
  }
  const std::string status(analysis["Status"].text());
  if (!row.path) {
    row.aws =
        tagged ? "its tag `sallyport` is no question" : "it has no tag `sallyport`, so what was asked is not known";
  } else if (status == "succeeded" && analysis["NetworkPathFound"].is(Kind::boolean)) {
    row.aws_yes = analysis["NetworkPathFound"].boolean();
    for (const Node explanation : analysis["Explanations"].items()) {
      const std::string_view code = explanation["ExplanationCode"].text();
      if (!code.empty()) row.codes.emplace_back(code);
    }
    std::sort(row.codes.begin(), row.codes.end());
    row.codes.erase(std::unique(row.codes.begin(), row.codes.end()), row.codes.end());
    row.aws = *row.aws_yes ? "found" : "not found";
    const char* before = ": ";
    for (const std::string& code : row.codes) {
      row.aws += before + code;
      before = ", ";
    }
  } else {
    const std::string message(analysis["StatusMessage"].text());
    row.aws =
        (status.empty() ? std::string("no status") : "analysis " + status) + (message.empty() ? "" : ": " + message);
  }
  return row;
}

// `arn%3Aaws%3Aiam%3A%3A1:role%2Fapp--3.json` -> the ARN; empty if it is none.
std::string principal_of(const std::string& file) {
  std::string_view name = read::file_name(file);
  const std::size_t end = name.rfind("--");
  if (end == std::string_view::npos || !name.ends_with(".json")) return {};
  std::string arn = read::snapshot::percent_decoded(name.substr(0, end));
  return plain_arn(arn) ? arn : std::string();
}

Row policy_row(const std::string& file, const std::string& principal, Node result) {
  Row row = silent(file, "");
  PolicyQuestion q{principal, std::string(result["EvalActionName"].text()),
                   std::string(result["EvalResourceName"].text())};
  if (principal.empty()) {
    row.aws = "the file's name tells no principal, so what was asked is not known";
    return row;
  }
  if (q.action.empty() || q.resource.empty()) {
    row.aws = "it names no action and resource";
    return row;
  }
  row.policy = std::move(q);
  const std::string decision(result["EvalDecision"].text());
  if (decision != "allowed" && decision != "explicitDeny" && decision != "implicitDeny") {
    row.aws = "`" + decision + "` is no decision of the simulator";
    return row;
  }
  row.aws = decision;
  row.aws_yes = decision == "allowed";
  row.explicit_deny = decision == "explicitDeny";
  row.boundary_allows = result["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"].boolean();
  row.organization_allows = result["OrganizationsDecisionDetail"]["AllowedByOrganizations"].boolean();
  return row;
}

}  // namespace

const char* name(Match match) {
  switch (match) {
    case Match::agrees: return "agrees";
    case Match::differs: return "differs";
    case Match::unknown: return "unknown";
    case Match::silent: break;
  }
  return "silent";
}

std::vector<Row> read_results(const std::string& file, std::string text) {
  const auto tree = read::json::parse(std::move(text));
  if (!tree) return {silent(file, "the file is no JSON: " + tree.error().message)};
  std::vector<Row> rows;
  for (const Node root : tree->roots()) {
    for (const Node analysis : root["NetworkInsightsAnalyses"].items()) rows.push_back(path_row(file, analysis));
    const std::string principal = principal_of(file);
    for (const Node result : root["EvaluationResults"].items()) rows.push_back(policy_row(file, principal, result));
  }
  if (rows.empty()) rows.push_back(silent(file, "the file holds no answer of Reachability Analyzer or the simulator"));
  return rows;
}

void compare(const access::Access& access, std::vector<Row>& rows) {
  for (Row& row : rows) {
    if (!row.path && !row.policy) continue;
    const Result<Told> ours = row.path ? told(access.net(), *row.path) : told(access, *row.policy);
    row.ours = ours ? ours->words : ours.error().message;
    if (!row.aws_yes) continue;
    if (!ours || !ours->yes) {
      row.match = Match::unknown;
    } else {
      row.match = *ours->yes == *row.aws_yes ? Match::agrees : Match::differs;
    }
  }
}

Result<std::vector<Row>> read_folder(const std::string& folder) {
  if (!read::is_folder(folder)) {
    return fail("`" + folder + "` is no folder", "name the folder into which the script of `confirm --print` wrote");
  }
  const auto files = read::files_below(folder);
  if (!files) return tl::unexpected(files.error());
  std::vector<Row> rows;
  for (const std::string& file : *files) {
    if (!file.ends_with(".json")) continue;  // what an interrupted script left
    auto text = read::read_file(file, size_limit);
    std::vector<Row> more =
        text ? read_results(file, *std::move(text)) : std::vector{silent(file, text.error().message)};
    if (rows.size() + more.size() > most_answers) {
      return fail("there are more than 10000 answers below `" + folder + "`", "give them in several folders");
    }
    rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  if (rows.empty()) {
    return fail("there is no answer below `" + folder + "`", "run the script of `confirm --print` first");
  }
  return rows;
}

}  // namespace sallyport::confirm
