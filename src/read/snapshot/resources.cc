// Queues, topics, keys, secrets, repositories, event buses, streams and state machines, and their policies: a
// list that says which there are, and answers about one of them.
#include "facts/regions.h"
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// What stands before the name in the last part of the ARN.
std::string_view before_name(Kind what) {
  switch (what) {
    case Kind::key: return "key/";
    case Kind::secret: return "secret:";
    case Kind::repository: return "repository/";
    case Kind::event_bus: return "event-bus/";
    case Kind::stream: return "stream/";
    case Kind::state_machine: return "stateMachine:";
    default: return {};
  }
}

// `arn:aws:kms:eu-central-1:111122223333:key/1234` -> `1234`; empty: an ARN of
// something else. The ARN of a secret ends in seven characters that are not its name.
std::string_view name_in(const Arn& arn, Kind what) {
  const std::string_view before = before_name(what);
  if (arn.service != service_of(what) || !arn.resource.starts_with(before)) return {};
  std::string_view name = arn.resource.substr(before.size());
  if (what == Kind::secret && name.size() > 7 && name[name.size() - 7] == '-') name.remove_suffix(7);
  return name;
}

// The thing that goes by an ARN or a name. Null, and it is said: it has none.
ResourceParts* parts_of(Answer& answer, Kind what, std::string_view text) {
  Text account = answer.account;
  Text region = answer.region;
  std::string_view name = text;
  const Arn arn = split_arn(text);
  if (!arn.service.empty()) {
    name = name_in(arn, what);
    account = answer.text(arn.account), region = answer.text(arn.region);
  }
  if (name.empty()) {
    answer.say(Severity::warning, "no-subject", std::string("nothing tells which ") + sallyport::name(what) + " it is");
    return nullptr;
  }
  ResourceParts& parts = answer.work().resources[{what, account, region, answer.text(name)}];
  if (!arn.service.empty()) parts.arn = answer.text(text);
  if (!parts.origin) parts.origin = answer.root().origin();
  return &parts;
}

// As an answer names it, else made of what is known. A secret's ARN cannot be made.
std::string arn_of(Registry& registry, const ResourceKey& key, const ResourceParts& parts) {
  const auto& [what, account, region, name] = key;
  if (!parts.arn.empty()) return registry.texts.string(parts.arn);
  const facts::Partition* partition = facts::partition_of(registry.view(region));
  return "arn:" + std::string(partition == nullptr ? "aws" : partition->name) + ":" + service_of(what) + ":" +
         registry.texts.string(region) + ":" + registry.texts.string(account) + ":" + std::string(before_name(what)) +
         registry.texts.string(name);
}

std::string remedy(Kind what, const std::string& name, const std::string& arn) {
  switch (what) {
    case Kind::queue: return "aws sqs get-queue-attributes --attribute-names All --queue-url (of " + name + ")";
    case Kind::topic: return "aws sns get-topic-attributes --topic-arn " + arn;
    case Kind::key: return "aws kms get-key-policy --policy-name default --key-id " + name;
    case Kind::secret: return "aws secretsmanager get-resource-policy --secret-id " + name;
    case Kind::repository: return "aws ecr get-repository-policy --repository-name " + name;
    case Kind::event_bus: return "aws events describe-event-bus --name " + name;
    case Kind::stream: return "aws kinesis get-resource-policy --resource-arn " + arn;
    default: return {};
  }
}

// What an answer about one thing says of its policy. Without `node`: that it has none.
void has_policy(Answer& answer, Kind what, std::string_view subject, Node node) {
  ResourceParts* parts = parts_of(answer, what, subject);
  if (parts == nullptr || (answer.recorded && parts->has_policy)) return;
  parts->has_policy = true;
  if (node.absent() || (node.is(json::Kind::string) && node.text().empty())) {
    parts->policy = PolicyId();
    return;
  }
  const Arn arn = split_arn(subject);
  const std::string name(arn.service.empty() ? subject : name_in(arn, what));
  const std::string id =
      arn.service.empty() ? arn_of(answer.registry(), {what, answer.account, answer.region, answer.text(name)}, *parts)
                          : std::string(subject);
  parts->policy = put_policy(answer, id + "/policy", name, node);
}

