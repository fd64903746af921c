// Elements, their types, and names that stand twice.
//
// Source: IAM User Guide, reference_policies_grammar.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

using Kind = PolicySource::Kind;

constexpr std::array document_elements = {"Version", "Id", "Statement"};
constexpr std::array statement_elements = {"Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
                                           "NotAction", "Resource", "NotResource", "Condition"};
constexpr std::array principal_kinds = {"AWS", "Service", "Federated", "CanonicalUser"};

const char* word(Kind kind) {
  switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "a boolean";
    case Kind::number: return "a number";
    case Kind::string: return "a string";
    case Kind::array: return "a list";
    case Kind::object: return "an object";
  }
  return "something else";
}

const std::vector<std::string>& operator_names() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list;
    for (const char* base : {"StringEquals",
                             "StringNotEquals",
                             "StringEqualsIgnoreCase",
                             "StringNotEqualsIgnoreCase",
                             "StringLike",
                             "StringNotLike",
                             "NumericEquals",
                             "NumericNotEquals",
                             "NumericLessThan",
                             "NumericLessThanEquals",
                             "NumericGreaterThan",
                             "NumericGreaterThanEquals",
                             "DateEquals",
                             "DateNotEquals",
                             "DateLessThan",
                             "DateLessThanEquals",
                             "DateGreaterThan",
                             "DateGreaterThanEquals",
                             "Bool",
                             "BinaryEquals",
                             "IpAddress",
                             "NotIpAddress",
                             "ArnEquals",
                             "ArnLike",
                             "ArnNotEquals",
                             "ArnNotLike"}) {
      for (const char* quantifier : {"", "ForAllValues:", "ForAnyValue:"}) {
        for (const char* end : {"", "IfExists"}) list.push_back(std::string(quantifier) + base + end);
      }
    }
    list.emplace_back("Null");
    return list;
  }();
  return all;
}

class Structure {
 public:
  explicit Structure(Work& work) : work_(work), source_(work.source()) {}

  void check() {
    if (!source_.is(0, Kind::object)) {
      work_.found("wrong-type", 0, std::string("a policy document is an object, not ") + word(source_[0].kind));
      return;
    }
    for (Index m = source_.first(0); m < source_[0].end; m = source_[m].end) known(m, document_elements, nullptr);
    version();
    const Index list = work_.outline().statement_at;
    if (list == 0) {
      work_.found("missing-element", 0, "the document has no `Statement`");
      return;
    }
    if (source_.is(list, Kind::array)) {
      if (source_.first(list) == source_[list].end) {
        work_.found("empty-list", list, "`Statement` is an empty list: the document says nothing");
      }
      std::uint32_t number = 0;
      for (Index s = source_.first(list); s < source_[list].end; s = source_[s].end) statement(s, ++number);
    } else {
      statement(list, 1);
    }
    sids();
  }

 private:
  void found(const char* id, Index at, std::string message, bool at_name = false) {
    work_.found(id, at, std::move(message), statement_.number == 0 ? nullptr : &statement_, at_name);
  }

  template <std::size_t n>
  bool known(Index m, const std::array<const char*, n>& names, const char* where) {
    const std::string& name = source_[m].name;
    if (source_[m].repeated) {
      found("duplicate-key", m, quote(name) + " stands twice" + (where == nullptr ? "" : where), true);
      return false;
    }
    if (std::find(names.begin(), names.end(), name) != names.end()) return true;
    const auto same =
        std::find_if(names.begin(), names.end(), [&](const char* other) { return equals_ignoring_case(other, name); });
    if (same != names.end()) {
      found("wrong-case", m, quote(name) + " is written `" + *same + "`", true);
      return false;
    }
    const std::string meant = work_.meant(name, [&] { return std::vector<std::string>(names.begin(), names.end()); });
    found("unknown-element", m, quote(name) + " is no element of a policy" + meant, true);
    return false;
  }

