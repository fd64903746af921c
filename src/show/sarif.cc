#include "show/sarif.h"

#include "show/json_writer.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

const char* level(SarifGrade grade) {
  switch (grade) {
    case SarifGrade::critical:
    case SarifGrade::high: return "error";
    case SarifGrade::medium: return "warning";
    case SarifGrade::low:
    case SarifGrade::info: return "note";
  }
  return "warning";
}

// What code hosts sort by: a CVSS-like number.
const char* severity_number(SarifGrade grade) {
  switch (grade) {
    case SarifGrade::critical: return "9.5";
    case SarifGrade::high: return "8.0";
    case SarifGrade::medium: return "5.5";
    case SarifGrade::low: return "2.0";
    case SarifGrade::info: return "0.0";
  }
  return "0.0";
}

void rule_json(JsonWriter& json, const SarifRule& rule) {
  json.object([&] {
    json.member("id", rule.id);
    json.member_object("shortDescription", [&] { json.member("text", rule.title); });
    json.member_if("helpUri", rule.help_uri);
    if (!rule.help.empty()) json.member_object("help", [&] { json.member("text", rule.help); });
    json.member_object("defaultConfiguration", [&] { json.member("level", level(rule.grade)); });
    json.member_object("properties", [&] { json.member("security-severity", severity_number(rule.grade)); });
  });
}

void locations_member(JsonWriter& json, const SarifResult& result) {
  json.member_array("locations", [&] {
    json.object([&] {
      const Place& place = result.place;
      if (!place.path.empty()) {
        json.member_object("physicalLocation", [&] {
          json.member_object("artifactLocation", [&] { json.member("uri", uri(place.path)); });
          if (place.line == 0) return;
          json.member_object("region", [&] {
            json.member("startLine", place.line);
            if (result.columns) json.member("startColumn", place.column);
          });
        });
      }
      json.member_array("logicalLocations", [&] {
        json.object([&] {
          json.member(result.name ? "name" : "fullyQualifiedName", result.name.value_or(result.full_name));
          json.member("kind", result.kind);
        });
      });
    });
  });
}

void result_json(JsonWriter& json, const SarifLog& log, const SarifResult& result) {
  json.object([&] {
    json.member("ruleId", log.rules[result.rule].id);
    json.member("ruleIndex", result.rule);
    json.member("kind", result.grade ? "fail" : "open");
    json.member("level", result.grade ? level(*result.grade) : "none");
    json.member_object("message", [&] { json.member("text", result.message); });
    locations_member(json, result);
    json.member_object("partialFingerprints", [&] { json.member("sallyport/1", result.fingerprint); });
    if (result.suppressed) {
      json.member_array("suppressions", [&] {
        json.object([&] {
          json.member("kind", "external");
          json.member("justification", *result.suppressed);
        });
      });
    }
    if (!result.cause && !result.affected) return;
    json.member_object("properties", [&] {
      if (result.cause) json.member("cause", *result.cause);
      if (result.affected) json.member("affected", *result.affected);
    });
  });
}

}  // namespace

void sarif(std::string& out, const SarifLog& log, const char* version) {
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
              for (const SarifRule& rule : log.rules) rule_json(json, rule);
            });
          });
        });
        json.member("columnKind", "unicodeCodePoints");
        json.member_array("results", [&] {
          for (const SarifResult& result : log.results) result_json(json, log, result);
        });
      });
    });
  });
  json.finish();
}

}  // namespace sallyport::show