void no_policy(Answer& answer, Kind what, bool there_is_none, GapId gap) {
  ResourceParts* parts = parts_of(answer, what, answer.subject);
  if (parts == nullptr) return;
  if (there_is_none && what == Kind::key) {
    gap = answer.gap(GapKind::contradictory, "every key has a policy; AWS knows none of `" + answer.subject + "`",
                     "aws kms get-key-policy --policy-name default --key-id " + answer.subject);
    there_is_none = false;
  }
  parts->has_policy = true;
  parts->policy = there_is_none ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(gap);
}

// Attributes that are not all of them do not say that there is no policy.
void read_attributes(Answer& answer, Kind what, const char* arn_member) {
  const Node attributes = answer.root()["Attributes"];
  const std::string_view arn = attributes[arn_member].text();
  const std::string subject(arn.empty() ? std::string_view(answer.subject) : arn);
  if (attributes["Policy"].absent() && arn.empty()) {
    return no_policy(answer, what, false, answer.lacking(subject, "Policy", {}));
  }
  has_policy(answer, what, subject, attributes["Policy"]);
}

}  // namespace

// https://sqs.eu-central-1.amazonaws.com/111122223333/orders
void read_queues(Answer& answer) {
  for (const Node node : answer.root()["QueueUrls"].items()) {
    std::string_view url = node.text();
    const std::string_view name = url.substr(url.rfind('/') + 1);
    url.remove_suffix(name.size() + (name.size() < url.size() ? 1 : 0));
    const std::string_view owner = url.substr(url.rfind('/') + 1);
    if (name.empty()) continue;
    const bool digits = owner.size() == 12 && owner.find_first_not_of("0123456789") == std::string_view::npos;
    const Text whose = answer.account;
    if (digits) answer.account = answer.text(owner);
    if (ResourceParts* parts = parts_of(answer, Kind::queue, name)) parts->origin = node.origin();
    answer.account = whose;
  }
}

void read_queue_attributes(Answer& answer) { read_attributes(answer, Kind::queue, "QueueArn"); }
void no_queue_policy(Answer& answer, bool there_is_none, GapId gap) {
  no_policy(answer, Kind::queue, there_is_none, gap);
}

void read_topics(Answer& answer) {
  for (const Node node : answer.root()["Topics"].items()) {
    if (ResourceParts* parts = parts_of(answer, Kind::topic, node["TopicArn"].text())) parts->origin = node.origin();
  }
}

void read_topic_attributes(Answer& answer) { read_attributes(answer, Kind::topic, "TopicArn"); }
void no_topic_policy(Answer& answer, bool there_is_none, GapId gap) {
  no_policy(answer, Kind::topic, there_is_none, gap);
}

void read_keys(Answer& answer) {
  for (const Node node : answer.root()["Keys"].items()) {
    const std::string_view arn = node["KeyArn"].text();
    if (ResourceParts* parts = parts_of(answer, Kind::key, arn.empty() ? node["KeyId"].text() : arn)) {
      parts->origin = node.origin();
    }
  }
}

void read_key(Answer& answer) {
  const Node key = answer.root()["KeyMetadata"];
  if (ResourceParts* parts = parts_of(answer, Kind::key, key["Arn"].text())) {
    parts->aws_managed = key["KeyManager"].text() == "AWS";
  }
}

void read_key_aliases(Answer& answer) {
  for (const Node node : answer.root()["Aliases"].items()) {
    const Arn arn = split_arn(node["AliasArn"].text());
    const std::string_view target = node["TargetKeyId"].text();
    if (arn.service != "kms" || target.empty()) continue;  // of another service; AWS's own without a key yet
    ResourceParts& parts =
        answer.work().resources[{Kind::key, answer.text(arn.account), answer.text(arn.region), answer.text(target)}];
    if (!parts.origin) parts.origin = node.origin();
    parts.aliases.push_back(answer.text(node["AliasName"]));
  }
}

void read_key_policy(Answer& answer) { has_policy(answer, Kind::key, answer.subject, answer.root()["Policy"]); }
void no_key_policy(Answer& answer, bool there_is_none, GapId gap) { no_policy(answer, Kind::key, there_is_none, gap); }

void read_secrets(Answer& answer) {
  for (const Node node : answer.root()["SecretList"].items()) {
    const std::string_view arn = node["ARN"].text();
    if (ResourceParts* parts = parts_of(answer, Kind::secret, arn.empty() ? node["Name"].text() : arn)) {
      parts->origin = node.origin();
    }
  }
}

