#include "library/iam/naive.h"

#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "library/iam/naive_condition.h"
#include "library/iam/naive_statement.h"

namespace sallyport::naive::iam {

namespace {

// RC-5, as listed there.
const std::set<std::string> rcp_services = {"appstream",
                                            "dsql",
                                            "clouddirectory",
                                            "cloudfront",
                                            "cloudsearch",
                                            "logs",
                                            "networkmonitor",
                                            "cognito-identity",
                                            "cognito-idp",
                                            "comprehend",
                                            "comprehendmedical",
                                            "firehose",
                                            "dynamodb",
                                            "dax",
                                            "autoscaling",
                                            "ecr",
                                            "ecr-public",
                                            "gamelift",
                                            "inspector-scan",
                                            "kendra",
                                            "kinesisvideo",
                                            "memorydb",
                                            "aoss",
                                            "personalize",
                                            "polly",
                                            "s3",
                                            "swf",
                                            "sqs",
                                            "textract",
                                            "timestream-influxdb",
                                            "transcribe",
                                            "translate",
                                            "workspaces",
                                            "appconfig",
                                            "autoscaling-plans",
                                            "budgets",
                                            "servicediscovery",
                                            "cloudtrail-data",
                                            "codeartifact",
                                            "codebuild",
                                            "codecommit",
                                            "codepipeline",
                                            "compute-optimizer",
                                            "cost-optimization-hub",
                                            "events",
                                            "fms",
                                            "fis",
                                            "health",
                                            "rolesanywhere",
                                            "kms",
                                            "opensearch",
                                            "pricing",
                                            "pca-connector-ad",
                                            "resource-groups",
                                            "secretsmanager",
                                            "sts",
                                            "signin",
                                            "support",
                                            "transfer",
                                            "notifications",
                                            "wafv2",
                                            "xray"};

// What a layer is called in the answer, and what it contributes to the formula.
struct Layer {
  bool applies = false;
  Kleene deny = Kleene::no;
  Kleene allow = Kleene::yes;  // a layer that does not apply stops nothing
};

std::string word(Kleene deny, Kleene allow) {
  if (deny == Kleene::yes) return "deny";
  if (deny == Kleene::unknown) return "unknown";
  return allow == Kleene::yes ? "allow" : allow == Kleene::unknown ? "unknown" : "none";
}

Layer layer_of(const Says& says) { return {true, says.deny, says.allow}; }

// Whether the layer applies at all may itself not be known.
Layer if_it_applies(Layer layer, Kleene applies) {
  if (applies == Kleene::no) return {};
  if (applies == Kleene::yes) return layer;
  return {true, both(layer.deny, Kleene::unknown), either(layer.allow, Kleene::unknown)};
}

// EV-3: every level must allow. `rcp`: RCPFullAWSAccess stands at every level (EV-2), and AWS accepts
// only documents of version 2012-10-17 (RC-3): what another one does is not known.
Layer levels_of(const Json& levels, const Question& question, PolicyKind kind, bool rcp) {
  if (levels.is_null() || levels.empty()) return {};  // in no organization
  Layer layer = {true, Kleene::no, Kleene::yes};
  for (const Json& level : levels.is_array() ? levels : Json::array({levels})) {
    Kleene allow = sure(rcp);
    for (const Json& document : level.is_array() ? level : Json::array({level})) {
      const Says says = ask(document, kind, question);
      const bool refused = rcp && document.is_object() && document.value("Version", "") != "2012-10-17";
      layer.deny = either(layer.deny, refused ? both(says.deny, Kleene::unknown) : says.deny);
      allow = either(allow, says.allow);
    }
    layer.allow = both(layer.allow, allow);
  }
  return layer;
}

// "Fixed values (values that don't contain a wildcard or a policy variable)". Where the letters `*`, `?`
// or `${` stand for themselves the page does not say whether they count.
Kleene fixed_value(const std::string& key, const std::string& value, bool wildcards, bool variables) {
  const bool star = value.find_first_of("*?") != std::string::npos;
  Kleene fixed = Kleene::yes;
  for (std::size_t at = value.find("${"); at != std::string::npos; at = value.find("${", at + 1)) {
    const bool letter = value.size() > at + 3 && value[at + 3] == '}' && std::strchr("*?$", value[at + 2]) != nullptr;
    if (variables && !letter) return Kleene::no;
    fixed = Kleene::unknown;
  }
  if (!star) return fixed;
  if (!wildcards || value.find("${*}") != std::string::npos || value.find("${?}") != std::string::npos) {
    return Kleene::unknown;
  }
  // "outside the pattern AROLEID:*": inside or outside is not said.
  const bool role = value.find_first_of("*?") == value.size() - 1 && value.size() > 1 && value[value.size() - 2] == ':';
  return key == "aws:userid" && role ? Kleene::unknown : Kleene::no;
}

// Does one line of a condition hold an Allow for everyone to fixed values of a key that S3's page on
// public access lists? IfExists, ForAllValues and negated operators let requests without the key in.
Kleene held_by(std::string op, const std::string& key, const Json& values, bool variables) {
  static const std::set<std::string> keys = {
      "aws:sourceip",         "aws:sourcearn",         "aws:sourcevpc",
      "aws:sourcevpce",       "aws:sourceowner",       "aws:sourceaccount",
      "aws:userid",           "aws:principalorgid",    "aws:principalarn",
      "aws:principalaccount", "s3:dataaccesspointarn", "s3:dataaccesspointaccount"};
  // Of these the page does not speak, though they fix as much.
  static const std::set<std::string> like_them = {"aws:vpcsourceip", "aws:username", "aws:principalorgpaths"};
  static const std::set<std::string> operators = {"stringequals", "stringlike", "arnequals", "arnlike", "ipaddress"};
  Kleene held = keys.count(key) > 0 ? Kleene::yes : like_them.count(key) > 0 ? Kleene::unknown : Kleene::no;
  if (starts_with(op, "foranyvalue:")) {
    op = op.substr(12);
    held = both(held, Kleene::unknown);
  }
  if (op == "stringequalsignorecase") {
    held = both(held, Kleene::unknown);
  } else if (operators.count(op) == 0) {
    return Kleene::no;
  }
  const std::vector<std::string> texts = strings(values);
  if (texts.empty()) return Kleene::unknown;
  for (const std::string& value : texts) {
    if (op == "ipaddress") {
      if (value.find("/0") != std::string::npos) held = Kleene::no;
    } else {
      held = both(held, fixed_value(key, value, op == "stringlike" || starts_with(op, "arn"), variables));
    }
  }
  return held;
}

bool empty_list(const Json& statement, const char* element) {
  return statement.contains(element) && statement[element].is_array() && statement[element].empty();
}

// Is the bucket policy public?
Kleene is_public(const Json& policy) {
  if (!policy.is_object()) return policy.is_null() ? Kleene::no : Kleene::unknown;
  const bool variables = policy.value("Version", "2008-10-17") == "2012-10-17";
  const Json statements = policy.value("Statement", Json::array());
  Kleene any = Kleene::no;
  for (const Json& statement : statements.is_array() ? statements : Json::array({statements})) {
    if (statement.at("Effect") != "Allow") continue;
    Kleene everyone = sure(statement.contains("NotPrincipal"));
    if (everyone == Kleene::no) {
      const Json& principal = statement.at("Principal");
      const Json listed = principal.is_object() ? principal.value("AWS", Json("nobody")) : principal;
      if (strings(listed).empty()) everyone = Kleene::unknown;
      for (const std::string& one : strings(listed)) everyone = either(everyone, sure(one == "*"));
    }
    // S3 accepts no statement with an empty list: whatever it may mean.
    Kleene granted = everyone;
    for (const char* element : {"Action", "NotAction", "Resource", "NotResource"}) {
      if (empty_list(statement, element)) granted = both(granted, Kleene::unknown);
    }
    const Json condition = statement.value("Condition", Json::object());
    for (const auto& [op, tests] : condition.items()) {
      for (const auto& [key, values] : tests.items()) {
        if (strings(values).empty()) granted = both(granted, Kleene::unknown);
        granted = both(granted, negation(held_by(lower(op), lower(key), values, variables)));
      }
    }
    any = either(any, granted);
  }
  return any;
}

struct Facts {
  Question question;
  std::string service;           // of the action, lower case
  std::string resource_account;  // empty: not known
  bool account_missing = false;
  bool trust = false;          // the resource policy is a role's trust policy
  bool explicit_only = false;  // a role or a key: its policy must allow explicitly
};

Facts facts_of(const Json& line) {
  Facts facts;
  const Json& request = line.at("request");
  Question& question = facts.question;
  const Json context = request.value("context", Json::object());
  for (const auto& [key, values] : context.items()) question.context[lower(key)] = strings(values);
  question.action = request.at("action").get<std::string>();
  question.resource = request.at("resource").get<std::string>();
  question.caller = read_caller(line, question.context);

  const std::string action = lower(question.action), &resource = question.resource;
  facts.service = action.substr(0, action.find(':'));
  const std::string part = resource.substr(resource_part(resource));
  facts.trust = facts.service == "sts" && starts_with(part, "role/");
  facts.explicit_only = facts.trust || (facts.service == "kms" && starts_with(part, "key/"));
  facts.resource_account = request.value("resourceAccount", "");
  if (facts.resource_account.empty() && resource == "*") facts.resource_account = question.caller.account;
  if (facts.resource_account.empty() && resource != "*") {
    const std::size_t end = resource_part(resource) - 1, begin = resource.rfind(':', end - 1) + 1;
    facts.resource_account = resource.substr(begin, end - begin);
    facts.account_missing = facts.resource_account.empty();
  }
  return facts;
}

// RC-1, RC-2, RC-5: is this request one that RCPs restrict?
Kleene rcp_restricts(const Json& line, const Facts& facts) {
  const std::string& resource = facts.question.resource;
  if (rcp_services.count(facts.service) == 0 || lower(facts.question.action) == "kms:retiregrant") {
    return Kleene::no;
  }
  if (facts.service == "kms" && resource.find(":alias/aws/") != std::string::npos) return Kleene::no;
  if (facts.trust && resource.find(":role/aws-service-role/") != std::string::npos) return Kleene::no;
  const std::string management = line.value("managementAccount", "");
  if (facts.resource_account.empty()) return management.empty() ? Kleene::yes : Kleene::unknown;
  return sure(management != facts.resource_account);
}

struct Layers {
  Layer identity, resource, boundary, session, scp, rcp, endpoint, block;
  Named by;  // how the resource policy's Allow statements name the caller
};

Layers layers_of(const Json& line, const Facts& facts) {
  Layers layers;
  const Question& question = facts.question;
  const Caller& caller = question.caller;
  const auto document = [&](const char* key) { return line.value(key, Json()); };

  // Root has none of these, but what is given counts as far as it denies (EV-5).
  if (caller.is_identity() || (caller.sort == Sort::root && !document("identityPolicies").empty())) {
    layers.identity = layer_of(ask(document("identityPolicies"), PolicyKind::identity, question));
  }
  if (caller.is_identity()) {
    if (!document("permissionBoundary").is_null()) {
      layers.boundary = layer_of(ask(document("permissionBoundary"), PolicyKind::identity, question));
    }
    // A list of none is like none; several are joined, and their join limits. A federated user's
    // session without a policy has no permissions (AWS: GetFederationToken).
    const bool some = !document("sessionPolicy").empty();
    if (some && caller.sort != Sort::user) {
      layers.session = layer_of(ask(document("sessionPolicy"), PolicyKind::identity, question));
    } else if (caller.sort == Sort::federated_user) {
      layers.session = {true, Kleene::no, Kleene::no};
    }
  }
  if (!document("resourcePolicy").is_null()) {
    const Says says =
        ask(document("resourcePolicy"), facts.trust ? PolicyKind::role_trust : PolicyKind::resource, question);
    layers.resource = layer_of(says);
    layers.by = says.by;
  }
  // SC-1: users, roles and root of member accounts, service-linked roles spared.
  const bool member = !caller.account.empty() && line.value("managementAccount", "") != caller.account;
  if (member) {
    layers.scp = if_it_applies(levels_of(document("serviceControlPolicies"), question, PolicyKind::identity, false),
                               negation(caller.service_linked));
  }
  const Kleene restricted_by_rcp = rcp_restricts(line, facts);
  if (restricted_by_rcp != Kleene::no) {
    layers.rcp = if_it_applies(levels_of(document("resourceControlPolicies"), question, PolicyKind::resource, true),
                               both(restricted_by_rcp, negation(caller.service_linked)));
    layers.rcp.allow = Kleene::yes;
  }
  if (!document("endpointPolicy").is_null()) {
    const Json endpoint = line.value("endpoint", Json::object());
    const bool gateway = endpoint.is_object() && endpoint.value("type", "interface") == "gateway";
    const Says says = ask(document("endpointPolicy"),
                          gateway ? PolicyKind::gateway_endpoint : PolicyKind::interface_endpoint, question);
    Kleene supported = Kleene::yes;  // EP-3, EP-4
    if (endpoint.is_object() && endpoint.contains("policySupported")) {
      const Json& said = endpoint["policySupported"];
      supported = said.is_null() ? Kleene::unknown : sure(said.get<bool>());
    }
    layers.endpoint = if_it_applies(layer_of(says), supported);
  }
  // Restricted public buckets: only services and the owner's account may use a public policy.
  const Json block = line.value("blockPublicAccess", Json::object());
  const bool restricted = block.is_object() && block.value("restrictPublicBuckets", false) && facts.service == "s3";
  if (restricted && caller.sort != Sort::service &&
      (caller.account.empty() || caller.account != facts.resource_account)) {
    const Kleene other_account = facts.account_missing && !caller.account.empty() ? Kleene::unknown : Kleene::yes;
    layers.block = {true, both(is_public(document("resourcePolicy")), other_account), Kleene::yes};
  }
  return layers;
}

// The formula's Core.
Kleene core(const Facts& facts, const Layers& layers) {
  const Caller& caller = facts.question.caller;
  const Named& by = layers.by;
  if (caller.account.empty()) {
    // EV-7, EV-8: services, providers and the anonymous have the resource policy only.
    return caller.sort == Sort::anonymous ? by.everyone : by.any();
  }
  const bool root = caller.sort == Sort::root;
  if (root && lower(facts.question.action) == "sts:assumerole") return Kleene::no;  // AWS: STS, AssumeRole
  const Kleene identity = root ? Kleene::yes : layers.identity.allow;               // EV-5
  const Kleene limits = both(layers.boundary.allow, layers.session.allow);
  if (caller.account != facts.resource_account) return both(both(identity, limits), by.any());
  if (root) return facts.explicit_only ? by.any() : Kleene::yes;
  // Table ResDirect, row by row.
  const Kleene everyone = both(by.everyone, either(limits, Kleene::unknown));
  const Kleene through_account = both(both(by.account, identity), limits);
  const Kleene added = both(facts.explicit_only ? by.role : either(by.role, identity), limits);
  return either(either(by.directly, everyone), either(through_account, added));
}

}  // namespace

Answer authorize(const Json& line) {
  const Facts facts = facts_of(line);
  const Layers layers = layers_of(line, facts);
  Answer answer;
  Kleene deny = Kleene::no;
  const auto hear = [&](const char* name, const Layer& layer) {
    if (layer.applies) answer.layers[name] = word(layer.deny, layer.allow);
    deny = either(deny, layer.deny);  // EV-1
  };
  hear("identity-policy", layers.identity);
  hear("resource-policy", layers.resource);
  hear("boundary", layers.boundary);
  hear("session-policy", layers.session);
  hear("scp", layers.scp);
  hear("rcp", layers.rcp);
  hear("endpoint-policy", layers.endpoint);
  if (layers.block.deny != Kleene::no) hear("s3-block-public-access", layers.block);

  Kleene allowed = both(negation(deny), core(facts, layers));
  allowed = both(both(allowed, layers.endpoint.allow), both(layers.scp.allow, layers.rcp.allow));
  if (lower(facts.question.action) == "sts:getcalleridentity" && facts.question.caller.sort != Sort::anonymous) {
    const Kleene endpoint = both(layers.endpoint.allow, negation(layers.endpoint.deny));
    allowed = either(endpoint, Kleene::unknown);  // EV-9
  }
  if (facts.account_missing) allowed = Kleene::unknown;
  answer.decision = allowed == Kleene::yes ? "allowed" : allowed == Kleene::no ? "denied" : "unknown";
  return answer;
}

}  // namespace sallyport::naive::iam
