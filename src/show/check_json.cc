#include "show/affected.h"
#include "show/check.h"
#include "show/diagnostics.h"

namespace sallyport::show {
namespace {

void culprit_member(JsonWriter& json, Page& page, const guard::Culprit& at) {
  json.member_object("at", [&] {
    json.member("kind", at.kind);
    json.member("id", at.id);
    json.member("name", at.name);
    json.member("account", at.account);
    json.member("region", at.region);
    json.member_if("origin", page.place(at.place));
  });
}

void finding_json(JsonWriter& json, Page& page, const guard::Finding& finding) {
  json.object([&] {
    json.member("control", finding.control);
    json.member("level", guard::name(finding.level));
    json.member("cause", finding.cause);
    culprit_member(json, page, finding.at);
    json.member_if("about", finding.about);
    json.member("message", finding.message);
    json.member_if("repair", finding.repair);
    json.member("fingerprint", finding.fingerprint);
    affected_member(json, finding.affected);
    if (finding.suppressed) json.member("suppressed", finding.suppressed_because);
  });
}

}  // namespace

const guard::Control* control(std::string_view id) {
  for (const guard::Control& c : guard::controls()) {
    if (id == c.id) return &c;
  }
  return nullptr;
}

void check_json(std::string& out, Page& page, const guard::Report& report, const Diagnostics& diagnostics) {
  JsonWriter json(out);
  json.object([&] {
    json.member("schema", "sallyport/check/1");
    json.member_array("controls", [&] {
      for (const guard::ControlResult& result : report.results) {
        json.object([&] {
          json.member("control", result.control);
          if (const guard::Control* c = control(result.control)) json.member("title", c->title);
          json.member("level", guard::name(result.level));
          json.member("outcome", guard::name(result.outcome));
          json.member("examined", result.examined);
          json.member("findings", result.findings.size());
        });
      }
    });
    json.member_array("findings", [&] {
      for (const guard::ControlResult& result : report.results) {
        for (const guard::Finding& finding : result.findings) finding_json(json, page, finding);
      }
    });
    json.member_array("unknown", [&] {
      for (const guard::ControlResult& result : report.results) {
        for (const guard::Open& open : result.open) {
          const Gap& gap = page.cloud().registry().gaps[open.gap];
          json.object([&] {
            json.member("control", result.control);
            json.member("kind", name(gap.kind));
            json.member("what", gap.what);
            json.member_if("remedy", gap.remedy);
            affected_member(json, open.affected);
          });
        }
      }
    });
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

}  // namespace sallyport::show
