#include "library/iam/naive_statement.h"

#include <nlohmann/json.hpp>

#include "library/iam/naive_condition.h"

namespace sallyport::naive::iam {

namespace {

std::vector<std::string> split(const std::string& text, char separator, std::size_t limit) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator && parts.size() < limit) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// The last name of `role/path/NAME`.
std::string last_name(const std::string& arn) { return arn.substr(arn.rfind('/') + 1); }

std::string account_of(const std::string& principal) {
  if (principal.size() == 12 && principal.find_first_not_of("0123456789") == std::string::npos) return principal;
  const std::vector<std::string> parts = split(principal, ':', 6);
  return parts.size() == 6 && parts[5] == "root" ? parts[4] : "";
}

// One ARN of the "AWS" list, by the rules of resource policies.
Named by_arn(const std::string& listed, const Caller& caller) {
  Named named;
  const std::vector<std::string> parts = split(listed, ':', 6);
  const bool same_account = parts.size() == 6 && parts[4] == caller.account;
  switch (caller.sort) {
    case Sort::user: named.directly = sure(listed == caller.name); break;
    case Sort::role:  // "some session of it that no policy names"
      named.role = sure(listed == caller.name);
      break;
    case Sort::session:
      named.directly = sure(listed == caller.name);
      if (!caller.role.empty()) {
        named.role = sure(listed == caller.role);
      } else if (same_account && parts[2] == "iam" && starts_with(parts[5], "role/")) {
        // MA-5: the session's ARN lacks the role's path, but names are unique in an account, and a
        // policy that names a role which does not exist could not be saved.
        const std::string name = split(split(caller.name, ':', 6)[5], '/', 3)[1];
        named.role = sure(last_name(parts[5]) == name);
      }
      break;
    case Sort::federated_user:
      named.directly = sure(listed == caller.name);
      // The fourth row of ResDirect: which user is behind the session, the request does not say.
      if (same_account && parts[2] == "iam" && starts_with(parts[5], "user/")) named.role = Kleene::unknown;
      break;
    default: break;
  }
  return named;
}

Named merge(Named a, const Named& b) {
  return {either(a.directly, b.directly), either(a.role, b.role), either(a.account, b.account),
          either(a.everyone, b.everyone)};
}

Named limit(Named a, Kleene by) {
  return {both(a.directly, by), both(a.role, by), both(a.account, by), both(a.everyone, by)};
}

Named named_by(const Json& principal, const Caller& caller, PolicyKind kind) {
  Named named;
  if (principal.is_string()) {
    named.everyone = sure(principal == "*");
    return named;
  }
  const bool gateway = kind == PolicyKind::gateway_endpoint;
  for (const auto& [type, list] : principal.items()) {
    if (list.empty()) named.everyone = Kleene::unknown;
    for (const std::string& listed : strings(list)) {
      if (type == "Service")
        named.directly = either(named.directly, sure(caller.sort == Sort::service && caller.name == listed));
      if (type == "Federated")
        named.directly = either(named.directly, sure(caller.sort == Sort::provider && caller.name == listed));
      if (type == "CanonicalUser" && !caller.account.empty()) named.account = either(named.account, Kleene::unknown);
      if (type != "AWS") continue;
      const std::string account = account_of(listed);
      if (listed == "*") {
        named.everyone = Kleene::yes;
      } else if (!account.empty()) {
        // EP-2: in a gateway endpoint's policy an account means its root user only.
        const bool meant = account == caller.account && (!gateway || caller.sort == Sort::root);
        named.account = either(named.account, sure(meant));
      } else if (gateway) {
        // EP-2: the ARN turned into a unique id; whether that matches is not known.
        named = merge(named, limit(by_arn(listed, caller), Kleene::unknown));
      } else {
        named = merge(named, by_arn(listed, caller));
      }
    }
  }
  return named;
}

// Does a Deny with NotPrincipal spare the caller? EV-6: account, role and session must be listed together.
Kleene spared(const Json& listed, const Caller& caller, PolicyKind kind) {
  const Named named = named_by(listed, caller, kind);
  if (named.everyone == Kleene::yes) return Kleene::yes;
  const Kleene self = caller.sort == Sort::role ? named.role : named.directly;
  Kleene spared = self;
  if (caller.sort == Sort::root) {
    spared = named.account;
  } else if (caller.sort == Sort::role || caller.sort == Sort::session) {
    // All three: spared. Neither the role nor the session: denied. Else AWS says "might".
    const Kleene together = both(both(named.directly, named.role), named.account);
    spared = together == Kleene::yes ? Kleene::yes : both(either(named.directly, named.role), Kleene::unknown);
  } else if (caller.sort == Sort::federated_user) {
    spared = both(either(self, named.role), Kleene::unknown);
  } else if (caller.sort == Sort::user) {
    // Without its account the user "might" be denied all the same.
    spared = named.account == Kleene::yes ? self : both(self, Kleene::unknown);
  }
  return both(spared, negation(caller.boundary));  // EV-6: with a boundary always denied
}

Kleene action_of(const Json& statement, const std::string& action) {
  const bool inverse = statement.contains("NotAction");
  const std::vector<std::string> patterns = strings(statement.value(inverse ? "NotAction" : "Action", Json::array()));
  if (patterns.empty()) return Kleene::unknown;
  bool listed = false;
  for (const std::string& pattern : patterns) listed = listed || action_matches(pattern, action);
  return sure(listed != inverse);
}

Kleene resource_of(const Json& statement, bool variables, PolicyKind kind, const Question& question) {
  const bool inverse = statement.contains("NotResource");
  if (!inverse && !statement.contains("Resource")) {
    // A trust policy is about its role and names no resource; elsewhere the element is missing.
    return kind == PolicyKind::role_trust ? Kleene::yes : Kleene::unknown;
  }
  Kleene listed = Kleene::no;
  bool without_value = false;
  const std::vector<std::string> texts = strings(statement[inverse ? "NotResource" : "Resource"]);
  if (texts.empty()) return Kleene::unknown;
  for (const std::string& text : texts) {
    const Filled filled = fill(text, {variables, true}, question.context, resource_part(text));
    const bool known = filled.filled == Kleene::yes;
    listed = either(listed, known ? resource_matches(filled.pattern, question.resource) : filled.filled);
    without_value = without_value || filled.filled == Kleene::no;
  }
  if (!inverse) return listed;
  // AWS: a variable that cannot be resolved "might cause the entire statement to be invalid".
  return both(negation(listed), without_value ? Kleene::unknown : Kleene::yes);
}

void add_statement(const Json& statement, bool variables, PolicyKind kind, const Question& question, Says& says) {
  Kleene applies = both(action_of(statement, question.action), resource_of(statement, variables, kind, question));
  const Json condition = statement.value("Condition", Json::object());
  applies = both(applies, condition_holds(condition, question.context, variables));
  const bool deny = statement.at("Effect") == "Deny";

  Named named;
  if (kind == PolicyKind::identity) {
    named.directly = Kleene::yes;
  } else if (statement.contains("Principal")) {
    named = named_by(statement["Principal"], question.caller, kind);
  } else if (deny) {
    named.everyone = negation(spared(statement.at("NotPrincipal"), question.caller, kind));
  } else {
    named.everyone = negation(named_by(statement.at("NotPrincipal"), question.caller, kind).any());
  }
  // The sixth row of ResDirect: `"*"` narrowed by aws:PrincipalArn counts like a direct grant.
  if (names_principal_arn(condition)) named.directly = either(named.directly, named.everyone);

  named = limit(named, applies);
  if (deny) {
    says.deny = either(says.deny, named.any());
  } else {
    says.allow = either(says.allow, named.any());
    says.by = merge(says.by, named);
  }
}

}  // namespace

