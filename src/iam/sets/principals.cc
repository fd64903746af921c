#include "iam/sets/principals.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "iam/arn.h"
#include "iam/glob.h"

namespace sallyport::iam::sets {
namespace {

bool digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool unique_id(std::string_view text) {
  return text.size() >= 16 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

// A principal with something in the place of wildcards.
std::string filled(std::string_view pattern, const char* with) {
  std::string text;
  for (const char c : pattern) {
    if (c == '*' || c == '?') {
      text += c == '?' ? "x" : with;
    } else {
      text += c;
    }
  }
  return text;
}

Statement alone(const PrincipalEntry& entry) {
  Statement s;
  s.has_principal = true;
  s.principals = {entry};
  return s;
}

}  // namespace

Principals::Element Principals::add(const Statement& statement) {
  ElementOf element;
  element.negated = statement.not_principal;
  element.effect = statement.effect;
  for (const PrincipalEntry& entry : statement.principals) {
    if (exhausted()) break;
    const auto it = std::find_if(entries_.begin(), entries_.end(), [&](const EntryOf& e) { return e.entry == entry; });
    element.entries.push_back(static_cast<std::uint32_t>(it - entries_.begin()));
    if (it == entries_.end()) {
      const char kind = static_cast<char>('a' + static_cast<int>(entry.kind));
      entries_.push_back({entry, PrincipalMatcher(alone(entry), texts_), kind + texts_.string(entry.value)});
    }
  }
  std::sort(element.entries.begin(), element.entries.end());
  element.entries.erase(std::unique(element.entries.begin(), element.entries.end()), element.entries.end());
  if (element.negated) {
    element.whole = PrincipalMatcher(statement, texts_);
    element.name = element.effect == Effect::deny ? "deny" : "allow";
    std::set<std::string> names;
    for (const std::uint32_t e : element.entries) names.insert(entries_[e].name);
    for (const std::string& name : names) (element.name += '\n') += name;
  }
  for (Element e = 0; e < elements_.size(); ++e) {
    const ElementOf& known = elements_[e];
    const bool same = known.negated == element.negated && known.entries == element.entries &&
                      (!known.negated || known.effect == element.effect);
    if (same) return e;
  }
  elements_.push_back(std::move(element));
  return static_cast<Element>(elements_.size() - 1);
}

// Of each account that is named: its root user, and some other of each kind.
void Principals::add_accounts(std::vector<Person>& people) const {
  std::map<std::string, std::string> accounts;  // account -> partition
  for (const EntryOf& e : entries_) {
    if (e.entry.kind != PrincipalKind::aws) continue;
    const std::string_view value = texts_.view(e.entry.value);
    const Arn arn = split_arn(value);
    if (digits(value)) accounts.try_emplace(std::string(value), "aws");
    if (arn.whole() && !arn.account().empty() && arn.account().find_first_of("*?") == std::string_view::npos) {
      accounts.insert_or_assign(std::string(arn.account()), std::string(arn.partition()));
    }
  }
  std::string fresh = "999999999999";
  while (accounts.find(fresh) != accounts.end()) fresh = std::to_string(std::stoll(fresh) - 1);
  std::vector<std::pair<std::string, std::string>> all{{fresh, "aws"}};
  all.insert(all.end(), accounts.begin(), accounts.end());
  for (const auto& [account, partition] : all) {
    const std::string iam = "arn:" + partition + ":iam::" + account + ":";
    const std::string sts = "arn:" + partition + ":sts::" + account + ":";
    for (const std::string& text :
         {iam + "role/other", iam + "user/other", iam + "root", sts + "assumed-role/other/other"}) {
      people.push_back({text, {}, {}, true});
    }
    // AWS says of each who stands behind it.
    people.push_back({sts + "federated-user/other", {}, iam + "user/other", true});
  }
}

std::vector<Person> Principals::people() const {
  std::vector<Person> people;
  people.push_back({"anonymous", {}, {}, true});
  add_accounts(people);
  people.push_back({"other.amazonaws.com", {}, {}, true});
  people.push_back({"other.example.com", {}, {}, true});
  for (const EntryOf& e : entries_) {
    const std::string value = texts_.string(e.entry.value);
    if (e.entry.kind == PrincipalKind::any || e.entry.kind == PrincipalKind::canonical || digits(value)) continue;
    if (e.entry.kind == PrincipalKind::aws && unique_id(value)) {
      people.push_back({"arn:aws:iam::999999999999:user/" + value, value, {}, true});
      people.push_back({"arn:aws:iam::999999999999:role/" + value, value + ":session", {}, true});
      continue;
    }
    const bool wild = value.find_first_of("*?") != std::string::npos;
    for (const char* with : {"x", "", "111122223333"}) {
      const std::string text = wild ? filled(value, with) : value;
      const auto parsed = parse_principal(text);
      if (parsed) {
        const Arn arn = split_arn(text);
        const std::string sts = "arn:" + std::string(arn.partition()) + ":sts::" + std::string(parsed->account) + ":";
        const std::string user =
            "arn:" + std::string(arn.partition()) + ":iam::" + std::string(parsed->account) + ":user/";
        const bool federated = parsed->type == PrincipalType::federated_user;
        people.push_back({text, {}, federated ? user + "other" : std::string(), !glob::has_symbol(text)});
        if (parsed->type == PrincipalType::role) {
          people.push_back({sts + "assumed-role/" + std::string(parsed->role) + "/other", {}, {}, true});
        }
        for (const EntryOf& other : entries_) {  // those of users that are named, too
          const std::string_view behind = texts_.view(other.entry.value);
          if (federated && behind.starts_with(user)) people.push_back({text, {}, std::string(behind), true});
        }
      } else if (glob::has_symbol(text)) {
        people.push_back({text, {}, {}, false});
      }
      if (!wild) break;
    }
  }
  std::stable_partition(people.begin(), people.end(), [](const Person& p) { return p.real; });
  return people;
}

Bdd::Node Principals::node(Match match, const char* what, const std::string& name, const std::vector<GapId>& gaps) {
  if (match == Match::yes) return Bdd::yes;
  if (match == Match::no) return Bdd::no;
  return unknowns_.reading(what, name, gaps.empty() ? rules_.wildcard_principal : gaps.front());
}

Bdd::Node Principals::value(const ElementOf& element, const Caller& caller) {
  std::vector<GapId> gaps;
  const Why why{&gaps};
  const auto reading = PrincipalReading::ordinary;
  if (element.negated) {
    const Match m = overall(element.whole.matches(caller, element.effect, reading, rules_, why));
    return node(m, "not principal", element.name, gaps);
  }
  Bdd::Node any = Bdd::no;
  for (const std::uint32_t e : element.entries) {
    gaps.clear();
    const Match m = overall(entries_[e].matcher.matches(caller, element.effect, reading, rules_, why));
    any = bdd_.either(any, node(m, "principal", entries_[e].name, gaps));
  }
  return any;
}

void Principals::build() {
  std::set<std::vector<Bdd::Node>> seen;  // those that exist come first
  for (const Person& person : people()) {
    Context context;
    if (!person.user_id.empty()) context.set("aws:userid", person.user_id);
    if (!person.principal_arn.empty()) context.set("aws:PrincipalArn", person.principal_arn);
    Caller caller;
    caller.context = &context;
    caller.user_arn = person.principal_arn;
    if (const auto parsed = parse_principal(person.text)) {
      caller.principal = *parsed;
    } else {
      caller.principal = {PrincipalType::role, person.text, {}, {}, Truth::no};
    }
    std::vector<Bdd::Node> values;
    values.reserve(elements_.size());
    for (const ElementOf& element : elements_) values.push_back(value(element, caller));
    if (seen.insert(values).second) classes_.push_back({person, std::move(values)});
  }
}

}  // namespace sallyport::iam::sets
