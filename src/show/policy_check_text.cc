#include <fmt/format.h>

#include <array>

#include "show/policy_check.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

using iam::lint::Finding;
using iam::lint::Level;

constexpr std::size_t text_width = 100;

Ink ink(Level level) {
  switch (level) {
    case Level::high: return Ink::red;
    case Level::medium: return Ink::yellow;
    case Level::low: return Ink::blue;
    case Level::info: return Ink::dim;
  }
  return Ink::plain;
}

void print(std::string& out, Places& places, const Style& style, const Finding& finding, bool decided) {
  const std::string head = decided ? style.paint(ink(finding.code->level), iam::lint::name(finding.code->level))
                                   : style.paint(Ink::yellow, "undecided");
  std::string at;
  if (finding.statement > 0) at = fmt::format(" in statement {}", finding.statement);
  if (!finding.sid.empty()) at += fmt::format(" ({})", clean(finding.sid));
  out += fmt::format("  {} {}{}\n", head, style.paint(Ink::bold, finding.code->id), at);
  for (const std::string& line : wrap(clean(finding.message), text_width - 4)) out += "    " + line + '\n';
  const Place place = places.place(finding.origin);
  std::string where = clean(place.path);
  if (place.line > 0) where += fmt::format(":{}:{}", place.line, place.column);
  if (!finding.pointer.empty()) where += (where.empty() ? "" : "  ") + clean(finding.pointer);
  if (!where.empty()) out += "    " + style.paint(Ink::dim, where) + '\n';
  out += "    " + style.paint(Ink::dim, finding.code->page) + '\n';
}

std::string title(const CheckedPolicy& policy) {
  std::string text = clean(policy.file);
  if (!policy.pointer.empty()) text += "#" + clean(policy.pointer);
  text += std::string(": ") + with_article(policy.use);
  if (!policy.owner.empty()) text += " (" + clean(policy.owner) + ")";
  if (std::string_view(policy.told) == "content") text += ", told by its contents";
  return text;
}

}  // namespace

void policy_check_text(std::string& out, Places& places, const Style& style,
                       const std::vector<CheckedPolicy>& policies) {
  std::array<std::size_t, 4> counts{};
  std::size_t findings = 0;
  std::size_t undecided = 0;
  for (const CheckedPolicy& policy : policies) {
    findings += policy.report.findings.size();
    undecided += policy.report.undecided.size();
    if (policy.report.findings.empty() && policy.report.undecided.empty()) continue;
    out += style.paint(Ink::bold, title(policy)) + '\n';
    for (const Finding& f : policy.report.findings) {
      ++counts[static_cast<std::size_t>(f.code->level)];
      print(out, places, style, f, true);
    }
    if (policy.report.left_out > 0) out += fmt::format("  and {} more\n", policy.report.left_out);
    for (const Finding& f : policy.report.undecided) print(out, places, style, f, false);
    out += '\n';
  }
  out += fmt::format("{}, {}", count(policies.size(), "document"), count(findings, "finding"));
  const char* before = ": ";
  for (std::size_t i = counts.size(); i-- > 0;) {
    if (counts[i] == 0) continue;
    out += fmt::format("{}{} {}", before, counts[i], iam::lint::name(static_cast<Level>(i)));
    before = ", ";
  }
  if (undecided > 0) out += fmt::format("; {} undecided", undecided);
  out += '\n';
}

}  // namespace sallyport::show
