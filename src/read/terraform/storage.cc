// Buckets and tables, and their policies.
#include "read/terraform/families.h"
#include "read/terraform/owners.h"

namespace sallyport::read::terraform {
namespace {

// S3 blocks public access to every bucket made since April 2023 (S3 User Guide, "Default
// settings for new S3 buckets FAQ").
constexpr BlockPublicAccess all_blocked{true, true, true, true};

Bucket& bucket_of(const Block& b, Text name) {
  Work& work = b.work();
  auto& all = work.change.put.buckets;
  const BucketId id = work.registry.ids.get<BucketId>(b.place().partition, name);
  if (Bucket* row = work.row(all, id)) return *row;
  if (const Bucket* there = work.base->buckets.find(id)) return work.put(all, Bucket(*there));
  Bucket row;
  row.id = id;
  row.head = b.head();
  row.head.name = work.text(show_symbols(work.registry.view(name)));
  row.region = beside(work);
  row.policy = beside(work);
  row.block_public_access = beside(work);
  return work.put(all, std::move(row));
}

// The buckets that a resource with an argument `bucket` may be about.
template <class F>
void each_bucket(const Block& b, F f) {
  Work& work = b.work();
  const Value<Text> name = b.named("bucket", Kind::bucket);
  if (!name.known()) {
    take_base(b, "bucket", Value<BucketId>(name.gap()), work.change.put.buckets, work.base->buckets);
    for (Bucket& row : work.change.put.buckets) f(row, name.gap());
    return;
  }
  if (name->empty()) return;
  const BucketId id = work.registry.ids.get<BucketId>(b.place().partition, *name);
  if (b.resource().fate == Fate::kept && work.base->buckets.find(id) != nullptr) return;
  f(bucket_of(b, *name), b.resource().stays() ? GapId() : beside(work));
}

std::string policy_id(const Block& b, const Bucket& row) {
  return "arn:" + b.registry().texts.string(b.place().partition) + ":s3:::" + std::string(b.registry().id(row.id)) +
         "/policy";
}

}  // namespace

void read_bucket(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = meaning(work, b.resource(), "bucket");
  if (!name.known())
    return work.say(Severity::warning, "unnamed",
                    "the name of `" + b.resource().address + "` is not known: it is left out", b.origin());
  Bucket row;
  row.id = work.registry.ids.get<BucketId>(b.place().partition, *name);
  if (work.stands(work.base->buckets, row.id, b.resource())) return;
  row.head = b.head();
  row.head.name = work.text(show_symbols(work.registry.view(*name)));
  row.region = b.place().region.empty() ? Value<Text>(beside(work)) : Value<Text>(b.place().region);
  const bool is_new = b.resource().is_new();
  if (is_new && !b.gives_any("policy")) {
    row.policy = PolicyId();
  } else {
    // What exists shows the policy that it had when it was read.
    row.policy = b.gives_any("policy") ? put_policy(b, "policy", policy_id(b, row), work.registry.view(*name))
                                       : Value<PolicyId>(beside(work));
  }
  row.block_public_access = is_new ? Value<BlockPublicAccess>(all_blocked) : Value<BlockPublicAccess>(beside(work));
  if (is_new) work.created.insert(row.id);
  work.put(work.change.put.buckets, std::move(row));
}

void read_bucket_policy(const Block& b) {
  each_bucket(b, [&](Bucket& row, GapId gap) {
    row.policy =
        gap ? Value<PolicyId>(gap) : put_policy(b, "policy", policy_id(b, row), b.registry().view(row.head.name));
  });
}

void read_bucket_public_access(const Block& b) {
  each_bucket(b, [&](Bucket& row, GapId gap) {
    BlockPublicAccess block;
    const auto flag = [&](const char* attribute) {
      const Value<bool> v = b.flag(attribute, false);
      if (!v.known() && !gap) gap = v.gap();
      return v.known() && *v;
    };
    block.block_public_acls = flag("block_public_acls");
    block.ignore_public_acls = flag("ignore_public_acls");
    block.block_public_policy = flag("block_public_policy");
    block.restrict_public_buckets = flag("restrict_public_buckets");
    // The account's own setting may block more.
    if (!gap && block != all_blocked) gap = beside(b.work());
    row.block_public_access = gap ? Value<BlockPublicAccess>(gap) : Value<BlockPublicAccess>(block);
  });
}

void read_table(const Block& b) {
  Work& work = b.work();
  const Value<Text> name = meaning(work, b.resource(), "name");
  if (!name.known())
    return work.say(Severity::warning, "unnamed",
                    "the name of `" + b.resource().address + "` is not known: it is left out", b.origin());
  const Value<Text> arn = arn_of(work, b.resource());
  if (!arn.known()) return;
  Table row;
  row.id = work.registry.ids.get<TableId>(b.place().partition, *arn);
  if (work.stands(work.base->tables, row.id, b.resource())) return;
  row.head = b.head();
  row.head.name = work.text(show_symbols(work.registry.view(*name)));
  row.policy = b.resource().is_new() ? Value<PolicyId>(PolicyId()) : Value<PolicyId>(beside(work));
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.tables, std::move(row));
}

void read_table_policy(const Block& b) {
  Work& work = b.work();
  const Value<Text> arn = b.named("resource_arn", Kind::table);
  auto& all = work.change.put.tables;
  if (!arn.known()) {
    take_base(b, "resource_arn", Value<TableId>(arn.gap()), all, work.base->tables);
    for (Table& row : all) row.policy = arn.gap();
    return;
  }
  const TableId id = work.registry.ids.get<TableId>(b.place().partition, *arn);
  if (b.resource().fate == Fate::kept && work.base->tables.find(id) != nullptr) return;
  Table* row = work.row_or_base(all, work.base->tables, id);
  if (row == nullptr) return;
  row->policy = b.resource().stays() ? put_policy(b, "policy", work.registry.texts.string(*arn) + "/policy",
                                                  work.registry.view(row->head.name))
                                     : Value<PolicyId>(beside(work));
}

}  // namespace sallyport::read::terraform
