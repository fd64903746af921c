#include "show/audience.h"

#include <fmt/format.h>

#include <algorithm>

#include "show/diagnostics.h"
#include "show/table.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

constexpr std::size_t most_names = 8;

const char* word(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"; }

Ink ink(Truth truth) { return truth == Truth::unknown ? Ink::yellow : truth == Truth::yes ? Ink::bold : Ink::plain; }

Ink ink(iam::Outcome outcome) {
  switch (outcome) {
    case iam::Outcome::allowed: return Ink::green;
    case iam::Outcome::denied: return Ink::red;
    case iam::Outcome::conditional: return Ink::blue;
    case iam::Outcome::unknown: return Ink::yellow;
  }
  return Ink::plain;
}

void label_json(JsonWriter& json, const net::Label& label) {
  json.object([&] {
    json.member("id", label.id);
    json.member("name", label.name);
    json.member("kind", label.kind);
    json.member_if("account", label.account);
  });
}

std::string some_names(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < most_names; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > most_names) text += fmt::format(" and {} more", names.size() - most_names);
  return text;
}

void print_reach(std::string& out, Page& page, const access::Audience& audience) {
  Table table({"", "", ""});
  std::vector<GapId> gaps;
  for (const access::Reach& reach : audience.reach) {
    std::vector<std::string> names;
    for (const net::Label& w : reach.workloads) names.push_back(short_name(w));
    table.row({{word(reach.reaches), ink(reach.reaches)}, some_names(names), clean(reach.why)});
    gaps.insert(gaps.end(), reach.gaps.begin(), reach.gaps.end());
  }
  for (const access::Outsider& outsider : audience.outsiders) {
    const std::string object = page.object(outsider.object);
    table.row({{word(outsider.reaches), ink(outsider.reaches)},
               object.empty() ? outsider.who : fmt::format("{} {}", outsider.who, object),
               clean(outsider.why)});
    if (outsider.gap) gaps.push_back(outsider.gap);
  }
  out += "\nwho reaches it\n";
  if (table.empty()) out += "  no workload of the input\n";
  table.print(out, page.style(), 2);
  std::sort(gaps.begin(), gaps.end());
  gaps.erase(std::unique(gaps.begin(), gaps.end()), gaps.end());
  if (!gaps.empty()) out += '\n';
  print_gaps(out, page, gaps, 2);
}

void print_grants(std::string& out, Page& page, const access::Audience& audience) {
  if (audience.grants.empty()) return;
  out += "\nwho may do what through it\n";
  const net::Label* before = nullptr;
  for (const access::Grant& grant : audience.grants) {
    if (before == nullptr || *before != grant.resource) out += fmt::format("  {}\n", with_kind(grant.resource));
    before = &grant.resource;
    std::vector<std::string> principals;
    for (const std::string& p : grant.principals) principals.push_back(clean(p));
    out += fmt::format("    {}\n", some_names(principals));
    Table table({"", "", ""});
    for (const access::Grant::Action& a : grant.actions) {
      table.row({clean(a.action),
                 {iam::name(a.outcome), ink(a.outcome)},
                 a.layer.empty() ? std::string() : "by " + clean(a.layer)});
    }
    table.print(out, page.style(), 6);
    print_gaps(out, page, grant.gaps, 6);
  }
}

}  // namespace

void audience_json(std::string& out, Page& page, const access::Audience& audience, const Diagnostics& diagnostics) {
  JsonWriter json(out);
  json.object([&] {
    json.member("schema", "sallyport/audience/1");
    json.member_object("door", [&] {
      json.member("kind", audience.kind);
      json.member("id", audience.id);
      json.member("name", page.name(audience.door));
    });
    json.member("service", audience.service);
    json.member_array("reach", [&] {
      for (const access::Reach& reach : audience.reach) {
        json.object([&] {
          json.member("reaches", word(reach.reaches));
          json.member_array("workloads", [&] {
            for (const net::Label& w : reach.workloads) label_json(json, w);
          });
          json.member("why", reach.why);
          gaps_member(json, page, reach.gaps);
        });
      }
    });
    json.member_array("outsiders", [&] {
      for (const access::Outsider& outsider : audience.outsiders) {
        json.object([&] {
          json.member("who", outsider.who);
          json.member_if("id", page.id(outsider.object));
          json.member("reaches", word(outsider.reaches));
          json.member("why", outsider.why);
          if (outsider.gap) gaps_member(json, page, {outsider.gap});
        });
      }
    });
    json.member_array("grants", [&] {
      for (const access::Grant& grant : audience.grants) {
        json.object([&] {
          json.key("resource");
          label_json(json, grant.resource);
          json.member_texts("principals", grant.principals);
          json.member_array("actions", [&] {
            for (const access::Grant::Action& a : grant.actions) {
              json.object([&] {
                json.member("action", a.action);
                json.member("decision", iam::name(a.outcome));
                json.member_if("layer", a.layer);
              });
            }
          });
          gaps_member(json, page, grant.gaps);
        });
      }
    });
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

void audience_text(std::string& out, Page& page, const access::Audience& audience) {
  out += fmt::format("{}: {}", page.paint(Ink::bold, clean(audience.id)), audience.kind);
  if (!audience.service.empty()) out += fmt::format(" to {}", clean(audience.service));
  out += '\n';
  print_reach(out, page, audience);
  print_grants(out, page, audience);
}

}  // namespace sallyport::show
