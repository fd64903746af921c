#include "show/diagnostics.h"
#include "show/json_writer.h"
#include "show/policy_check.h"

namespace sallyport::show {
namespace {

using iam::lint::Finding;

void finding_json(JsonWriter& json, Places& places, const Finding& finding, std::size_t document) {
  const Place place = places.place(finding.origin);
  json.object([&] {
    json.member("code", finding.code->id);
    json.member("level", iam::lint::name(finding.code->level));
    json.member("message", finding.message);
    json.member_object("where", [&] {
      json.member("file", place.path);
      json.member("line", place.line);
      json.member("column", place.column);
      json.member("pointer", finding.pointer);
    });
    json.key("statement");
    if (finding.statement == 0) {
      json.null();
    } else {
      json.number(finding.statement);
    }
    json.member("sid", finding.sid);
    json.member("source", finding.code->page);
    json.member("document", document);
  });
}

}  // namespace

void policy_check_json(std::string& out, Places& places, const std::vector<CheckedPolicy>& policies,
                       const Diagnostics& diagnostics) {
  JsonWriter json(out);
  json.object([&] {
    json.member("schema", "sallyport/policy-check/1");
    json.member_array("documents", [&] {
      for (const CheckedPolicy& policy : policies) {
        json.object([&] {
          json.member("file", policy.file);
          json.member("pointer", policy.pointer);
          json.member("type", name(policy.use));
          json.member("told", policy.told);
          json.member_if("service", policy.service);
          json.member_if("owner", policy.owner);
          json.member("findings", policy.report.findings.size());
          json.member("undecided", policy.report.undecided.size());
          if (policy.report.left_out > 0) json.member("leftOut", policy.report.left_out);
        });
      }
    });
    json.member_array("findings", [&] {
      for (std::size_t i = 0; i < policies.size(); ++i) {
        for (const Finding& f : policies[i].report.findings) finding_json(json, places, f, i);
      }
    });
    json.member_array("undecided", [&] {
      for (std::size_t i = 0; i < policies.size(); ++i) {
        for (const Finding& f : policies[i].report.undecided) finding_json(json, places, f, i);
      }
    });
    diagnostics_member(json, places, diagnostics);
  });
  json.finish();
}

}  // namespace sallyport::show
