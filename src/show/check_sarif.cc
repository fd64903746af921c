#include "show/affected.h"
#include "show/check.h"
#include "show/sarif.h"

namespace sallyport::show {
namespace {

SarifGrade grade(guard::Level level) {
  switch (level) {
    case guard::Level::critical: return SarifGrade::critical;
    case guard::Level::high: return SarifGrade::high;
    case guard::Level::medium: return SarifGrade::medium;
    case guard::Level::low: return SarifGrade::low;
  }
  return SarifGrade::medium;
}

std::string message_of(const guard::Finding& finding) {
  std::string text = finding.message;
  for (const guard::Sample& sample : finding.affected.samples) text += "\n- " + sample_text(sample);
  if (finding.affected.count > finding.affected.samples.size() && !finding.affected.samples.empty()) {
    text += "\n- and " + std::to_string(finding.affected.count - finding.affected.samples.size()) + " more";
  }
  if (!finding.repair.empty()) text += "\nrepair: " + finding.repair;
  return text;
}

SarifResult result_of(Page& page, const guard::Finding& finding, std::size_t rule) {
  SarifResult result;
  result.rule = rule;
  result.grade = grade(finding.level);
  result.message = message_of(finding);
  if (finding.at.place) result.place = page.places().place(finding.at.place);
  result.name = finding.at.id;
  result.kind = finding.at.kind;
  result.fingerprint = finding.fingerprint;
  if (finding.suppressed) result.suppressed = finding.suppressed_because;
  result.cause = finding.cause;
  result.affected = finding.affected.count;
  return result;
}

SarifResult result_of(Page& page, const guard::ControlResult& control, const guard::Open& open, std::size_t rule) {
  const Gap& gap = page.cloud().registry().gaps[open.gap];
  SarifResult result;
  result.rule = rule;
  result.message = "not known: " + gap.what + (gap.remedy.empty() ? "" : "\nsettle it: " + gap.remedy);
  if (gap.origin) result.place = page.places().place(gap.origin);
  result.name = gap.what;
  result.kind = name(gap.kind);
  result.fingerprint = guard::fingerprint(control.control, "unknown", Kind::none, "", gap.what, "");
  result.affected = open.affected.count;
  return result;
}

}  // namespace

void check_sarif(std::string& out, Page& page, const guard::Report& report, const char* version) {
  SarifLog log;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const guard::ControlResult& result = report.results[i];
    const guard::Control* c = control(result.control);
    SarifRule rule;
    rule.id = result.control;
    rule.title = c == nullptr ? result.control : c->title;
    rule.help = std::string("what it asks and what repairs it: ") + (c == nullptr ? "" : c->page);
    rule.grade = grade(result.level);
    log.rules.push_back(std::move(rule));
    for (const guard::Finding& f : result.findings) log.results.push_back(result_of(page, f, i));
    for (const guard::Open& open : result.open) log.results.push_back(result_of(page, result, open, i));
  }
  sarif(out, log, version);
}

}  // namespace sallyport::show