  void version() {
    const Index at = work_.outline().version_at;
    if (at == 0) {
      if (source_.member(0, "version") == 0) {
        work_.found("missing-version", 0,
                    "there is no `Version`, so the language of 2008-10-17 applies, which knows no variables");
      }
      return;
    }
    const std::string& text = source_[at].text;
    if (!source_.is(at, Kind::string) || (text != "2012-10-17" && text != "2008-10-17")) {
      work_.found("unknown-version", at,
                  quote(text) + " is no version of the policy language: 2012-10-17 or 2008-10-17");
    } else if (text == "2008-10-17") {
      work_.found("old-version", at, "version 2008-10-17 knows no variables; 2012-10-17 is the current one");
    }
  }

  void statement(Index at, std::uint32_t number) {
    statement_ = StatementView();
    statement_.number = number;
    if (is_function(source_, at)) return;
    if (!source_.is(at, Kind::object)) {
      found("wrong-type", at, std::string("a statement is an object, not ") + word(source_[at].kind));
      statement_ = StatementView();
      return;
    }
    for (const StatementView& s : work_.outline().statements) {
      if (s.at == at) statement_ = s;
    }
    for (Index m = source_.first(at); m < source_[at].end; m = source_[m].end)
      known(m, statement_elements, " in the statement");
    effect(at);
    exclusive(at);
    strings(statement_.action_at, "Action");
    strings(statement_.not_action_at, "NotAction");
    strings(statement_.resource_at, "Resource");
    strings(statement_.not_resource_at, "NotResource");
    principal(statement_.principal_at);
    principal(statement_.not_principal_at);
    condition(statement_.condition_at);
    if (statement_.sid_at != 0 && !source_.is(statement_.sid_at, Kind::string) &&
        !is_function(source_, statement_.sid_at)) {
      found("wrong-type", statement_.sid_at,
            std::string("`Sid` is a string, not ") + word(source_[statement_.sid_at].kind));
    }
    statement_ = StatementView();
  }

  bool written_otherwise(Index at, std::string_view name) const {
    for (Index m = source_.first(at); m < source_[at].end; m = source_[m].end) {
      if (equals_ignoring_case(source_[m].name, name)) return true;
    }
    return false;
  }

  void effect(Index at) {
    if (statement_.effect_at == 0) {
      if (!written_otherwise(at, "Effect")) found("missing-element", at, "the statement has no `Effect`");
      return;
    }
    const std::string& text = source_[statement_.effect_at].text;
    if (text == "Allow" || text == "Deny" || is_function(source_, statement_.effect_at)) return;
    const bool by_case = equals_ignoring_case(text, "Allow") || equals_ignoring_case(text, "Deny");
    found(by_case ? "wrong-case" : "wrong-type", statement_.effect_at,
          "`Effect` is `Allow` or `Deny`, not " + quote(text));
  }

  void exclusive(Index at) {
    const auto both = [&](Index a, Index b, const char* name) {
      if (a != 0 && b != 0) {
        found("exclusive-elements", b, std::string("`") + name + "` and `Not" + name + "` exclude each other", true);
      }
    };
    both(statement_.action_at, statement_.not_action_at, "Action");
    both(statement_.resource_at, statement_.not_resource_at, "Resource");
    both(statement_.principal_at, statement_.not_principal_at, "Principal");
    if (statement_.action_at == 0 && statement_.not_action_at == 0 && !written_otherwise(at, "Action") &&
        !written_otherwise(at, "NotAction")) {
      found("missing-element", at, "the statement has no `Action`");
    }
  }

  // A string, or a list of strings.
  void strings(Index at, const std::string& name, bool scalars = false) {
    if (at == 0 || is_function(source_, at)) return;
    const auto fits = [&](Index v) {
      return source_.is(v, Kind::string) || is_function(source_, v) ||
             (scalars && (source_.is(v, Kind::boolean) || source_.is(v, Kind::number)));
    };
    if (!source_.is(at, Kind::array)) {
      if (!fits(at))
        found("wrong-type", at, quote(name) + " is a string or a list of strings, not " + word(source_[at].kind));
      return;
    }
    if (source_.first(at) == source_[at].end) found("empty-list", at, quote(name) + " is an empty list");
    std::set<std::string_view> seen;
    for (Index v = source_.first(at); v < source_[at].end; v = source_[v].end) {
      if (!fits(v)) {
        found("wrong-type", v, std::string("an item of ") + quote(name) + " is a string, not " + word(source_[v].kind));
      } else if (source_.is(v, Kind::string) && !seen.insert(source_[v].text).second) {
        found("repeated-value", v, quote(source_[v].text) + " stands twice in the list");
      }
    }
  }

