#include "library/solver/principals.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace sallyport::solver {

namespace {

using Sort = Caller::Sort;

struct Arn {
  bool is = false;
  std::string service, account, rest;
};

Arn read_arn(const std::string& text) {
  Arn arn;
  const std::size_t end = after_fifth_colon(text);
  if (text.rfind("arn:", 0) != 0 || end == text.size()) return arn;
  arn.is = true;
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i + 1 < end; ++i) {
    if (text[i] == ':') {
      parts.emplace_back();
    } else {
      parts.back() += text[i];
    }
  }
  arn.service = parts.at(2);
  arn.account = parts.at(4);
  arn.rest = text.substr(end);
  return arn;
}

// The account that an entry names: twelve digits, or the ARN of its root user.
std::string account_of(const std::string& entry) {
  if (entry.size() == 12 && entry.find_first_not_of("0123456789") == std::string::npos) return entry;
  const Arn arn = read_arn(entry);
  return arn.is && arn.rest == "root" ? arn.account : "";
}

bool starts(const std::string& text, const char* start) { return text.rfind(start, 0) == 0; }

// `role/path/NAME` and `assumed-role/NAME/session`.
std::string role_name(const Arn& arn) {
  if (starts(arn.rest, "role/")) return arn.rest.substr(arn.rest.rfind('/') + 1);
  const std::size_t begin = arn.rest.find('/') + 1;
  return arn.rest.substr(begin, arn.rest.find('/', begin) - begin);
}

constexpr const char* nobodys = "999900001111";

}  // namespace

Principals::Principals(z3::context& z, Place place, const Json& older, const Json& newer)
    : z_(z), place_(place), who_(z.int_const("who")) {
  if (place == Place::identity) {
    add(Sort::user, std::string("arn:aws:iam::") + nobodys + ":user/nobody", nobodys);
    return;
  }
  add(Sort::anonymous, "anonymous", "");
  add(Sort::service, "nothing.amazonaws.com", "");
  add(Sort::provider, std::string("arn:aws:iam::") + nobodys + ":saml-provider/nobody", "");
  scan(older);
  scan(newer);
  std::set<std::string> accounts = {nobodys};
  for (const Caller& caller : callers_) accounts.insert(caller.account);
  accounts.erase("");
  for (const std::string& account : accounts) {
    const std::string iam = "arn:aws:iam::" + account + ":";
    add(Sort::root, iam + "root", account);
    add(Sort::user, iam + "user/nobody-in-particular", account);
    add(Sort::role, iam + "role/nobody-in-particular", account);
  }
}

void Principals::add(Sort sort, const std::string& name, const std::string& account) {
  for (const Caller& caller : callers_) {
    if (caller.name == name) return;
  }
  callers_.push_back({sort, name, account, sort == Sort::session});
}

void Principals::scan(const Json& document) {
  const Json statements = document.value("Statement", Json::array());
  for (const Json& statement : statements.is_array() ? statements : Json::array({statements})) {
    const Json condition = statement.value("Condition", Json::object());
    for (const auto& [written, tests] : condition.items()) {
      for (const auto& [key, values] : tests.items()) {
        tests_principal_arn_ = tests_principal_arn_ || lower_case(key) == "aws:principalarn";
      }
    }
    for (const char* element : {"Principal", "NotPrincipal"}) {
      if (!statement.contains(element) || !statement[element].is_object()) continue;
      for (const auto& [type, list] : statement[element].items()) {
        for (const std::string& name : texts_of(list)) {
          if (type == "Service") add(Sort::service, name, "");
          if (type == "Federated") add(Sort::provider, name, "");
          if (type != "AWS" || name == "*") continue;
          const std::string account = account_of(name);
          const Arn arn = read_arn(name);
          if (!account.empty()) {
            add(Sort::root, "arn:aws:iam::" + account + ":root", account);
          } else if (arn.is && starts(arn.rest, "user/")) {
            add(Sort::user, name, arn.account);
          } else if (arn.is && starts(arn.rest, "role/")) {
            add(Sort::role, name, arn.account);
          } else if (arn.is && starts(arn.rest, "assumed-role/")) {
            add(Sort::session, name, arn.account);
          } else if (arn.is && starts(arn.rest, "federated-user/")) {
            add(Sort::federated, name, arn.account);
          }
        }
      }
    }
  }
}

