#include "show/who.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "show/decision.h"
#include "show/diagnostics.h"
#include "show/table.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

using access::AtDoor;
using access::Entrance;
using access::Passing;
using access::Subject;
using iam::Outcome;

constexpr std::size_t most_names = 8;
constexpr std::array outcomes = {Outcome::allowed, Outcome::conditional, Outcome::unknown};

void subject_json(JsonWriter& json, const Subject& s) {
  json.object([&] {
    json.member("kind", access::name(s.kind));
    json.member("id", s.id);
    json.member_if("name", s.name);
    json.member_if("account", s.account);
  });
}

void door_members(JsonWriter& json, const Page& page, const Entrance& door) {
  json.member("kind", net::name(door.door.kind));
  json.member("id", page.id(door.door.object));
  json.member_if("name", page.name(door.door.object));
  if (door.strangers) json.member("of", "anybody");
}

// All principals, not groups, that pass a door so.
std::size_t passing(const access::WhoAnswer& answer, std::size_t door, Outcome outcome) {
  std::size_t n = 0;
  for (const Passing& p : answer.principals) {
    const bool passes = std::any_of(p.doors.begin(), p.doors.end(),
                                    [&](const AtDoor& d) { return d.door == door && d.outcome == outcome; });
    if (passes) n += p.principals.size();
  }
  return n;
}

bool same_statement(const iam::By& a, const iam::By& b) {
  return a.layer == b.layer && a.policy == b.policy && a.statement == b.statement && a.level == b.level &&
         a.effect == b.effect && a.applies == b.applies;
}

bool same_condition(const iam::OpenCondition& a, const iam::OpenCondition& b) {
  return a.policy == b.policy && a.condition == b.condition && a.statement == b.statement && a.effect == b.effect;
}

// What several doors say, each once, in their order; of those with the group's decision.
template <class T, class Same>
std::vector<T> united(const Passing& p, std::vector<T> AtDoor::* member, Same same) {
  std::vector<T> all;
  for (const AtDoor& d : p.doors) {
    if (d.outcome != p.outcome) continue;
    for (const T& one : d.*member) {
      if (std::none_of(all.begin(), all.end(), [&](const T& t) { return same(t, one); })) all.push_back(one);
    }
  }
  return all;
}

void passing_json(JsonWriter& json, Page& page, const access::WhoAnswer& answer, const Passing& p) {
  json.object([&] {
    json.key("principal");
    subject_json(json, p.principals.front());
    if (p.principals.size() > 1) {
      json.member_array("alike", [&] {
        for (std::size_t i = 1; i < p.principals.size(); ++i) subject_json(json, p.principals[i]);
      });
    }
    json.member("decision", iam::name(p.outcome));
    json.member_array("doors", [&] {
      for (const AtDoor& d : p.doors) {
        json.object([&] {
          door_members(json, page, answer.doors[d.door]);
          json.member("decision", iam::name(d.outcome));
          if (d.outcome == Outcome::conditional) {
            allowed_if_member(json, d.allowed_if.get());
            conditions_member(json, page, d.conditions);
          }
        });
      }
    });
    const auto conditions = united(p, &AtDoor::conditions, same_condition);
    if (conditions.empty()) json.member_array("conditions", [] {});
    conditions_member(json, page, conditions);
    by_member(json, page, united(p, &AtDoor::by, same_statement));
    gaps_member(json, page, p.gaps);
  });
}

std::string subject_text(const Subject& s) {
  const std::string id = clean(s.id);
  switch (s.kind) {
    case Subject::Kind::anonymous: return "anybody, unsigned";
    case Subject::Kind::any_account: return "any principal of any other account";
    case Subject::Kind::organization: return fmt::format("any principal of organization {}", id);
    case Subject::Kind::account: return fmt::format("any principal of account {}", id);
    case Subject::Kind::any_service: return "any service of AWS";
    case Subject::Kind::root: return fmt::format("the root user of {}", clean(s.account));
    case Subject::Kind::service:
    case Subject::Kind::provider: return fmt::format("{} {}", access::name(s.kind), id);
    case Subject::Kind::user:
    case Subject::Kind::role:
    case Subject::Kind::session: break;
  }
  if (s.name.empty()) return fmt::format("{} {}", access::name(s.kind), id);
  return fmt::format("{} {} of {}", access::name(s.kind), clean(s.name), clean(s.account));
}

std::string subjects_text(const Passing& p) {
  std::string text;
  for (std::size_t i = 0; i < p.principals.size() && i < most_names; ++i) {
    text += (i == 0 ? "" : ", ") + subject_text(p.principals[i]);
  }
  if (p.principals.size() > most_names) text += fmt::format(" and {} more", p.principals.size() - most_names);
  return text;
}

std::string door_text(const Page& page, const Entrance& door) {
  if (door.strangers) return "an endpoint of somebody else";
  const std::string object = page.object(door.door.object);
  return fmt::format("{}{}{}", net::name(door.door.kind), object.empty() ? "" : " ", object);
}