// An answer with the secret's ARN and name alone says that it has none; one with more
// is of another operation (`describe-secret`).
void read_secret_policy(Answer& answer) {
  const Node root = answer.root();
  if (root["ResourcePolicy"].absent() && root.size() > 3) return answer.unread();
  const std::string arn(root["ARN"].text());
  has_policy(answer, Kind::secret, arn.empty() ? answer.subject : arn, root["ResourcePolicy"]);
}
void no_secret_policy(Answer& answer, bool there_is_none, GapId gap) {
  no_policy(answer, Kind::secret, there_is_none, gap);
}

void read_repositories(Answer& answer) {
  for (const Node node : answer.root()["repositories"].items()) {
    const std::string_view arn = node["repositoryArn"].text();
    if (ResourceParts* parts = parts_of(answer, Kind::repository, arn.empty() ? node["repositoryName"].text() : arn)) {
      parts->origin = node.origin();
    }
  }
}

void read_repository_policy(Answer& answer) {
  const Node name = answer.root()["repositoryName"];
  has_policy(answer, Kind::repository, name.text().empty() ? answer.subject : std::string(name.text()),
             answer.root()["policyText"]);
}
void no_repository_policy(Answer& answer, bool there_is_none, GapId gap) {
  no_policy(answer, Kind::repository, there_is_none, gap);
}

// The list tells the policies, too.
void read_event_buses(Answer& answer) {
  for (const Node node : answer.root()["EventBuses"].items()) {
    const std::string arn(node["Arn"].text());
    if (arn.empty()) {
      unnamed(answer, node, "Arn");
      continue;
    }
    has_policy(answer, Kind::event_bus, arn, node["Policy"]);
  }
}

void read_event_bus(Answer& answer) {
  const std::string arn(answer.root()["Arn"].text());
  if (split_arn(arn).service != "events") return answer.unread();
  has_policy(answer, Kind::event_bus, arn, answer.root()["Policy"]);
}
void no_event_bus(Answer& answer, bool there_is_none, GapId gap) {
  no_policy(answer, Kind::event_bus, there_is_none, gap);
}

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html
void read_streams(Answer& answer) {
  for (const Node node : answer.root()["StreamNames"].items()) {
    if (ResourceParts* parts = parts_of(answer, Kind::stream, node.text())) parts->origin = node.origin();
  }
}

void read_stream_policy(Answer& answer) { has_policy(answer, Kind::stream, answer.subject, answer.root()["Policy"]); }
void no_stream_policy(Answer& answer, bool there_is_none, GapId gap) {
  no_policy(answer, Kind::stream, there_is_none, gap);
}

// They have no policies of their own.
// https://docs.aws.amazon.com/step-functions/latest/dg/security_iam_service-with-iam.html
void read_state_machines(Answer& answer) {
  for (const Node node : answer.root()["stateMachines"].items()) {
    ResourceParts* parts = parts_of(answer, Kind::state_machine, node["stateMachineArn"].text());
    if (parts == nullptr) continue;
    parts->origin = node.origin();
    parts->has_policy = true;
    parts->policy = PolicyId();
  }
}

void finish_resources(Work& work) {
  Registry& registry = *work.registry;
  for (auto& [key, parts] : work.resources) {
    const auto& [what, account, region, name] = key;
    const std::string arn = arn_of(registry, key, parts);
    Resource row;
    row.id = registry.ids.get<ResourceId>(registry.text(split_arn(arn).partition), registry.text(arn));
    row.what = what;
    row.aws_managed = parts.aws_managed;
    row.aliases.items = parts.aliases;
    row.head = {parts.aliases.empty() ? name : parts.aliases.front(), account, region, parts.origin, {}};
    row.policy = parts.policy;
    if (!parts.has_policy) {
      const std::string shown = registry.texts.string(name);
      row.policy = registry.gaps.add(
          {GapKind::not_collected,
           std::string("the policy of the ") + sallyport::name(what) + " `" + shown + "` was not collected",
           remedy(what, shown, arn), parts.origin});
    }
    work.change.put.resources.push_back(std::move(row));
  }
}

}  // namespace sallyport::read::snapshot
