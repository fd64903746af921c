#include "library/iam/naive.h"

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

// EV-3: every level must allow. `implied`: RCPFullAWSAccess at every level (EV-2).
Layer levels_of(const Json& levels, const Question& question, PolicyKind kind, bool implied) {
  if (levels.is_null() || levels.empty()) return {};  // in no organization
  Layer layer = {true, Kleene::no, Kleene::yes};
  for (const Json& level : levels.is_array() ? levels : Json::array({levels})) {
    const Says says = ask(level, kind, question);
    layer.deny = either(layer.deny, says.deny);
    layer.allow = both(layer.allow, implied ? Kleene::yes : says.allow);
  }
  return layer;
}

// Does the condition hold an Allow for everyone to fixed values of a key that S3's page on public
// access lists? IfExists, ForAllValues and negated operators let requests without the key in.
bool held_to_fixed_values(const Json& condition, bool variables) {
  static const std::set<std::string> keys = {"aws:sourceip",
                                             "aws:sourcearn",
                                             "aws:sourcevpc",
                                             "aws:sourcevpce",
                                             "aws:sourceowner",
                                             "aws:sourceaccount",
                                             "aws:userid",
                                             "aws:principalorgid",
                                             "aws:principalorgpaths",
                                             "aws:principalarn",
                                             "aws:principalaccount",
                                             "s3:dataaccesspointarn",
                                             "s3:dataaccesspointaccount"};
  static const std::set<std::string> operators = {"stringequals", "stringlike", "stringequalsignorecase",
                                                  "arnequals",    "arnlike",    "ipaddress"};
  for (const auto& [op, tests] : condition.items()) {
    if (operators.count(lower(op)) == 0) continue;
    const bool wildcards = lower(op) == "stringlike" || starts_with(lower(op), "arn");
    for (const auto& [key, values] : tests.items()) {
      bool fixed = keys.count(lower(key)) > 0;
      for (const std::string& value : strings(values)) {
        if (wildcards && value.find_first_of("*?") != std::string::npos) fixed = false;
        if (variables && value.find("${") != std::string::npos) fixed = false;
        if (lower(op) == "ipaddress" && value.find("/0") != std::string::npos) fixed = false;
      }
      if (fixed) return true;
    }
  }
  return false;
}

// Is the bucket policy public?
Kleene is_public(const Json& policy) {
  if (!policy.is_object()) return policy.is_null() ? Kleene::no : Kleene::unknown;
  const bool variables = policy.value("Version", "2008-10-17") == "2012-10-17";
  const Json statements = policy.value("Statement", Json::array());
  for (const Json& statement : statements.is_array() ? statements : Json::array({statements})) {
    if (statement.at("Effect") != "Allow") continue;
    bool everyone = statement.contains("NotPrincipal");
    if (!everyone) {
      const Json& principal = statement.at("Principal");
      for (const std::string& one :
           strings(principal.is_object() ? principal.value("AWS", Json::array()) : principal)) {
        everyone = everyone || one == "*";
      }
    }
    if (everyone && !held_to_fixed_values(statement.value("Condition", Json::object()), variables)) return Kleene::yes;
  }
  return Kleene::no;
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
bool rcp_restricts(const Json& line, const Facts& facts) {
  const std::string& resource = facts.question.resource;
  if (rcp_services.count(facts.service) == 0 || lower(facts.question.action) == "kms:retiregrant") return false;
  if (!facts.account_missing && line.value("managementAccount", "") == facts.resource_account) return false;
  if (facts.service == "kms" && resource.find(":alias/aws/") != std::string::npos) return false;
  return !(facts.trust && resource.find(":role/aws-service-role/") != std::string::npos);
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
  if (rcp_restricts(line, facts)) {
    layers.rcp = if_it_applies(levels_of(document("resourceControlPolicies"), question, PolicyKind::resource, true),
                               negation(caller.service_linked));
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
