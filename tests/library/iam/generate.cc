#include "library/iam/generate.h"

#include <nlohmann/json.hpp>

#include "library/iam/alphabet.h"

namespace sallyport::generate::iam {

using Json = nlohmann::json;

void Requests::ask() {
  const Target& target = random_.one_of(targets);
  const std::string account = random_.chance(92) ? ours : theirs;
  asked_ = {};
  asked_.action = target.action;
  asked_.principal = random_.one_of(principals);
  if (asked_.action == "sts:AssumeRoleWithWebIdentity") asked_.principal = "accounts.google.com";
  // Root can assume no role: AWS refuses it before any policy.
  if (starts(asked_.action, "sts:AssumeRole") && asked_.principal == "arn:aws:iam::A:root") {
    asked_.principal = "arn:aws:iam::A:user/ann";
  }
  // Few services take unsigned requests.
  if (asked_.principal == "anonymous" && !starts(asked_.action, "s3:") && !starts(asked_.action, "sqs:")) {
    asked_.principal = "arn:aws:iam::A:role/app";
  }
  if (asked_.principal.find(":A:") != std::string::npos) asked_.account = account;
  asked_.principal = with_account(asked_.principal, account);
  asked_.resource_account = random_.chance(knobs_.cross_account) ? (account == ours ? theirs : ours) : account;
  asked_.resource = with_account(target.resource, asked_.resource_account);
  if (asked_.resource == "*" && !asked_.account.empty()) asked_.resource_account = asked_.account;
  if (random_.chance(2) && asked_.action == "sts:AssumeRole") {
    replace(asked_.resource, "role/target", "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS");
  }

  if (starts(asked_.principal, "arn:aws:iam") && asked_.principal.find(":role/") != std::string::npos) {
    asked_.role = asked_.principal;
  } else if (asked_.principal.find(":assumed-role/app/") != std::string::npos) {
    asked_.role = "arn:aws:iam::" + account + ":role/app";
  } else if (asked_.principal.find(":assumed-role/ops/") != std::string::npos) {
    asked_.role = "arn:aws:iam::" + account + ":role/team/ops";
  }

  context_.clear();
  for (const Key& key : keys) {
    if (random_.chance(knobs_.missing_key + 20)) continue;
    Texts values = {random_.one_of(key.values)};
    if (std::string(key.kind) == "list") {
      while (random_.chance(40)) values.push_back(random_.one_of(key.values));
      if (random_.chance(10)) values.clear();
    } else if (random_.chance(2)) {
      values.push_back(random_.one_of(key.values));  // several values where one is due
    }
    context_.emplace_back(key.name, values);
  }
  if (asked_.principal != "anonymous" && random_.chance(85)) {
    const bool arn = !asked_.account.empty();
    if (arn) context_.emplace_back("aws:PrincipalArn", Texts{asked_.role.empty() ? asked_.principal : asked_.role});
  }
}

Json Requests::document(Place place) {
  Json statements = Json::array();
  statements.push_back(statement(place, place == Place::rcp));
  while (random_.chance(42)) {
    statements.push_back(statement(place, place == Place::rcp || random_.chance(knobs_.deny_statement)));
  }
  Json document = {{"Version", "2012-10-17"}, {"Statement", statements}};
  if (place != Place::rcp && random_.chance(knobs_.old_version)) {
    if (random_.chance(50)) {
      document.erase("Version");
    } else {
      document["Version"] = "2008-10-17";
    }
  }
  if (statements.size() == 1 && random_.chance(15)) document["Statement"] = statements.front();
  return document;
}

Json Requests::policy(Place place) { return random_.chance(knobs_.not_collected) ? Json("unknown") : document(place); }

Json Requests::levels(Place place) {
  static const Json full = {{"Version", "2012-10-17"},
                            {"Statement", {{{"Effect", "Allow"}, {"Action", "*"}, {"Resource", "*"}}}}};
  Json levels = Json::array();
  const int count = random_.between(1, 3);
  for (int i = 0; i < count; ++i) {
    Json level = Json::array();
    if (place == Place::scp && random_.chance(70)) level.push_back(full);
    if (level.empty() ? random_.chance(97) : random_.chance(35)) level.push_back(policy(place));
    levels.push_back(random_.chance(1) ? Json("unknown") : level);
  }
  return levels;
}

Json Requests::next() {
  ask();
  const bool strict = starts(asked_.action, "kms:") || starts(asked_.action, "sts:Assume");
  const bool trust = starts(asked_.action, "sts:Assume");
  const bool identity = !asked_.account.empty() && asked_.principal.find(":root") == std::string::npos;
  const bool linked = asked_.principal.find("/aws-service-role/") != std::string::npos;
  const bool user = asked_.principal.find(":user/") != std::string::npos;
  const bool needs_policy = asked_.account.empty() || asked_.account != asked_.resource_account || strict;

  Json request = {{"principal", asked_.principal}, {"action", asked_.action}, {"resource", asked_.resource}};
  if (random_.chance(98)) request["resourceAccount"] = asked_.resource_account;
  if (asked_.resource_account.empty()) request["resourceAccount"] = ours;
  Json context = Json::object();
  for (const auto& [name, values] : context_) {
    context[name] = values.size() == 1 && random_.chance(50) ? Json(values.front()) : Json(values);
  }
  request["context"] = context;
  Json line = {{"id", "g" + std::to_string(number_++)}, {"request", request}};

  if (identity) {
    Json documents = Json::array();
    while (documents.size() < 3 && random_.chance(documents.empty() ? 85 : 30)) {
      documents.push_back(policy(Place::identity));
    }
    line["identityPolicies"] = documents;
    if (!linked && random_.chance(knobs_.boundary)) line["permissionBoundary"] = policy(Place::identity);
    const bool federated = asked_.principal.find(":federated-user/") != std::string::npos;
    if (!linked && !user && random_.chance(federated ? 85 : knobs_.session_policy)) {
      line["sessionPolicy"] = policy(Place::identity);
      if (random_.chance(25)) line["sessionPolicy"] = {policy(Place::identity), document(Place::identity)};
    }
  }
  const bool has_policy = asked_.resource != "*" && random_.chance(needs_policy ? 94 : knobs_.resource_policy);
  line["resourcePolicy"] = has_policy ? policy(trust ? Place::trust : Place::resource) : Json();
  if (random_.chance(knobs_.endpoint)) {
    line["endpointPolicy"] = policy(Place::endpoint);
    const bool gateway = starts(asked_.action, "s3:") || starts(asked_.action, "dynamodb:");
    if (random_.chance(70)) line["endpoint"]["type"] = gateway && random_.chance(70) ? "gateway" : "interface";
    if (random_.chance(12))
      line["endpoint"]["policySupported"] = random_.chance(50) ? Json() : Json(random_.chance(70));
  }
  if (random_.chance(knobs_.organization)) {
    if (!asked_.account.empty()) line["serviceControlPolicies"] = levels(Place::scp);
    if (random_.chance(40)) line["resourceControlPolicies"] = levels(Place::rcp);
    if (random_.chance(10)) line["managementAccount"] = random_.chance(50) ? ours : theirs;
  }
  if (starts(asked_.action, "s3:") && random_.chance(knobs_.block_public)) {
    line["blockPublicAccess"]["restrictPublicBuckets"] = random_.chance(80);
  }
  return line;
}

}  // namespace sallyport::generate::iam
