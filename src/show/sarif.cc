#include "show/affected.h"
#include "show/check.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

const char* sarif_level(guard::Level level) {
  switch (level) {
    case guard::Level::critical:
    case guard::Level::high: return "error";
    case guard::Level::medium: return "warning";
    case guard::Level::low: return "note";
  }
  return "warning";
}

// What code hosts sort by: a CVSS-like number.
const char* severity_number(guard::Level level) {
  switch (level) {
    case guard::Level::critical: return "9.5";
    case guard::Level::high: return "8.0";
    case guard::Level::medium: return "5.5";
    case guard::Level::low: return "2.0";
  }
  return "0.0";
}

void locations_member(JsonWriter& json, Page& page, const guard::Culprit& at) {
  json.member_array("locations", [&] {
    json.object([&] {
      const Place place = at.place ? page.places().place(at.place) : Place();
      if (!place.path.empty()) {
        json.member_object("physicalLocation", [&] {
          json.member_object("artifactLocation", [&] { json.member("uri", uri(place.path)); });
          if (place.line > 0) json.member_object("region", [&] { json.member("startLine", place.line); });
        });
      }
      json.member_array("logicalLocations", [&] {
        json.object([&] {
          json.member("name", at.id);
          json.member("kind", at.kind);
        });
      });
    });
  });
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

void finding_json(JsonWriter& json, Page& page, const guard::Finding& finding, std::size_t rule) {
  json.object([&] {
    json.member("ruleId", finding.control);
    json.member("ruleIndex", rule);
    json.member("kind", "fail");
    json.member("level", sarif_level(finding.level));
    json.member_object("message", [&] { json.member("text", message_of(finding)); });
    locations_member(json, page, finding.at);
    json.member_object("partialFingerprints", [&] { json.member("sallyport/1", finding.fingerprint); });
    if (finding.suppressed) {
      json.member_array("suppressions", [&] {
        json.object([&] {
          json.member("kind", "external");
          json.member("justification", finding.suppressed_because);
        });
      });
    }
    json.member_object("properties", [&] {
      json.member("cause", finding.cause);
      json.member("affected", finding.affected.count);
    });
  });
}

void open_json(JsonWriter& json, Page& page, const guard::ControlResult& result, const guard::Open& open,
               std::size_t rule) {
  const Gap& gap = page.cloud().registry().gaps[open.gap];
  json.object([&] {
    json.member("ruleId", result.control);
    json.member("ruleIndex", rule);
    json.member("kind", "open");
    json.member("level", "none");
    const std::string remedy = gap.remedy.empty() ? "" : "\nsettle it: " + gap.remedy;
    json.member_object("message", [&] { json.member("text", "not known: " + gap.what + remedy); });
    guard::Culprit at;
    at.kind = name(gap.kind);
    at.id = gap.what;
    at.place = gap.origin;
    locations_member(json, page, at);
    json.member_object("partialFingerprints", [&] {
      json.member("sallyport/1", guard::fingerprint(result.control, "unknown", Kind::none, "", gap.what, ""));
    });
    json.member_object("properties", [&] { json.member("affected", open.affected.count); });
  });
}

void rule_json(JsonWriter& json, const guard::ControlResult& result) {
  const guard::Control* c = control(result.control);
  json.object([&] {
    json.member("id", result.control);
    json.member_object("shortDescription", [&] { json.member("text", c == nullptr ? result.control : c->title); });
    json.member_object("help", [&] {
      json.member("text", std::string("what it asks and what repairs it: ") + (c == nullptr ? "" : c->page));
    });
    json.member_object("defaultConfiguration", [&] { json.member("level", sarif_level(result.level)); });
    json.member_object("properties", [&] { json.member("security-severity", severity_number(result.level)); });
  });
}

}  // namespace

void check_sarif(std::string& out, Page& page, const guard::Report& report, const char* version) {
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
              for (const guard::ControlResult& result : report.results) rule_json(json, result);
            });
          });
        });
        json.member("columnKind", "unicodeCodePoints");
        json.member_array("results", [&] {
          for (std::size_t i = 0; i < report.results.size(); ++i) {
            for (const guard::Finding& f : report.results[i].findings) finding_json(json, page, f, i);
            for (const guard::Open& open : report.results[i].open) open_json(json, page, report.results[i], open, i);
          }
        });
      });
    });
  });
  json.finish();
}

}  // namespace sallyport::show
