// policy compare: does a new policy document allow more, less, the same?
#include "cli/policy_compare.h"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

#include "cli/commands.h"
#include "cli/console.h"
#include "model/cloud.h"
#include "read/files.h"
#include "read/policy/file.h"
#include "show/policy_compare.h"

namespace sallyport::cli {
namespace {

Result<PolicyDocument> read_document(const std::string& path, Registry& registry, Diagnostics& diagnostics) {
  if (path == "-") {
    std::string bytes;
    for (auto at = std::istreambuf_iterator<char>(std::cin); at != std::istreambuf_iterator<char>(); ++at) {
      bytes += *at;
      if (bytes.size() > read::policy_file_limit) return fail("standard input is too long for a policy document");
    }
    return read::read_policy_bytes(std::move(bytes), path, registry, diagnostics);
  }
  if (read::is_folder(path)) return fail("`" + path + "` is a folder, not a policy document");
  auto bytes = read::read_file(path, read::policy_file_limit);
  if (!bytes) return tl::unexpected(bytes.error());
  return read::read_policy_bytes(*std::move(bytes), path, registry, diagnostics);
}

bool names_principals(const PolicyDocument& document) {
  return std::any_of(document.statements.begin(), document.statements.end(),
                     [](const Statement& s) { return s.has_principal; });
}

std::optional<iam::PolicyType> type_named(const std::string& word) {
  for (const iam::PolicyType type :
       {iam::PolicyType::identity, iam::PolicyType::resource, iam::PolicyType::endpoint, iam::PolicyType::scp,
        iam::PolicyType::rcp, iam::PolicyType::boundary, iam::PolicyType::session}) {
    if (word == show::name(type)) return type;
  }
  return std::nullopt;
}

}  // namespace

Result<ComparedPolicies> compare_policy_files(const std::string& older, const std::string& newer,
                                              std::optional<iam::PolicyType> type, Registry& registry,
                                              Diagnostics& diagnostics) {
  const auto old_document = read_document(older, registry, diagnostics);
  if (!old_document) return tl::unexpected(old_document.error());
  const auto new_document = read_document(newer, registry, diagnostics);
  if (!new_document) return tl::unexpected(new_document.error());
  const bool named = names_principals(*old_document) || names_principals(*new_document);
  const iam::PolicyType as = type.value_or(named ? iam::PolicyType::resource : iam::PolicyType::identity);
  auto comparison = iam::sets::compare(*old_document, *new_document, as, registry);
  if (!comparison) return tl::unexpected(comparison.error());
  return ComparedPolicies{*std::move(comparison), as};
}

Result<std::string> relation_of_files(const std::string& older, const std::string& newer) {
  Registry registry;
  Diagnostics diagnostics;
  const auto compared = compare_policy_files(older, newer, std::nullopt, registry, diagnostics);
  if (!compared) return tl::unexpected(compared.error());
  return std::string(iam::sets::name(compared->comparison.relation));
}

int run_policy_compare(const Arguments& arguments, Console& console) {
  if (arguments.inputs.size() != 2) {
    return console.fail({"`policy compare` takes two files, OLD and NEW", "sallyport policy compare OLD NEW"});
  }
  const std::string& older = arguments.inputs[0];
  const std::string& newer = arguments.inputs[1];
  if (older == "-" && newer == "-") return console.fail({"only one of the files can be `-`", "name the other one"});
  const auto registry = std::make_shared<Registry>();
  Diagnostics diagnostics;
  const auto compared = compare_policy_files(older, newer, type_named(arguments.get("type")), *registry, diagnostics);
  console.tell(diagnostics, registry->documents);
  if (!compared) return console.fail(compared.error(), registry->documents);
  const Cloud cloud(registry);
  show::Page page(cloud, console.style());
  std::string out;
  if (arguments.get("format") == "json") {
    show::policy_compare_json(out, page, compared->comparison, compared->type, diagnostics);
  } else {
    show::policy_compare_text(out, page, compared->comparison, {older, newer});
  }
  console.write(out);
  return compared->comparison.relation == iam::sets::Relation::unknown ? unknown : answered;
}

}  // namespace sallyport::cli
