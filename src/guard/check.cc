#include "guard/check.h"

#include <algorithm>
#include <array>

#include "access/access.h"
#include "base/wildcard.h"
#include "guard/ground.h"

namespace sallyport::guard {
namespace {

struct Row {
  Control control;
  Look look;
};

constexpr std::array table = {
    Row{{"services-through-endpoints", Level::high, "services are reached only through endpoints",
         "docs/controls/services-through-endpoints.md"},
        services_through_endpoints},
    Row{{"both-belts", Level::high, "every bucket and table refuses strangers, and everybody from outside",
         "docs/controls/both-belts.md"},
        both_belts},
    Row{{"endpoint-policy", Level::medium, "endpoint policies let through neither everything nor nothing",
         "docs/controls/endpoint-policy.md"},
        endpoint_policy},
    Row{{"gateway-endpoint-associated", Level::high,
         "gateway endpoints are associated with every route table that needs them",
         "docs/controls/gateway-endpoint-associated.md"},
        gateway_endpoint_associated},
    Row{{"private-dns-effective", Level::medium, "names lead to the interface endpoints that are there for them",
         "docs/controls/private-dns-effective.md"},
        private_dns_effective},
    Row{{"nothing-unknown", Level::low, "nothing on the way is unknown", "docs/controls/nothing-unknown.md"},
        nothing_unknown},
};

const Row* row(std::string_view id) {
  const auto it = std::find_if(table.begin(), table.end(), [&](const Row& r) { return id == r.control.id; });
  return it == table.end() ? nullptr : &*it;
}

std::string known_controls() {
  std::string text;
  for (const Row& r : table) text += (text.empty() ? "" : ", ") + std::string(r.control.id);
  return text;
}

const ControlSetting* setting(const Settings& settings, std::string_view id) {
  // The last one wins, as everywhere in settings.
  const ControlSetting* found = nullptr;
  for (const ControlSetting& s : settings.controls) {
    if (s.control == id) found = &s;
  }
  return found;
}

ControlResult run(const Row& r, const Ground& ground, const CheckOptions& options, Diagnostics& diagnostics) {
  Level level = r.control.level;
  std::vector<std::string> except;
  if (const ControlSetting* s = setting(ground.settings, r.control.id)) {
    except = s->except;
    if (const auto set = parse_level(s->severity)) {
      level = *set;
    } else if (!s->severity.empty()) {
      diagnostics.push_back({Severity::error, "unknown-severity",
                             "unknown severity `" + s->severity + "`: low, medium, high or critical", s->origin});
    }
  }
  Ledger ledger(ground.cloud, r.control.id, level, options.samples, std::move(except));
  r.look(ground, ledger);
  return ledger.close();
}

bool covers(const Suppression& s, const Finding& f) {
  if (s.control != f.control && s.control != "*") return false;
  return matches(s.where, f.at.id) || matches(s.where, f.at.name) || matches(s.where, f.fingerprint);
}

void suppress(const Suppression& s, const CheckOptions& options, Report& report) {
  const bool expired = !s.expires.empty() && !options.today.empty() && s.expires < options.today;
  bool met = false;
  for (ControlResult& result : report.results) {
    for (Finding& f : result.findings) {
      if (!covers(s, f)) continue;
      met = true;
      if (expired) continue;
      f.suppressed = true;
      f.suppressed_because = s.reason;
    }
  }
  if (met && expired) {
    report.diagnostics.push_back({Severity::warning, "suppression-expired",
                                  "the suppression of `" + s.control + "` at `" + s.where + "` expired on " + s.expires,
                                  s.origin});
  } else if (!met &&
             (s.control == "*" || std::any_of(report.results.begin(), report.results.end(),
                                              [&](const ControlResult& r) { return s.control == r.control; }))) {
    report.diagnostics.push_back({Severity::note, "suppression-unused",
                                  "the suppression of `" + s.control + "` at `" + s.where + "` matches no finding",
                                  s.origin});
  }
}

}  // namespace

std::span<const Control> controls() {
  static const auto list = [] {
    std::array<Control, table.size()> all{};
    std::transform(table.begin(), table.end(), all.begin(), [](const Row& r) { return r.control; });
    return all;
  }();
  return list;
}

Result<Report> check(const access::Access& access, const CheckOptions& options) {
  for (const std::string& id : options.only) {
    if (row(id) == nullptr) return fail("unknown control `" + id + "`", "there are: " + known_controls());
  }
  const net::Engine& net = access.net();
  const Survey survey(net);
  const access::RouteTables tables(net.cloud());
  const Ground ground{net.cloud(), net.settings(), net, access, survey, tables};

  Report report;
  for (const ControlSetting& s : net.settings().controls) {
    if (row(s.control) == nullptr) {
      report.diagnostics.push_back({Severity::error, "unknown-control",
                                    "unknown control `" + s.control + "`: there are " + known_controls(), s.origin});
    }
  }
  for (const Row& r : table) {
    const bool asked = std::find(options.only.begin(), options.only.end(), r.control.id) != options.only.end();
    const ControlSetting* s = setting(net.settings(), r.control.id);
    const bool on = options.only.empty() ? s == nullptr || s->enabled : asked;
    if (on) report.results.push_back(run(r, ground, options, report.diagnostics));
  }
  for (const Suppression& s : net.settings().suppressions) suppress(s, options, report);
  for (ControlResult& result : report.results) {
    const bool violated =
        std::any_of(result.findings.begin(), result.findings.end(), [](const Finding& f) { return !f.suppressed; });
    result.outcome = violated ? Outcome::violated : !result.open.empty() ? Outcome::unknown : Outcome::holds;
  }
  return report;
}

bool fails(const Report& report, Level level) {
  return std::any_of(report.results.begin(), report.results.end(), [&](const ControlResult& r) {
    return std::any_of(r.findings.begin(), r.findings.end(),
                       [&](const Finding& f) { return !f.suppressed && f.level >= level; });
  });
}

bool undecided(const Report& report) {
  return std::any_of(report.results.begin(), report.results.end(),
                     [](const ControlResult& r) { return !r.open.empty(); });
}

}  // namespace sallyport::guard
