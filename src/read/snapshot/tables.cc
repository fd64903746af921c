// DynamoDB tables and their policies.
#include "facts/regions.h"
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

TableParts* table_named(Answer& answer, std::string_view name) {
  Text account = answer.account;
  Text region = answer.region;
  std::string arn_text;
  if (const Arn arn = split_arn(name); arn.service == "dynamodb") {
    arn_text = name;
    account = answer.text(arn.account), region = answer.text(arn.region);
    name = name.substr(name.find('/') + 1);
  }
  if (name.empty()) {
    answer.say(Severity::warning, "no-subject", "the file's name must be the table's name");
    return nullptr;
  }
  TableParts& parts = answer.work().tables[{account, region, answer.text(name)}];
  parts.account = account;
  parts.region = region;
  if (!arn_text.empty()) parts.arn = answer.text(arn_text);
  if (!parts.origin) parts.origin = answer.root().origin();
  return &parts;
}

// As an answer names it, else made of what is known.
std::string arn_of(Registry& registry, const TableParts& parts, const std::string& name) {
  if (!parts.arn.empty()) return registry.texts.string(parts.arn);
  const facts::Partition* partition = facts::partition_of(registry.view(parts.region));
  return "arn:" + std::string(partition == nullptr ? "aws" : partition->name) +
         ":dynamodb:" + registry.texts.string(parts.region) + ":" + registry.texts.string(parts.account) + ":table/" +
         name;
}

GapId not_collected(Registry& registry, const std::string& table, const std::string& arn, Origin origin) {
  return registry.gaps.add({GapKind::not_collected, "the policy of the table `" + table + "` was not collected",
                            "aws dynamodb get-resource-policy --resource-arn " + arn, origin});
}

}  // namespace

void read_table_names(Answer& answer) {
  for (const Node node : answer.root()["TableNames"].items()) {
    if (TableParts* parts = table_named(answer, node.text())) parts->origin = node.origin();
  }
}

void read_table(Answer& answer) {
  const Node table = answer.root()["Table"];
  const std::string_view arn = table["TableArn"].text();
  if (TableParts* parts = table_named(answer, arn.empty() ? table["TableName"].text() : arn)) {
    parts->origin = table.origin();
  }
}

void read_table_policy(Answer& answer) {
  TableParts* parts = table_named(answer, answer.subject);
  if (parts == nullptr) return;
  const std::string arn = arn_of(answer.registry(), *parts, answer.subject);
  const PolicyId policy = put_policy(answer, arn + "/policy", answer.subject, answer.root()["Policy"]);
  parts->policy = policy ? Value<PolicyId>(policy) : Value<PolicyId>(answer.lacking(answer.subject, "Policy", {}));
  parts->has_policy = true;
}

void no_table_policy(Answer& answer, bool there_is_none, GapId gap) {
  TableParts* parts = table_named(answer, answer.subject);
  if (parts == nullptr) return;
  parts->policy = there_is_none ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(gap);
  parts->has_policy = true;
}

void finish_tables(Work& work) {
  Registry& registry = *work.registry;
  for (auto& [key, parts] : work.tables) {
    const Text name = std::get<2>(key);
    const std::string table = registry.texts.string(name);
    Table row;
    const std::string arn = arn_of(registry, parts, table);
    row.id = registry.ids.get<TableId>(registry.text(split_arn(arn).partition), registry.text(arn));
    row.head = {name, parts.account, parts.region, parts.origin, {}};
    row.policy = parts.policy;
    if (!parts.has_policy) {
      row.policy = not_collected(registry, table, arn, parts.origin);
    }
    work.change.put.tables.push_back(row);
  }
}

}  // namespace sallyport::read::snapshot