bool alike(const AtDoor& a, const AtDoor& b) {
  if (a.outcome != b.outcome || (a.allowed_if == nullptr) != (b.allowed_if == nullptr)) return false;
  if (a.allowed_if != nullptr && !a.allowed_if->ways.empty()) return *a.allowed_if == *b.allowed_if;
  return std::equal(a.conditions.begin(), a.conditions.end(), b.conditions.begin(), b.conditions.end(), same_condition);
}

// Doors that are decided alike, under the same conditions, are one line.
void print_doors(std::string& out, Page& page, const access::WhoAnswer& answer, const Passing& p) {
  std::vector<bool> told(p.doors.size());
  for (std::size_t i = 0; i < p.doors.size(); ++i) {
    if (told[i]) continue;
    std::string doors;
    for (std::size_t j = i; j < p.doors.size(); ++j) {
      if (told[j] || !alike(p.doors[i], p.doors[j])) continue;
      told[j] = true;
      doors += (doors.empty() ? "" : ", ") + door_text(page, answer.doors[p.doors[j].door]);
    }
    const AtDoor& d = p.doors[i];
    const bool same = d.outcome == p.outcome;
    out += fmt::format("    {} {}\n", same ? "by" : fmt::format("{} by", iam::name(d.outcome)), doors);
    const std::vector<std::string> ways = allowed_if_text(d.allowed_if.get());
    for (const std::string& line : ways) out += fmt::format("      {}\n", line);
    if (!ways.empty()) continue;
    for (const iam::OpenCondition& c : d.conditions) out += fmt::format("      {}\n", condition_text(page, c));
  }
}

// Guard rails that let everybody pass are no news: only what grants, and what is open.
bool worth_telling(const iam::By& by) {
  const bool grants = by.layer == iam::Layer::identity_policy || by.layer == iam::Layer::resource_policy;
  return by.policy != nullptr && (grants || by.applies != iam::Match::yes || by.effect == Effect::deny);
}

bool same_but_level(const iam::By& a, iam::By b) {
  b.level = a.level;
  return same_statement(a, b);
}

void print_passing(std::string& out, Page& page, const access::WhoAnswer& answer, const Passing& p) {
  for (const std::string& line : wrap(subjects_text(p), 100)) out += fmt::format("  {}\n", line);
  print_doors(out, page, answer, p);
  for (const iam::By& by : united(p, &AtDoor::by, same_but_level)) {
    if (!worth_telling(by)) continue;
    out += fmt::format("    {}: {}", iam::name(by.layer), statement_text(page, by));
    if (by.origin) out += fmt::format("  {}", page.paint(Ink::dim, clean(page.place(by.origin))));
    out += '\n';
  }
  print_gaps(out, page, p.gaps, 4);
}

}  // namespace

void who_json(std::string& out, Page& page, const access::WhoAnswer& answer, const Diagnostics& diagnostics) {
  JsonWriter json(out, 3);
  json.object([&] {
    json.member("schema", "sallyport/who/1");
    json.member("action", answer.action);
    json.member("resource", answer.resource);
    json.member_array("principals", [&] {
      for (const Passing& p : answer.principals) passing_json(json, page, answer, p);
    });
    json.member_array("doors", [&] {
      for (std::size_t i = 0; i < answer.doors.size(); ++i) {
        json.object([&] {
          door_members(json, page, answer.doors[i]);
          for (const Outcome o : outcomes) json.member(iam::name(o), passing(answer, i, o));
        });
      }
    });
    gaps_member(json, page, answer.lacks);
    if (!answer.assumptions.empty()) json.member_texts("assumptions", answer.assumptions);
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

void who_text(std::string& out, Page& page, const access::WhoAnswer& answer) {
  out += fmt::format("{} on {}\n", clean(answer.action), clean(answer.resource));
  for (const Outcome outcome : outcomes) {
    bool first = true;
    for (const Passing& p : answer.principals) {
      if (p.outcome != outcome) continue;
      if (first) out += fmt::format("\n{}\n", page.paint(ink(outcome), iam::name(outcome)));
      first = false;
      print_passing(out, page, answer, p);
    }
  }
  if (answer.principals.empty()) out += "\nnobody: every principal is denied at every door\n";
  Table table({"DOOR", "ALLOWED", "CONDITIONAL", "UNKNOWN"});
  for (std::size_t i = 0; i < answer.doors.size(); ++i) {
    std::vector<Cell> row = {door_text(page, answer.doors[i])};
    for (const Outcome o : outcomes) row.emplace_back(std::to_string(passing(answer, i, o)));
    table.row(std::move(row));
  }
  out += '\n';
  table.print(out, page.style());
  if (!answer.lacks.empty()) out += '\n';
  print_lacks(out, page, "there may be principals or doors of which the input says nothing", answer.lacks);
  for (const std::string& what : answer.assumptions) out += fmt::format("\nrests on: {}\n", clean(what));
}

}  // namespace sallyport::show
