#include <fmt/format.h>

#include <map>

#include "show/affected.h"
#include "show/check.h"
#include "show/table.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

constexpr std::size_t text_width = 100;

Ink ink(guard::Level level) {
  return level >= guard::Level::high ? Ink::red : level == guard::Level::medium ? Ink::yellow : Ink::blue;
}

Ink ink(guard::Outcome outcome) {
  switch (outcome) {
    case guard::Outcome::holds: return Ink::green;
    case guard::Outcome::violated: return Ink::red;
    case guard::Outcome::unknown: return Ink::yellow;
  }
  return Ink::plain;
}

std::string at_text(const guard::Culprit& at) {
  const std::string id = clean(at.id);
  const std::string name = clean(at.name);
  if (id.empty()) return name;
  return name.empty() || name == id ? id : fmt::format("{} ({})", id, name);
}

void indented(std::string& out, std::string_view text, std::size_t indent) {
  for (const std::string& line : wrap(text, text_width - indent)) out += fmt::format("{:{}}{}\n", "", indent, line);
}

void print_finding(std::string& out, Page& page, const guard::Finding& finding) {
  out += fmt::format("  {} {}: {}", page.paint(ink(finding.level), guard::name(finding.level)), finding.cause,
                     page.paint(Ink::bold, at_text(finding.at)));
  if (!finding.about.empty()) out += fmt::format(", {}", clean(finding.about));
  if (finding.suppressed) out += " (suppressed: " + clean(finding.suppressed_because) + ")";
  out += '\n';
  indented(out, clean(finding.message), 4);
  print_affected(out, finding.affected, 6);
  // A command is one line, so that it can be copied.
  if (!finding.repair.empty()) out += fmt::format("    repair: {}\n", clean(finding.repair));
  std::string last = finding.at.place ? clean(page.place(finding.at.place)) + "  " : std::string();
  out += fmt::format("    {}\n", page.paint(Ink::dim, last + finding.fingerprint));
}

void print_open(std::string& out, Page& page, const guard::Open& open) {
  print_gaps(out, page, {open.gap}, 2);
  print_affected(out, open.affected, 6);
}

struct Counts {
  std::size_t violated = 0, holds = 0, unknown = 0, findings = 0, suppressed = 0;
};

Counts counts(const guard::Report& report) {
  Counts n;
  for (const guard::ControlResult& r : report.results) {
    n.violated += r.outcome == guard::Outcome::violated;
    n.holds += r.outcome == guard::Outcome::holds;
    n.unknown += r.outcome == guard::Outcome::unknown;
    for (const guard::Finding& f : r.findings) f.suppressed ? ++n.suppressed : ++n.findings;
  }
  return n;
}

std::string summary_text(const guard::Report& report) {
  const Counts n = counts(report);
  std::string text = fmt::format("{}: {} violated, {} unknown, {}", count(report.results.size(), "control"), n.violated,
                                 n.unknown, n.holds == 1 ? "1 holds" : fmt::format("{} hold", n.holds));
  text += "; " + count(n.findings, "finding");
  if (n.suppressed > 0) text += fmt::format(", {} suppressed", n.suppressed);
  return text;
}

std::size_t shown_findings(const guard::ControlResult& result, bool suppressed) {
  std::size_t n = 0;
  for (const guard::Finding& f : result.findings) n += suppressed || !f.suppressed;
  return n;
}

}  // namespace

void check_text(std::string& out, Page& page, const guard::Report& report, const CheckView& view) {
  for (const guard::ControlResult& result : report.results) {
    if (shown_findings(result, view.suppressed) == 0 && result.open.empty()) continue;
    const guard::Control* c = control(result.control);
    out += fmt::format("{} {}{}\n", page.paint(ink(result.outcome), guard::name(result.outcome)),
                       page.paint(Ink::bold, result.control), c == nullptr ? "" : fmt::format(": {}", c->title));
    for (const guard::Finding& finding : result.findings) {
      if (finding.suppressed && !view.suppressed) continue;
      out += '\n';
      print_finding(out, page, finding);
    }
    for (const guard::Open& open : result.open) {
      out += '\n';
      print_open(out, page, open);
    }
    out += '\n';
  }
  Table table({"CONTROL", "OUTCOME", "FINDINGS", "EXAMINED"});
  for (const guard::ControlResult& result : report.results) {
    const std::size_t findings = shown_findings(result, view.suppressed);
    table.row({result.control,
               {guard::name(result.outcome), ink(result.outcome)},
               findings == 0 ? "-" : std::to_string(findings),
               std::to_string(result.examined)});
  }
  table.print(out, page.style());
  out += '\n' + summary_text(report) + '\n';
}

void check_markdown(std::string& out, Page& page, const guard::Report& report) {
  Table table({"Level", "Control", "Cause", "At", "Message", "Repair"});
  for (const guard::ControlResult& result : report.results) {
    for (const guard::Finding& f : result.findings) {
      if (f.suppressed) continue;
      table.row({guard::name(f.level), f.control, f.cause, at_text(f.at), clean(f.message), clean(f.repair)});
    }
    for (const guard::Open& open : result.open) {
      const Gap& gap = page.cloud().registry().gaps[open.gap];
      table.row({"unknown", result.control, name(gap.kind), "", clean(gap.what), clean(gap.remedy)});
    }
  }
  out += summary_text(report) + "\n";
  if (table.empty()) return;
  out += '\n';
  table.print_markdown(out);
}

}  // namespace sallyport::show
