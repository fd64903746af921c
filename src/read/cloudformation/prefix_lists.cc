// Prefix lists of customers (RT-8).
#include "read/cloudformation/families.h"

namespace sallyport::read::cloudformation {

void read_prefix_list(const Properties& p) {
  Work& work = p.work();
  PrefixList row;
  row.id = p.own_id<PrefixListId>();
  const Value<Text> name = p.text("PrefixListName");
  row.head = p.head(name.known() ? show_symbols(work.registry.view(*name)) : std::string());
  row.aws_managed = false;
  const List<Properties> entries = p.blocks("Entries");
  row.entries.open = entries.open;
  for (const Properties& entry : entries) {
    const Value<Prefix> cidr = entry.prefix("Cidr");
    if (cidr.known()) {
      row.entries.items.push_back(*cidr);
    } else {
      row.entries.open = cidr.gap();
    }
  }
  work.created.insert(row.id);
  work.put(work.change.put.prefix_lists, std::move(row));
}

}  // namespace sallyport::read::cloudformation