  void principal(Index at) {
    if (at == 0 || is_function(source_, at)) return;
    if (source_.is(at, Kind::string)) {
      if (source_[at].text != "*") {
        found(
            "wrong-type", at,
            "a principal is `\"*\"` or an object such as `{\"AWS\": ...}`, not the string " + quote(source_[at].text));
      }
      return;
    }
    if (!source_.is(at, Kind::object)) {
      found("wrong-type", at,
            std::string("a principal is `\"*\"` or an object such as `{\"AWS\": ...}`, not ") + word(source_[at].kind));
      return;
    }
    if (source_.first(at) == source_[at].end) found("empty-list", at, "the object names no principal");
    for (Index m = source_.first(at); m < source_[at].end; m = source_[m].end) {
      if (known(m, principal_kinds, " among the principals")) strings(m, source_[m].name, source_[m].name == "AWS");
    }
  }

  void condition(Index at) {
    if (at == 0 || is_function(source_, at)) return;
    if (!source_.is(at, Kind::object)) {
      found("wrong-type", at, std::string("`Condition` is an object, not ") + word(source_[at].kind));
      return;
    }
    repeats(at, "operator");
    for (Index o = source_.first(at); o < source_[at].end; o = source_[o].end) {
      const std::string& name = source_[o].name;
      if (is_function(source_, o) || name.starts_with("Fn::")) continue;
      if (!parse_operator(name)) {
        found("unknown-operator", o, quote(name) + " is no condition operator" + work_.meant(name, operator_names),
              true);
        continue;
      }
      if (!source_.is(o, Kind::object)) {
        found("wrong-type", o, quote(name) + " holds an object of condition keys, not " + word(source_[o].kind));
        continue;
      }
      if (source_.first(o) == source_[o].end) found("empty-list", o, quote(name) + " holds no condition key");
      repeats(o, "condition key");
      for (Index k = source_.first(o); k < source_[o].end; k = source_[k].end) strings(k, source_[k].name, true);
    }
  }

  // Names that repeat an earlier one, also in another case: which of them counts, AWS does not say.
  void repeats(Index at, const char* what) {
    std::map<std::string, Index> seen;
    for (Index m = source_.first(at); m < source_[at].end; m = source_[m].end) {
      const auto [other, first] = seen.emplace(lower(source_[m].name), m);
      if (first) continue;
      if (source_[m].repeated) {
        found("duplicate-key", m, std::string(what) + " " + quote(source_[m].name) + " stands twice", true);
      } else {
        found("duplicate-condition-key", m,
              std::string(what) + " " + quote(source_[m].name) + " stands twice, the first time as " +
                  quote(source_[other->second].name),
              true);
      }
    }
  }

  // Ids of statements. Their alphabet is IAM's own rule; other services take more.
  void sids() {
    std::map<std::string_view, std::uint32_t> seen;
    const bool iam = work_.for_identities() || work_.use() == PolicyUse::trust;
    for (const StatementView& s : work_.outline().statements) {
      if (s.sid_at == 0 || !source_.is(s.sid_at, Kind::string) || s.sid.empty()) continue;
      const auto [first, fresh] = seen.emplace(s.sid, s.number);
      if (!fresh) {
        work_.found("duplicate-sid", s.sid_at,
                    quote(s.sid) + " is the id of statement " + std::to_string(first->second) + ", too", &s);
      }
      const bool plain = std::all_of(s.sid.begin(), s.sid.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      });
      if (iam && work_.use() != PolicyUse::scp && !plain) {
        work_.found("sid-characters", s.sid_at, "an id of IAM holds letters and digits only, not " + quote(s.sid), &s);
      }
    }
  }

  Work& work_;
  const PolicySource& source_;
  StatementView statement_;
};

}  // namespace

void check_structure(Work& work) { Structure(work).check(); }

}  // namespace sallyport::iam::lint
