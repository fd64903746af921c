// Buckets and tables, and their policies.
#include "read/cloudformation/families.h"
#include "read/cloudformation/identity.h"

namespace sallyport::read::cloudformation {
namespace {

// S3 blocks public access to every bucket made since April 2023 (S3 User Guide, "Default
// settings for new S3 buckets FAQ").
constexpr BlockPublicAccess all_blocked{true, true, true, true};

// Members that are not given are false (AWS::S3::Bucket PublicAccessBlockConfiguration).
Value<BlockPublicAccess> read_block(const Properties& p) {
  if (!p.gives("PublicAccessBlockConfiguration")) return all_blocked;
  GapId gap;
  const Properties config = p.block("PublicAccessBlockConfiguration", gap);
  BlockPublicAccess block;
  const auto flag = [&](const char* property) {
    const Value<bool> v = config.flag(property, false);
    if (!v.known() && !gap) gap = v.gap();
    return v.known() && *v;
  };
  block.block_public_acls = flag("BlockPublicAcls");
  block.ignore_public_acls = flag("IgnorePublicAcls");
  block.block_public_policy = flag("BlockPublicPolicy");
  block.restrict_public_buckets = flag("RestrictPublicBuckets");
  // The account's own setting may block more.
  if (!gap && block != all_blocked) gap = beside(p.work());
  return gap ? Value<BlockPublicAccess>(gap) : Value<BlockPublicAccess>(block);
}

void left_out(const Properties& p, GapId gap) {
  p.work().left_out_of_accounts = gap;
  p.work().say(Severity::warning, "unnamed", "the name of `" + p.resource().address + "` is not known: it is left out",
               p.origin());
}

void put_table(const Properties& p, Text region) {
  Work& work = p.work();
  const Value<Text> name = own_name(work, p.resource());
  if (!name.known()) return left_out(p, name.gap());
  const TextPool& texts = work.registry.texts;
  Value<Text> arn = own_arn(work, p.resource());
  if (region != p.place().region) {
    arn = work.text("arn:" + texts.string(p.place().partition) + ":dynamodb:" + texts.string(region) + ":" +
                    texts.string(account_of(work, *p.resource().stack)) + ":table/" + texts.string(*name));
  }
  Table row;
  row.id = work.registry.ids.get<TableId>(p.place().partition, *arn);
  const bool given = !texts.has_symbol(*name);
  row.head = p.head();
  row.head.region = region;
  if (given) row.head.name = *name;
  work.created.insert(row.id);
  work.put(work.change.put.tables, std::move(row));
}

Value<PolicyId> table_policy(const Properties& p, const Properties& owner, const Table& row) {
  GapId gap;
  const Properties policy = owner.block("ResourcePolicy", gap);
  if (gap) return gap;
  return policy.policy("PolicyDocument", std::string(p.registry().id(row.id)) + "/policy",
                       p.registry().view(row.head.name));
}

}  // namespace

void read_bucket(const Properties& p) {
  Work& work = p.work();
  const Value<Text> name = own_name(work, p.resource());
  if (!name.known()) return left_out(p, name.gap());
  Bucket row;
  row.id = work.registry.ids.get<BucketId>(p.place().partition, *name);
  row.head = p.head();
  if (!work.registry.texts.has_symbol(*name)) row.head.name = *name;
  row.region = p.place().region.empty() ? Value<Text>(no_region(work)) : Value<Text>(p.place().region);
  row.policy = PolicyId();
  row.block_public_access = read_block(p);
  work.created.insert(row.id);
  work.put(work.change.put.buckets, std::move(row));
}

void read_bucket_policy(const Properties& p) {
  Work& work = p.work();
  Value<Text> name = p.text("Bucket");
  if (name.known() && p.may_be_another(Kind::bucket, *name) &&
      work.row(work.change.put.buckets, work.registry.ids.get<BucketId>(p.place().partition, *name)) == nullptr) {
    name = p.gap("Bucket");
  }
  for (const Bucket& there : work.base->buckets) {
    if (!name.known()) work.row_or_base(work.change.put.buckets, work.base->buckets, there.id);
  }
  const BucketId id = name.known() ? work.registry.ids.get<BucketId>(p.place().partition, *name) : BucketId();
  if (id && work.row_or_base(work.change.put.buckets, work.base->buckets, id) == nullptr) {
    Bucket row;  // one that exists, of which only the policy is known
    row.id = id;
    row.head = p.head();
    row.head.name = work.text(show_symbols(work.registry.view(*name)));
    row.region = beside(work);
    row.block_public_access = beside(work);
    work.put(work.change.put.buckets, std::move(row));
  }
  for (Bucket& row : work.change.put.buckets) {
    if (name.known() && row.id != id) continue;
    if (!name.known() || p.doubt()) {
      row.policy = p.doubt() ? p.doubt() : name.gap();
    } else {
      row.policy = p.policy("PolicyDocument",
                            "arn:" + work.registry.texts.string(p.place().partition) +
                                ":s3:::" + std::string(work.registry.id(row.id)) + "/policy",
                            work.registry.view(row.head.name));
    }
  }
}

void read_table(const Properties& p) {
  const std::size_t before = p.work().change.put.tables.size();
  put_table(p, p.place().region);
  auto& all = p.work().change.put.tables;
  if (all.size() > before) all.back().policy = table_policy(p, p, all.back());
}

// One table in each Region of its replicas.
void read_global_table(const Properties& p) {
  const List<Properties> replicas = p.blocks("Replicas");
  if (replicas.open) p.work().left_out_of_accounts = replicas.open;
  for (const Properties& replica : replicas) {
    const Value<Text> region = replica.text("Region");
    if (!region.known()) {
      p.work().left_out_of_accounts = region.gap();
      continue;
    }
    auto& all = p.work().change.put.tables;
    const std::size_t before = all.size();
    put_table(p, p.registry().texts.has_symbol(*region) ? p.place().region : *region);
    if (all.size() > before) all.back().policy = table_policy(p, replica, all.back());
  }
}

}  // namespace sallyport::read::cloudformation
