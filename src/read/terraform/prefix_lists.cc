// Prefix lists: customers' own, and AWS's as far as data sources hold them (RT-8, GE-5).
#include <algorithm>

#include "read/terraform/families.h"

namespace sallyport::read::terraform {
namespace {

PrefixList* list_named(const Block& b, const char* attribute, GapId& gap) {
  Work& work = b.work();
  const Value<PrefixListId> id = b.ref<PrefixListId>(attribute);
  if (!id.known()) {
    gap = id.gap();
    return nullptr;
  }
  if (PrefixList* row = work.row(work.change.put.prefix_lists, *id)) return row;
  const PrefixList* there = work.base->prefix_lists.find(*id);
  return there == nullptr ? nullptr : &work.put(work.change.put.prefix_lists, PrefixList(*there));
}

}  // namespace

void read_prefix_list(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  PrefixList row;
  row.id = b.id<PrefixListId>(*name);
  if (work.stands(work.base->prefix_lists, row.id, b.resource())) return;
  row.head = b.head(b.node("name").text());
  row.aws_managed = false;
  if (b.has("entry") != Has::computed || !b.resource().is_new()) {
    const List<Block> entries = b.blocks("entry");
    row.entries.open = entries.open;
    for (const Block& entry : entries) {
      const Value<Prefix> p = entry.prefix("cidr");
      if (p.known()) {
        row.entries.items.push_back(*p);
      } else {
        row.entries.open = p.gap();
      }
    }
  }
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.prefix_lists, std::move(row));
}

void read_prefix_list_entry(const Block& b) {
  Work& work = b.work();
  GapId gap;
  PrefixList* list = list_named(b, "prefix_list_id", gap);
  const Value<Prefix> cidr = b.prefix("cidr");
  if (gap) {
    for (PrefixList& row : work.change.put.prefix_lists) row.entries.open = gap;
  } else if (list != nullptr && (!b.resource().stays() || b.resource().fate == Fate::changed)) {
    if (!work.created.contains(Ref(list->id))) list->entries = {{}, beside(work)};
  }
  if (list == nullptr || !b.resource().stays()) return;
  if (!cidr.known()) {
    list->entries.open = cidr.gap();
  } else if (std::find(list->entries.begin(), list->entries.end(), *cidr) == list->entries.end()) {
    list->entries.items.push_back(*cidr);
  }
}

// `aws_prefix_list` and `aws_ec2_managed_prefix_list`, as they were read.
void read_prefix_list_data(const Block& b) {
  Work& work = b.work();
  const std::string_view id = b.node("id").text();
  if (!id.starts_with("pl-")) return;
  PrefixList row;
  row.id = b.id<PrefixListId>(work.text(id));
  if (work.base->prefix_lists.find(row.id) != nullptr) return;
  row.head = b.head(b.node("name").text());
  row.head.account = {};
  row.aws_managed = b.node("owner_id").text() == "AWS" || b.node("name").text().starts_with("com.amazonaws.");
  const Node blocks = b.node("cidr_blocks");
  const Node entries = b.node("entries");
  if (!blocks.is(json::Kind::array) && !entries.is(json::Kind::array)) row.entries.open = b.gap("entries");
  for (const Node list : {blocks, entries}) {
    for (const Node item : list.items()) {
      const Result<Prefix> p = parse_prefix(item.is(json::Kind::object) ? item["cidr"].text() : item.text());
      if (p) {
        row.entries.items.push_back(*p);
      } else {
        row.entries.open = b.not_understood("entries");
      }
    }
  }
  work.put(work.change.put.prefix_lists, std::move(row));
}

}  // namespace sallyport::read::terraform
