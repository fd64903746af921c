// `${...}`: where variables mean something (CO-6).
//
// Source: IAM User Guide, reference_policies_variables, reference_policies_elements_version.
#include <algorithm>

#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

bool is_broken(std::string_view text) {
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos || end == at + 2) return true;
  }
  return false;
}

// The variable before the fifth colon, or npos.
bool before_resource(std::string_view arn) {
  const std::size_t variable = arn.find("${");
  if (variable == std::string_view::npos || !arn.starts_with("arn:")) return false;
  return std::count(arn.begin(), arn.begin() + static_cast<std::ptrdiff_t>(variable), ':') < 5;
}

}  // namespace

void check_variables(Work& work) {
  const Outline& parts = work.outline();
  const PolicySource& source = work.source();
  const bool old = !parts.variables && (parts.version_at == 0 || source[parts.version_at].text == "2008-10-17");
  const auto look = [&](const StatementView& s, const Word& word, bool resource) {
    if (word.text.find("${") == std::string_view::npos) return;
    if (old) {
      work.found("old-version-variable", word.at,
                 quote(word.text) + " is literal text: variables need `\"Version\": \"2012-10-17\"`", &s);
    } else if (is_broken(word.text)) {
      work.found("broken-variable", word.at, quote(word.text) + " holds a variable without name or end", &s);
    } else if (resource && before_resource(word.text)) {
      work.found("variable-place", word.at,
                 "a variable in `Resource` stands behind the fifth colon of the ARN: " + quote(word.text), &s);
    }
  };
  for (const StatementView& s : parts.statements) {
    for (const Word& word : s.resources) look(s, word, true);
    for (const Line& line : s.conditions) {
      for (const Word& word : line.values) look(s, word, false);
    }
  }
}

}  // namespace sallyport::iam::lint
