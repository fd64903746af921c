#include "iam/lint/lint.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/closest.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

constexpr void (*checks[])(Work&) = {
    check_structure, check_size,    check_use,      check_principals, check_actions,   check_keys,
    check_operators, check_missing, check_network,  check_endpoint,   check_variables, check_resources,
    check_never,     check_covered, check_together, check_effect,
};

// The service that a resource policy is of: that of its actions, else that of its ARNs. An
// action `*` says nothing.
std::string service_by_words(const Outline& parts) {
  std::string only;
  const auto agrees = [&](std::string_view service) {
    if (service.empty() || has_wildcard(service)) return true;
    const std::string name = lower(service);
    if (only.empty()) only = name;
    return only == name;
  };
  for (const StatementView& s : parts.statements) {
    for (const Word& w : s.actions) {
      if (!agrees(service_of(w.text))) return {};
    }
  }
  if (!only.empty()) return only;
  for (const StatementView& s : parts.statements) {
    for (const Word& w : s.resources) {
      const std::size_t partition = w.text.starts_with("arn:") ? w.text.find(':', 4) : std::string_view::npos;
      if (partition != std::string_view::npos && !agrees(service_of(w.text.substr(partition + 1)))) return {};
    }
  }
  return only;
}

void sort(std::vector<Finding>& list) {
  const auto key = [](const Finding& f) {
    return std::tuple(f.origin, f.statement, std::string_view(f.pointer), std::string_view(f.code->id),
                      std::string_view(f.message));
  };
  std::sort(list.begin(), list.end(), [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

}  // namespace

const char* name(Level level) {
  switch (level) {
    case Level::info: return "info";
    case Level::low: return "low";
    case Level::medium: return "medium";
    case Level::high: return "high";
  }
  return "info";
}

std::optional<Level> parse_level(std::string_view text) {
  for (const Level level : {Level::info, Level::low, Level::medium, Level::high}) {
    if (text == name(level)) return level;
  }
  return std::nullopt;
}

Report check(const Subject& subject) {
  Report report;
  if (subject.source.empty()) return report;
  const Outline parts = outline(subject.source);
  Work work(subject, parts, report);
  for (const auto run : checks) run(work);
  sort(report.findings);
  sort(report.undecided);
  return report;
}

std::string quote(std::string_view text) {
  constexpr std::size_t longest = 120;
  if (text.size() <= longest) return '`' + std::string(text) + '`';
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return '`' + std::string(text.substr(0, end)) + "...`";
}

Work::Work(const Subject& subject, const Outline& outline, Report& report)
    : subject_(subject), outline_(outline), report_(report), service_(lower(subject.service)) {
  if (service_.empty() && use() == PolicyUse::resource) service_ = service_by_words(outline);
}

std::string Work::suggestion(std::string_view word, const std::vector<std::string>& words) {
  const std::string best = closest(word, words);
  return best.empty() ? std::string() : ", did you mean `" + best + "`?";
}

bool Work::is_found(std::initializer_list<std::string_view> ids, std::uint32_t statement) const {
  return std::any_of(report_.findings.begin(), report_.findings.end(), [&](const Finding& f) {
    return f.statement == statement && std::find(ids.begin(), ids.end(), f.code->id) != ids.end();
  });
}

void Work::add(std::vector<Finding>& list, std::string_view id, Index at, std::string message,
               const StatementView* statement, bool at_name) {
  constexpr std::size_t most = 1000;
  if (list.size() >= most) {
    ++report_.left_out;
    return;
  }
  Finding finding;
  finding.code = &code(id);
  finding.message = std::move(message);
  const PolicySource::Value& value = source()[at];
  finding.origin = at_name && value.name_origin ? value.name_origin : value.origin;
  finding.pointer = source().pointer(at);
  if (statement != nullptr) {
    finding.statement = statement->number;
    finding.sid = statement->sid;
  }
  list.push_back(std::move(finding));
}

}  // namespace sallyport::iam::lint
