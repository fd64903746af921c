// Buckets: names, Regions, policies and Block Public Access, each in a file of its own.
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// The bucket that the file's name says it is about.
BucketParts* bucket_of(Answer& answer) {
  if (answer.subject.empty()) {
    answer.say(Severity::warning, "no-subject", "the file's name must be the bucket's name");
    return nullptr;
  }
  BucketParts& parts = answer.work().buckets[answer.text(answer.subject)];
  if (parts.account.empty()) parts.account = answer.account;
  if (!parts.origin) parts.origin = answer.root().origin();
  return &parts;
}

// "EU" and null are how the oldest Regions are written.
Text region_of(Answer& answer, Node constraint) {
  const std::string_view name = constraint.text();
  if (name.empty()) return answer.text("us-east-1");
  return answer.text(name == "EU" ? "eu-west-1" : name);
}

// Either setting blocks; unknown where one could still block.
Value<BlockPublicAccess> united(const Value<BlockPublicAccess>& own, const Value<BlockPublicAccess>& account) {
  const auto all = [](const Value<BlockPublicAccess>& v) {
    return v.known() && v->block_public_acls && v->ignore_public_acls && v->block_public_policy &&
           v->restrict_public_buckets;
  };
  if (all(own) || !account.known()) return all(own) ? own : account;
  if (all(account) || !own.known()) return all(account) ? account : own;
  BlockPublicAccess both = *own;
  both.block_public_acls |= account->block_public_acls;
  both.ignore_public_acls |= account->ignore_public_acls;
  both.block_public_policy |= account->block_public_policy;
  both.restrict_public_buckets |= account->restrict_public_buckets;
  return both;
}

GapId not_collected(Registry& registry, const std::string& what, const std::string& operation,
                    const std::string& bucket, Origin origin) {
  return registry.gaps.add({GapKind::not_collected, what + " of the bucket `" + bucket + "` was not collected",
                            "aws s3api " + operation + " --bucket " + bucket, origin});
}

Value<BlockPublicAccess> account_block(const Work& work, Text account) {
  if (const auto found = work.account_block.find(account); found != work.account_block.end()) return found->second;
  if (const auto anyone = work.account_block.find(Text()); anyone != work.account_block.end()) return anyone->second;
  const std::string id = work.registry->texts.string(account);
  return work.registry->gaps.add(
      {GapKind::not_collected,
       "the account's Block Public Access" + (id.empty() ? "" : " of " + id) + " was not collected",
       "aws s3control get-public-access-block --account-id " + id});
}

}  // namespace

void read_buckets(Answer& answer) {
  for (const Node node : answer.root()["Buckets"].items()) {
    const std::string_view name = node["Name"].text();
    if (name.empty()) {
      unnamed(answer, node, "Name");
      continue;
    }
    BucketParts& parts = answer.work().buckets[answer.text(name)];
    parts.account = answer.account;
    parts.origin = node.origin();
    if (const Node region = node["BucketRegion"]; !region.text().empty() && !parts.has_region) {
      parts.region = answer.text(region);
      parts.has_region = true;
    }
  }
}

void read_bucket_location(Answer& answer) {
  if (BucketParts* parts = bucket_of(answer)) {
    parts->region = region_of(answer, answer.root()["LocationConstraint"]);
    parts->has_region = true;
  }
}

void read_bucket_policy(Answer& answer) {
  BucketParts* parts = bucket_of(answer);
  if (parts == nullptr) return;
  const std::string arn = "arn:" + answer.registry().texts.string(answer.partition) + ":s3:::" + answer.subject;
  const PolicyId policy = put_policy(answer, arn + "/policy", answer.subject, answer.root()["Policy"]);
  parts->policy = policy ? Value<PolicyId>(policy) : Value<PolicyId>(answer.lacking(answer.subject, "Policy", {}));
  parts->has_policy = true;
}

void no_bucket_policy(Answer& answer, bool there_is_none, GapId gap) {
  BucketParts* parts = bucket_of(answer);
  if (parts == nullptr) return;
  parts->policy = there_is_none ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(gap);
  parts->has_policy = true;
}

// Of a bucket (`s3api`), or of the account (`s3control`, whose file names no bucket).
void read_public_access_block(Answer& answer) {
  const Node node = answer.root()["PublicAccessBlockConfiguration"];
  BlockPublicAccess block;
  GapId gap;
  const auto flag = [&](const char* member) {
    const Value<bool> v = answer.flag(node, member, answer.subject.empty() ? "the account" : answer.subject);
    if (!v.known()) gap = v.gap();
    return v.known() && *v;
  };
  block.block_public_acls = flag("BlockPublicAcls");
  block.ignore_public_acls = flag("IgnorePublicAcls");
  block.block_public_policy = flag("BlockPublicPolicy");
  block.restrict_public_buckets = flag("RestrictPublicBuckets");
  const Value<BlockPublicAccess> value = gap ? Value<BlockPublicAccess>(gap) : Value<BlockPublicAccess>(block);
  if (answer.operation.starts_with("s3control") || answer.subject.empty()) {
    answer.work().account_block[answer.account] = value;
  } else if (BucketParts* parts = bucket_of(answer)) {
    parts->block = value;
    parts->has_block = true;
  }
}

void no_public_access_block(Answer& answer, bool there_is_none, GapId gap) {
  const Value<BlockPublicAccess> value =
      there_is_none ? Value<BlockPublicAccess>(BlockPublicAccess()) : Value<BlockPublicAccess>(gap);
  if (answer.operation.starts_with("s3control") || answer.subject.empty()) {
    answer.work().account_block[answer.account] = value;
  } else if (BucketParts* parts = bucket_of(answer)) {
    parts->block = value;
    parts->has_block = true;
  }
}

void finish_buckets(Work& work) {
  Registry& registry = *work.registry;
  const Text partition = registry.text("aws");
  for (auto& [name, parts] : work.buckets) {
    const std::string bucket = registry.texts.string(name);
    const auto missing = [&](const char* what, const char* operation) {
      return not_collected(registry, what, operation, bucket, parts.origin);
    };
    Bucket row;
    row.id = registry.ids.get<BucketId>(partition, name);
    row.head.name = name;
    row.head.account = parts.account;
    row.head.origin = parts.origin;
    row.region = parts.has_region ? parts.region : Value<Text>(missing("the Region", "get-bucket-location"));
    if (row.region.known()) row.head.region = *row.region;
    row.policy = parts.has_policy ? parts.policy : Value<PolicyId>(missing("the policy", "get-bucket-policy"));
    const Value<BlockPublicAccess> own =
        parts.has_block ? parts.block
                        : Value<BlockPublicAccess>(missing("Block Public Access", "get-public-access-block"));
    row.block_public_access = united(own, account_block(work, parts.account));
    work.change.put.buckets.push_back(row);
  }
}

}  // namespace sallyport::read::snapshot