Principals::Ways Principals::one(const std::string& type, const std::string& name, const Caller& caller) const {
  Ways ways;
  if (type == "Service" && caller.sort == Sort::service && name == caller.name) ways.self = Says::yes;
  if (type == "Federated" && caller.sort == Sort::provider && name == caller.name) ways.self = Says::yes;
  if (type == "CanonicalUser" && !caller.account.empty()) ways.account = Says::maybe;
  if (type != "AWS") return ways;
  if (name == "*") {
    ways.everyone = Says::yes;
    return ways;
  }
  const std::string account = account_of(name);
  if (!account.empty()) {
    // EP-2: through a gateway endpoint an account means its root user only.
    const bool same = account == caller.account;
    const bool certain = place_ != Place::endpoint || caller.sort == Sort::root;
    if (same) ways.account = certain ? Says::yes : Says::maybe;
    return ways;
  }
  const Arn arn = read_arn(name);
  const Says yes = place_ == Place::endpoint ? Says::maybe : Says::yes;
  // AWS refuses what is neither; so nobody knows whom it would mean.
  const bool understood = arn.is && (starts(arn.rest, "user/") || starts(arn.rest, "role/") ||
                                     starts(arn.rest, "assumed-role/") || starts(arn.rest, "federated-user/"));
  if (!understood || name.find_first_of("*?") != std::string::npos) {
    if (!caller.account.empty()) ways.self = Says::maybe;
    return ways;
  }
  if (name == caller.name) (caller.sort == Sort::role ? ways.role : ways.self) = yes;
  if (caller.account.empty() || arn.account != caller.account) return ways;
  if (caller.sort == Sort::session && starts(arn.rest, "role/") && role_name(arn) == role_name(read_arn(caller.name))) {
    ways.role = yes;
  }
  if (caller.sort == Sort::federated && starts(arn.rest, "user/")) ways.role = Says::maybe;
  return ways;
}

Principals::Ways Principals::listed(const Json& principal, const Caller& caller) const {
  Ways all;
  if (principal.is_string()) {
    all.everyone = principal == "*" ? Says::yes : Says::maybe;  // AWS's grammar knows `"*"` only
    return all;
  }
  for (const auto& [type, list] : principal.items()) {
    const std::vector<std::string> names = texts_of(list);
    if (names.empty()) all.everyone = std::max(all.everyone, Says::maybe);
    for (const std::string& name : names) {
      const Ways ways = one(type, name, caller);
      all = {std::max(all.self, ways.self), std::max(all.role, ways.role), std::max(all.account, ways.account),
             std::max(all.everyone, ways.everyone)};
    }
  }
  return all;
}

// EV-6: does a Deny with NotPrincipal leave the caller alone? Account, role and session together.
Principals::Says Principals::spares(const Json& principal, const Caller& caller) const {
  const Ways ways = listed(principal, caller);
  if (ways.everyone == Says::yes) return Says::yes;
  const auto at_most = [](Says a, Says b) { return std::min(a, b); };
  switch (caller.sort) {
    case Sort::root: return ways.account;
    case Sort::role:
    case Sort::session: {
      // A role without a session of its own name can never be listed whole.
      const Says whole = at_most(at_most(ways.self, ways.role), ways.account);
      return whole == Says::yes ? whole : at_most(std::max(ways.self, ways.role), Says::maybe);
    }
    case Sort::user: return ways.account == Says::yes ? ways.self : at_most(ways.self, Says::maybe);
    case Sort::federated: return at_most(std::max(ways.self, ways.role), Says::maybe);
    case Sort::service:
    case Sort::provider:
    case Sort::anonymous: return ways.self;
  }
  return Says::maybe;
}

Three Principals::means(const Json& statement) const {
  const bool with = statement.contains("Principal"), without = statement.contains("NotPrincipal");
  if (place_ == Place::identity) {
    return with || without ? open(z_, "a principal in an identity policy") : Three::sure(z_, true);
  }
  if (!with && !without) return open(z_, "no principal");
  const Json& element = statement[with ? "Principal" : "NotPrincipal"];
  const bool deny = statement.value("Effect", "") == "Deny";
  z3::expr_vector surely(z_), perhaps(z_);
  for (std::size_t i = 0; i < callers_.size(); ++i) {
    Says says = with || !deny ? listed(element, callers_[i]).any() : spares(element, callers_[i]);
    if (without) says = says == Says::yes ? Says::no : says == Says::no ? Says::yes : Says::maybe;
    const z3::expr is = who_ == static_cast<int>(i);
    if (says == Says::yes) surely.push_back(is);
    if (says != Says::no) perhaps.push_back(is);
  }
  const z3::expr low = z3::mk_or(surely);
  if (surely.size() == perhaps.size()) return Three::sure(low);
  return open(low, z3::mk_or(perhaps), (with ? "principal " : deny ? "deny but " : "allow but ") + element.dump());
}

z3::expr Principals::domain(bool core) const {
  z3::expr_vector all(z_);
  all.push_back(who_ >= 0 && who_ < static_cast<int>(callers_.size()));
  for (std::size_t i = 0; core && tests_principal_arn_ && i < callers_.size(); ++i) {
    if (callers_[i].by_name_only) all.push_back(who_ != static_cast<int>(i));
  }
  return z3::mk_and(all);
}

}  // namespace sallyport::solver
