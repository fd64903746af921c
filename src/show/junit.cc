#include <fmt/format.h>

#include "show/tests.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

// Characters that XML 1.0 has no way to write were spelled out by clean().
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string in_attribute(std::string_view text) { return escaped(clean(text)); }

// Several lines, each clean.
std::string in_body(std::string_view lines) {
  std::string out;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    out += escaped(clean(lines.substr(0, end))) + '\n';
    if (end == std::string_view::npos) break;
    lines.remove_prefix(end + 1);
  }
  return out;
}

std::string differences_text(const ExpectationResult& e) {
  std::string out;
  for (const guard::Difference& d : e.differences) {
    out += fmt::format("{}{}: expected {}, got {}", out.empty() ? "" : "; ", d.member, d.expected, d.got);
  }
  return out;
}

void testcase(std::string& out, const CaseResult& result, const ExpectationResult& e) {
  out +=
      fmt::format("    <testcase classname=\"{}\" name=\"{}\"", in_attribute(result.folder), in_attribute(e.question));
  if (e.passed) {
    out += "/>\n";
    return;
  }
  out += ">\n";
  if (!e.error.empty()) {
    out += fmt::format("      <error message=\"{}\"/>\n", in_attribute(e.error));
  } else {
    out += fmt::format("      <failure message=\"{}\">{}</failure>\n", in_attribute(differences_text(e)),
                       in_body(e.place + "\n" + (e.why.empty() ? "" : e.why + "\n") + e.explains));
  }
  out += "    </testcase>\n";
}

}  // namespace

void tests_junit(std::string& out, const std::vector<CaseResult>& results) {
  const auto errors_of = [](const CaseResult& r) {
    std::size_t n = r.error.empty() ? 0 : 1;
    for (const ExpectationResult& e : r.expectations) n += !e.error.empty();
    return n;
  };
  const auto tests_of = [](const CaseResult& r) { return r.expectations.size() + (r.error.empty() ? 0 : 1); };
  const auto failures_of = [&](const CaseResult& r) {
    return r.failures() - (errors_of(r) - (r.error.empty() ? 0 : 1));
  };
  std::size_t tests = 0, failures = 0, errors = 0;
  for (const CaseResult& r : results) tests += tests_of(r), failures += failures_of(r), errors += errors_of(r);
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites name=\"sallyport\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", tests, failures,
                     errors);
  for (const CaseResult& r : results) {
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", in_attribute(r.folder),
                       tests_of(r), failures_of(r), errors_of(r));
    if (!r.error.empty()) {
      out += fmt::format("    <testcase classname=\"{}\" name=\"the case is readable\">\n", in_attribute(r.folder));
      out += fmt::format("      <error message=\"{}\"/>\n    </testcase>\n", in_attribute(r.error));
    }
    for (const ExpectationResult& e : r.expectations) testcase(out, r, e);
    out += "  </testsuite>\n";
  }
  out += "</testsuites>\n";
}

}  // namespace sallyport::show
