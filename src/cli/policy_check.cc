// policy check: mistakes in policy documents.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <optional>
#include <utility>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/help.h"
#include "facts/actions.h"
#include "facts/services.h"
#include "read/files.h"
#include "read/policy/find.h"
#include "show/policy_check.h"

namespace sallyport::cli {
namespace {

constexpr std::size_t size_limit = std::size_t{1} << 26;  // bytes of a file

struct Options {
  std::optional<PolicyUse> use;
  std::string service;
};

struct Input {
  std::string path;
  bool named = true;  // by the user; false: found in a folder that the user named
};

Result<std::vector<Input>> inputs_of(const std::vector<std::string>& words) {
  std::vector<Input> list;
  for (const std::string& word : words) {
    if (word == "-" || !read::is_folder(word)) {
      list.push_back({word, true});
      continue;
    }
    const auto below = read::files_below(word);
    if (!below) return tl::unexpected(below.error());
    for (const std::string& path : *below) {
      if (path.ends_with(".json") || path.ends_with(".jsonl")) list.push_back({path, false});
    }
  }
  return list;
}

Result<std::string> bytes_of(const std::string& path) {
  if (path != "-") return read::read_file(path, size_limit);
  std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  if (bytes.size() > size_limit) return fail("the input is too long");
  return bytes;
}

// The prefix of a service's actions, by any of its names.
Result<std::string> action_prefix(const std::string& name) {
  if (name.empty() || facts::is_action_prefix(name)) return name;
  if (const facts::Service* service = facts::service(name); service != nullptr && !service->iam_prefix.empty()) {
    return std::string(service->iam_prefix);
  }
  return fail("there is no service `" + name + "`",
              "services go by the prefix of their actions: `s3`, `dynamodb`, `kms`");
}

show::CheckedPolicy check(const read::FoundPolicy& found, const std::string& file, const Options& options) {
  show::CheckedPolicy policy;
  policy.file = file;
  policy.pointer = found.pointer;
  policy.owner = found.told.owner;
  policy.told = options.use ? "option" : found.told.use ? "answer" : "content";
  policy.use = options.use ? *options.use : found.told.use ? *found.told.use : read::use_by_content(found.source);
  policy.service = options.service.empty() ? found.told.service : options.service;
  policy.report = iam::lint::check({.source = found.source,
                                    .use = policy.use,
                                    .use_known = options.use || found.told.use,
                                    .service = policy.service,
                                    .accepted = found.told.accepted});
  return policy;
}

}  // namespace

int run_policy_check(const Arguments& arguments, Console& console) {
  Options options;
  if (arguments.has("type")) options.use = parse_policy_use(arguments.get("type"));
  const auto service = action_prefix(arguments.get("service"));
  if (!service) return console.fail(service.error());
  options.service = *service;
  const auto inputs = inputs_of(arguments.inputs);
  if (!inputs) return console.fail(inputs.error());

  Documents documents;
  std::vector<show::CheckedPolicy> policies;
  for (const Input& input : *inputs) {
    const auto bytes = bytes_of(input.path);
    if (!bytes) return console.fail(bytes.error());
    const DocumentId document = input.path == "-" ? documents.add_text("-", *bytes) : documents.add_file(input.path);
    const auto found = read::each_policy(*bytes, document, [&](const read::FoundPolicy& policy) {
      if (policy.told.in_force) policies.push_back(check(policy, input.path, options));
    });
    if (!found && input.named) return console.fail(found.error(), documents);  // a folder holds other things, too
  }
  if (policies.empty()) {
    return console.fail({"no policy document in the inputs", "a document is an object with a member `Statement`"});
  }

  Places places(documents);
  const std::string format = arguments.get("format");
  std::string out;
  if (format == "json") {
    show::policy_check_json(out, places, policies, {});
  } else if (format == "sarif") {
    show::policy_check_sarif(out, places, policies, version);
  } else {
    show::policy_check_text(out, places, console.style(), policies);
  }
  console.write(out);

  const auto level = iam::lint::parse_level(arguments.get("fail-on"));  // `none` is no level
  const auto fails = [&](const show::CheckedPolicy& p) {
    return (level && p.report.left_out > 0) ||
           std::any_of(p.report.findings.begin(), p.report.findings.end(),
                       [&](const iam::lint::Finding& f) { return level && f.code->level >= *level; });
  };
  if (std::any_of(policies.begin(), policies.end(), fails)) return cli::found;
  const bool open = std::any_of(policies.begin(), policies.end(),
                                [](const show::CheckedPolicy& p) { return !p.report.undecided.empty(); });
  return open ? unknown : answered;
}

}  // namespace sallyport::cli
