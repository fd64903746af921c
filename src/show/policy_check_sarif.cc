#include <algorithm>

#include "guard/finding.h"
#include "show/json_writer.h"
#include "show/policy_check.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

using iam::lint::Code;
using iam::lint::Finding;
using iam::lint::Level;

const char* sarif_level(Level level) {
  switch (level) {
    case Level::high: return "error";
    case Level::medium: return "warning";
    case Level::low:
    case Level::info: return "note";
  }
  return "warning";
}

// What code hosts sort by: a CVSS-like number.
const char* severity_number(Level level) {
  switch (level) {
    case Level::high: return "8.0";
    case Level::medium: return "5.5";
    case Level::low: return "2.0";
    case Level::info: return "0.0";
  }
  return "0.0";
}

void rule_json(JsonWriter& json, const Code& code) {
  json.object([&] {
    json.member("id", code.id);
    json.member_object("shortDescription", [&] { json.member("text", code.title); });
    json.member("helpUri", code.page);
    json.member_object("defaultConfiguration", [&] { json.member("level", sarif_level(code.level)); });
    json.member_object("properties", [&] { json.member("security-severity", severity_number(code.level)); });
  });
}

void result_json(JsonWriter& json, Places& places, const CheckedPolicy& policy, const Finding& finding,
                 std::size_t rule, bool decided) {
  json.object([&] {
    json.member("ruleId", finding.code->id);
    json.member("ruleIndex", rule);
    json.member("kind", decided ? "fail" : "open");
    json.member("level", decided ? sarif_level(finding.code->level) : "none");
    json.member_object("message", [&] { json.member("text", finding.message); });
    json.member_array("locations", [&] {
      json.object([&] {
        const Place place = places.place(finding.origin);
        if (!place.path.empty()) {
          json.member_object("physicalLocation", [&] {
            json.member_object("artifactLocation", [&] { json.member("uri", uri(place.path)); });
            if (place.line > 0) {
              json.member_object("region", [&] {
                json.member("startLine", place.line);
                json.member("startColumn", place.column);
              });
            }
          });
        }
        json.member_array("logicalLocations", [&] {
          json.object([&] {
            json.member("fullyQualifiedName", policy.pointer + finding.pointer);
            json.member("kind", "object");
          });
        });
      });
    });
    json.member_object("partialFingerprints", [&] {
      json.member("sallyport/1", guard::fingerprint("policy-check", finding.code->id, Kind::none, policy.owner,
                                                    policy.pointer + finding.pointer, finding.message));
    });
  });
}

}  // namespace

void policy_check_sarif(std::string& out, Places& places, const std::vector<CheckedPolicy>& policies,
                        const char* version) {
  // The rules that something was found by, in the order of the table.
  std::vector<const Code*> rules;
  for (const Code& code : iam::lint::codes()) {
    const auto by = [&](const Finding& f) { return f.code == &code; };
    const bool used = std::any_of(policies.begin(), policies.end(), [&](const CheckedPolicy& p) {
      return std::any_of(p.report.findings.begin(), p.report.findings.end(), by) ||
             std::any_of(p.report.undecided.begin(), p.report.undecided.end(), by);
    });
    if (used) rules.push_back(&code);
  }
  const auto rule = [&](const Finding& f) {
    return static_cast<std::size_t>(std::find(rules.begin(), rules.end(), f.code) - rules.begin());
  };
  JsonWriter json(out, 6);
  json.object([&] {
    json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.member("version", "2.1.0");
    json.member_array("runs", [&] {
      json.object([&] {
        json.member_object("tool", [&] {
          json.member_object("driver", [&] {
            json.member("name", "sallyport");
            json.member("version", version);
            json.member_array("rules", [&] {
              for (const Code* code : rules) rule_json(json, *code);
            });
          });
        });
        json.member("columnKind", "unicodeCodePoints");
        json.member_array("results", [&] {
          for (const CheckedPolicy& p : policies) {
            for (const Finding& f : p.report.findings) result_json(json, places, p, f, rule(f), true);
            for (const Finding& f : p.report.undecided) result_json(json, places, p, f, rule(f), false);
          }
        });
      });
    });
  });
  json.finish();
}

}  // namespace sallyport::show