Caller read_caller(const Json& line, const Context& context) {
  Caller caller;
  caller.name = line.at("request").at("principal").get<std::string>();
  const std::vector<std::string> parts = split(caller.name, ':', 6);
  const bool with_provider = starts_with(lower(line["request"].at("action").get<std::string>()), "sts:assumerolewith");
  const std::string rest = parts.size() == 6 ? parts[5] : "";
  if (caller.name == "anonymous") return caller;
  if (parts.size() != 6) {
    caller.sort = with_provider ? Sort::provider : Sort::service;
    return caller;
  }
  caller.account = parts[4];
  caller.sort = Sort::root;
  if (starts_with(rest, "user/")) caller.sort = Sort::user;
  if (starts_with(rest, "role/")) caller.sort = Sort::role;
  if (starts_with(rest, "assumed-role/")) caller.sort = Sort::session;
  if (starts_with(rest, "federated-user/")) caller.sort = Sort::federated_user;
  if (starts_with(rest, "saml-provider/") || starts_with(rest, "oidc-provider/")) {
    caller.sort = Sort::provider;
    caller.account.clear();  // SC-1 speaks of users, roles and root: a provider is none of them
  }
  if (caller.sort == Sort::role) caller.role = caller.name;
  const auto given = context.find("aws:principalarn");
  if (caller.sort == Sort::session && given != context.end() && given->second.size() == 1) {
    caller.role = given->second.front();
  }
  if (caller.sort == Sort::session && caller.role.empty()) {
    // The path is not in the session's ARN; the names of service-linked roles begin so.
    if (starts_with(rest, "assumed-role/AWSServiceRoleFor")) caller.service_linked = Kleene::unknown;
  } else {
    caller.service_linked = sure(caller.role.find(":role/aws-service-role/") != std::string::npos);
  }
  const Json boundary = line.value("permissionBoundary", Json());
  if (caller.is_identity() && !boundary.is_null()) {
    caller.boundary = boundary.is_string() ? Kleene::unknown : Kleene::yes;
  }
  return caller;
}

Says ask(const Json& documents, PolicyKind kind, const Question& question) {
  Says says;
  if (documents.is_null()) return says;
  if (documents.is_string()) {  // "unknown": not collected, so it may say anything
    says.deny = says.allow = Kleene::unknown;
    says.by = {Kleene::unknown, Kleene::unknown, Kleene::unknown, Kleene::unknown};
    return says;
  }
  if (documents.is_array()) {
    for (const Json& document : documents) {
      const Says one = ask(document, kind, question);
      says = {either(says.deny, one.deny), either(says.allow, one.allow), merge(says.by, one.by)};
    }
    return says;
  }
  const bool variables = documents.value("Version", "2008-10-17") == "2012-10-17";
  const Json statements = documents.value("Statement", Json::array());
  for (const Json& statement : statements.is_array() ? statements : Json::array({statements})) {
    add_statement(statement, variables, kind, question, says);
  }
  return says;
}

}  // namespace sallyport::naive::iam
