#include <algorithm>

#include "guard/finding.h"
#include "show/policy_check.h"
#include "show/sarif.h"

namespace sallyport::show {
namespace {

using iam::lint::Code;
using iam::lint::Finding;
using iam::lint::Level;

SarifGrade grade(Level level) {
  switch (level) {
    case Level::high: return SarifGrade::high;
    case Level::medium: return SarifGrade::medium;
    case Level::low: return SarifGrade::low;
    case Level::info: return SarifGrade::info;
  }
  return SarifGrade::medium;
}

SarifResult result_of(Places& places, const CheckedPolicy& policy, const Finding& finding, bool decided) {
  SarifResult result;
  if (decided) result.grade = grade(finding.code->level);
  result.message = finding.message;
  result.place = places.place(finding.origin);
  result.columns = true;
  result.full_name = policy.pointer + finding.pointer;
  result.kind = "object";
  result.fingerprint = guard::fingerprint("policy-check", finding.code->id, Kind::none, policy.owner,
                                          policy.pointer + finding.pointer, finding.message);
  return result;
}

}  // namespace

void policy_check_sarif(std::string& out, Places& places, const std::vector<CheckedPolicy>& policies,
                        const char* version) {
  SarifLog log;
  // The rules that something was found by, in the order of the table.
  std::vector<const Code*> rules;
  for (const Code& code : iam::lint::codes()) {
    const auto by = [&](const Finding& f) { return f.code == &code; };
    const bool used = std::any_of(policies.begin(), policies.end(), [&](const CheckedPolicy& p) {
      return std::any_of(p.report.findings.begin(), p.report.findings.end(), by) ||
             std::any_of(p.report.undecided.begin(), p.report.undecided.end(), by);
    });
    if (!used) continue;
    rules.push_back(&code);
    log.rules.push_back({code.id, code.title, code.page, {}, grade(code.level)});
  }
  const auto add = [&](const CheckedPolicy& policy, const Finding& finding, bool decided) {
    SarifResult result = result_of(places, policy, finding, decided);
    result.rule = static_cast<std::size_t>(std::find(rules.begin(), rules.end(), finding.code) - rules.begin());
    log.results.push_back(std::move(result));
  };
  for (const CheckedPolicy& p : policies) {
    for (const Finding& f : p.report.findings) add(p, f, true);
    for (const Finding& f : p.report.undecided) add(p, f, false);
  }
  sarif(out, log, version);
}

}  // namespace sallyport::show
