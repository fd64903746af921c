#include <fmt/format.h>

#include <array>

#include "show/confirm.h"
#include "show/diagnostics.h"
#include "show/table.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

using confirm::Match;
using confirm::Row;

std::array<std::size_t, 4> counts_of(const std::vector<Row>& rows) {
  std::array<std::size_t, 4> counts{};
  for (const Row& row : rows) ++counts[static_cast<std::size_t>(row.match)];
  return counts;
}

Ink ink_of(Match match) {
  switch (match) {
    case Match::agrees: return Ink::green;
    case Match::differs: return Ink::red;
    default: return Ink::yellow;
  }
}

std::string question(const Row& row) {
  if (row.path) return confirm::tag_of(*row.path);
  if (row.policy) return row.policy->action + " on " + row.policy->resource + " by " + row.policy->principal;
  return row.file;
}

// What follows "- " of an expectation and its members; empty where none can say it.
std::string expectation(const Row& row) {
  const auto q = [](std::string_view text) { return quoted(text); };
  if (row.path) {
    const confirm::PathQuestion& p = *row.path;
    std::string out = fmt::format("reach: {{from: {}, to: {}, protocol: {}, port: {}}}\n", q(p.from), q(p.to),
                                  p.protocol == 6 ? "tcp" : "udp", p.port);
    out += fmt::format("    why: {}\n", q("Reachability Analyzer: " + clean(row.aws)));
    if (!*row.aws_yes) return p.by.empty() ? out + "    verdict: blocked\n" : std::string();
    out += p.by.starts_with("igw-") ? "    verdict: public\n" : "    verdict: private\n";
    if (p.by.starts_with("vpce-")) out += fmt::format("    door: {}\n", q(p.by));
    return out;
  }
  const confirm::PolicyQuestion& p = *row.policy;
  std::string out =
      fmt::format("can: {{principal: {}, action: {}, resource: {}}}\n", q(p.principal), q(p.action), q(p.resource));
  out += fmt::format("    why: {}\n", q("the policy simulator: " + clean(row.aws)));
  // An allowance may still meet a resource policy; a refusal, unless explicit, may be mended by one.
  if (*row.aws_yes) return out + "    layers: {identity-policy: allow}\n";
  if (row.explicit_deny || row.organization_allows == false) return out + "    decision: denied\n";
  if (row.boundary_allows == false) return out + "    layers: {boundary: none}\n";
  return out + "    layers: {identity-policy: none}\n";
}

}  // namespace

void confirm_text(std::string& out, Page& page, const std::vector<Row>& rows) {
  Table table({"QUESTION", "AWS", "SALLYPORT", ""});
  for (const Row& row : rows) {
    table.row({clean(question(row)), clean(row.aws), clean(row.ours), {confirm::name(row.match), ink_of(row.match)}});
  }
  table.print(out, page.style());
  const auto [agrees, differs, unknown, silent] = counts_of(rows);
  out += fmt::format("\n{}: {} agree, {} differ, {} unknown to us, {} that AWS could not say\n",
                     count(rows.size(), "answer"), agrees, differs, unknown, silent);
}

void confirm_json(std::string& out, Page& page, const std::vector<Row>& rows, const Diagnostics& diagnostics) {
  JsonWriter json(out);
  json.object([&] {
    json.member("schema", "sallyport/confirm/1");
    const auto [agrees, differs, unknown, silent] = counts_of(rows);
    json.member_object("summary", [&, a = agrees, d = differs, u = unknown, s = silent] {
      json.member("agrees", a);
      json.member("differs", d);
      json.member("unknown", u);
      json.member("silent", s);
    });
    json.member_array("answers", [&] {
      for (const Row& row : rows) {
        json.object([&] {
          json.member("match", confirm::name(row.match));
          if (row.path) {
            json.member_object("reach", [&] {
              json.member("from", row.path->from);
              json.member("to", row.path->to);
              json.member_if("by", row.path->by);
              json.member("protocol", protocol_name(row.path->protocol));
              json.member("port", row.path->port);
            });
          }
          if (row.policy) {
            json.member_object("can", [&] {
              json.member("principal", row.policy->principal);
              json.member("action", row.policy->action);
              json.member("resource", row.policy->resource);
            });
          }
          json.member("aws", row.aws);
          if (row.path) json.member_texts("codes", row.codes);
          json.member_if("ours", row.ours);
          json.member("file", row.file);
        });
      }
    });
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

void confirm_case(std::string& out, const std::vector<Row>& rows) {
  out +=
      "# What AWS answered to the script of `sallyport confirm --print`. Put this file beside the input, as "
      "expect.yaml.\n"
      "source: https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html\n"
      "inputs: [.]\n";
  std::string list;
  for (const Row& row : rows) {
    const std::string one = row.aws_yes ? expectation(row) : std::string();
    if (one.empty()) {
      list += fmt::format("  # no expectation can say: {}: {}\n", clean(question(row)), clean(row.aws));
    } else {
      list += "  - " + one;
    }
  }
  const bool some = list.find("  - ") != std::string::npos;
  out += (some ? "expect:\n" : "expect: []\n") + list;
}

}  // namespace sallyport::show
