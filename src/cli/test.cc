// test: runs folders with an `expect.yaml`: expectations as data.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/authorize.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/policy_compare.h"
#include "read/expect.h"
#include "show/tests.h"
#include "show/text.h"

namespace sallyport::cli {
namespace {

// An error as one line, with its place.
std::string one_line(const Error& error, const Documents& documents) {
  std::string text = error.origin ? documents.show(error.origin) + ": " : std::string();
  text += error.message;
  if (!error.hint.empty()) text += "; " + error.hint;
  return show::clean(text);
}

std::string path_in(const Case& one, const std::string& path) {
  const bool here = path == "." || path == "./";
  return here ? one.folder : path.starts_with('/') ? path : one.folder + "/" + path;
}

std::vector<std::string> paths_in(const Case& one, const std::vector<std::string>& paths) {
  std::vector<std::string> all;
  for (const std::string& path : paths) all.push_back(path_in(one, path));
  return all;
}

read::InputOptions options_of(const Case& one) {
  return {one.base.empty() ? std::string() : path_in(one, one.base), paths_in(one, one.parameter_files),
          one.parameters};
}

show::CaseResult run_case(const std::string& folder) {
  show::CaseResult result;
  result.folder = folder;
  const auto registry = std::make_shared<Registry>();
  const auto one = read::read_case(folder, registry->documents);
  if (!one) {
    result.error = one_line(one.error(), registry->documents);
    return result;
  }
  result.source = one->source;
  result.why = one->why;
  const auto take = [&](const Cloud& cloud, const std::vector<guard::Tried>& all) {
    show::Page page(cloud);
    for (const guard::Tried& tried : all) result.expectations.push_back(show::expectation_result(page, tried));
  };
  const guard::Compare compare = [&](const std::string& older, const std::string& newer) {
    return relation_of_files(path_in(*one, older), path_in(*one, newer));
  };
  if (one->inputs.empty()) {
    take(Cloud(registry), guard::run(*one, authorize_text, compare));
    return result;
  }
  const auto loaded = load_inputs(registry, paths_in(*one, one->inputs), {}, options_of(*one));
  if (!loaded) {
    result.error = one_line(loaded.error(), registry->documents);
    return result;
  }
  const net::Engine engine(loaded->cloud, loaded->settings);
  const access::Access access(engine);
  take(loaded->cloud, guard::run(*one, access, authorize_text, compare));
  return result;
}

}  // namespace

int run_test(const Arguments& arguments, Console& console) {
  std::vector<std::string> folders;
  for (const std::string& dir : arguments.inputs) {
    const auto found = read::case_folders(dir);
    if (!found) return console.fail(found.error());
    if (found->empty()) {
      return console.fail(
          {fmt::format("there is no case below `{}`", dir), "a case is a folder with an `expect.yaml`"});
    }
    folders.insert(folders.end(), found->begin(), found->end());
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());

  const std::string format = arguments.get("format");
  const bool as_text = format == "text";
  show::TestTotals totals;
  std::vector<show::CaseResult> results;
  {
    Progress progress(console, "cases", folders.size());
    for (const std::string& folder : folders) {
      show::CaseResult result = run_case(folder);
      totals.add(result);
      progress.step();
      if (arguments.has("failed") && result.passed()) continue;
      results.push_back(std::move(result));
    }
  }
  std::string out;
  if (format == "json") {
    show::tests_json(out, results);
  } else if (format == "junit") {
    show::tests_junit(out, results);
  } else {
    for (const show::CaseResult& result : results) show::print_case(out, console.style(), result);
  }
  if (as_text) out += (results.empty() ? "" : "\n") + show::totals_line(totals);
  console.write(out);
  if (totals.unreadable > 0) return failed;
  return totals.failed > 0 ? found : answered;
}

}  // namespace sallyport::cli
