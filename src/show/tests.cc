#include "show/tests.h"

#include <fmt/format.h>

#include <algorithm>

#include "show/flow.h"
#include "show/table.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

std::string flow_explained(Page& page, const net::Answer& answer) {
  std::string out = fmt::format("{} {}\n", net::name(answer.verdict), door_or_reason(page, answer));
  if (!answer.reason.message.empty()) out += clean(answer.reason.message) + '\n';
  print_hops(out, page, answer.hops, 0);
  print_gaps(out, page, answer.gaps, 0);
  return out;
}

std::string request_explained(Page& page, const access::CanAnswer& answer) {
  std::string out = iam::name(answer.outcome);
  for (const std::string& layer : answer.denied_by) out += " " + layer;
  out += '\n';
  if (const iam::Decision* decision = answer.decision()) {
    for (const iam::By& by : decision->by) {
      const std::string policy = by.policy == nullptr ? std::string("no statement") : clean(by.policy->label());
      out += fmt::format("{}: {}", iam::name(by.layer), policy);
      if (by.policy != nullptr) out += fmt::format(", statement {}", by.statement + 1);
      out += '\n';
    }
  }
  if (answer.alternatives.empty() && answer.path) out += flow_explained(page, *answer.path);
  print_gaps(out, page, answer.gaps, 0);
  return out;
}

void indented(std::string& out, std::string_view lines, std::size_t indent) {
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    out += fmt::format("{:{}}{}\n", "", indent, lines.substr(0, end));
    if (end == std::string_view::npos) break;
    lines.remove_prefix(end + 1);
  }
}

}  // namespace

bool CaseResult::passed() const { return error.empty() && failures() == 0; }

std::size_t CaseResult::failures() const {
  return static_cast<std::size_t>(
      std::count_if(expectations.begin(), expectations.end(), [](const ExpectationResult& e) { return !e.passed; }));
}

ExpectationResult expectation_result(Page& page, const guard::Tried& tried) {
  ExpectationResult result;
  result.question = clean(tried.question);
  if (tried.expectation != nullptr) {
    result.why = clean(tried.expectation->why);
    result.place = clean(page.place(tried.expectation->origin));
  }
  result.passed = tried.passed();
  result.differences = tried.differences;
  if (tried.error) {
    result.error = clean(tried.error->message);
    if (!tried.error->hint.empty()) result.error += "; " + clean(tried.error->hint);
  }
  if (!result.passed && tried.flow) result.explains = flow_explained(page, *tried.flow);
  if (!result.passed && tried.request) result.explains = request_explained(page, *tried.request);
  return result;
}

void TestTotals::add(const CaseResult& result) {
  ++cases;
  unreadable += !result.error.empty();
  failed += result.error.empty() && !result.passed();
  expectations += result.expectations.size();
  expectations_failed += result.failures();
}

void print_case(std::string& out, const Style& style, const CaseResult& result) {
  const std::string folder = clean(result.folder);
  const std::size_t n = result.expectations.size();
  if (!result.error.empty()) {
    out += fmt::format("{} {}: {}\n", style.paint(Ink::red, "error"), folder, result.error);
    return;
  }
  if (result.passed()) {
    out += fmt::format("{} {} ({})\n", style.paint(Ink::green, "pass "), folder, count(n, "expectation"));
    return;
  }
  out += fmt::format("{} {} ({} of {} failed)\n", style.paint(Ink::red, "FAIL "), folder, result.failures(), n);
  if (!result.source.empty()) out += fmt::format("      {}\n", style.paint(Ink::dim, clean(result.source)));
  for (const ExpectationResult& e : result.expectations) {
    if (e.passed) continue;
    out += fmt::format("\n      {}\n", style.paint(Ink::bold, e.question));
    if (!e.place.empty()) out += fmt::format("      {}\n", style.paint(Ink::dim, e.place));
    if (!e.why.empty()) out += fmt::format("      {}\n", e.why);
    if (!e.error.empty()) out += fmt::format("        {}\n", e.error);
    for (const guard::Difference& d : e.differences) {
      out += fmt::format("        {}: expected {}, got {}\n", d.member, style.paint(Ink::green, clean(d.expected)),
                         style.paint(Ink::red, d.got.empty() ? "none" : clean(d.got)));
    }
    indented(out, e.explains, 10);
  }
  out += '\n';
}

std::string totals_line(const TestTotals& t) {
  std::string out =
      fmt::format("{}: {} passed, {} failed", count(t.cases, "case"), t.cases - t.failed - t.unreadable, t.failed);
  if (t.unreadable > 0) out += fmt::format(", {} could not be read", t.unreadable);
  return out + fmt::format("; {}, {} failed\n", count(t.expectations, "expectation"), t.expectations_failed);
}

void tests_json(std::string& out, const std::vector<CaseResult>& results) {
  TestTotals totals;
  JsonWriter json(out);
  json.object([&] {
    json.member("schema", "sallyport/test/1");
    json.member_array("cases", [&] {
      for (const CaseResult& result : results) {
        totals.add(result);
        json.object([&] {
          json.member("folder", result.folder);
          json.member("passed", result.passed());
          json.member_if("source", result.source);
          json.member_if("error", result.error);
          json.member_array("expectations", [&] {
            for (const ExpectationResult& e : result.expectations) {
              json.object([&] {
                json.member("question", e.question);
                json.member("passed", e.passed);
                json.member_if("why", e.why);
                json.member_if("origin", e.place);
                json.member_if("error", e.error);
                json.member_array("differences", [&] {
                  for (const guard::Difference& d : e.differences) {
                    json.object([&] {
                      json.member("member", d.member);
                      json.member("expected", d.expected);
                      json.member("got", d.got);
                    });
                  }
                });
                json.member_if("explains", e.explains);
              });
            }
          });
        });
      }
    });
    json.member_object("summary", [&] {
      json.member("cases", totals.cases);
      json.member("failed", totals.failed);
      json.member("unreadable", totals.unreadable);
      json.member("expectations", totals.expectations);
      json.member("expectationsFailed", totals.expectations_failed);
    });
  });
  json.finish();
}

}  // namespace sallyport::show
