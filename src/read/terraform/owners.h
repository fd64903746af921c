// Owners: what is there already and may be meant by an argument that is not known.
#pragma once

#include <vector>

#include "read/terraform/attributes.h"

namespace sallyport::read::terraform {

// Puts the base's rows of the provider's Region among the change's, where `attribute` is not known and may name one of
// them: what only objects of the plan can be is none. So who adds a part to something unknown finds them.
// Cost: linear in the base's rows where it is not known, else constant.
template <class IdType, class Row, class Table>
void take_base(const Block& b, const char* attribute, const Value<IdType>& id, std::vector<Row>& rows,
               const Table& base) {
  if (id.known() || base.rows().empty() || !b.candidates<IdType>(attribute).empty()) return;
  const Text region = b.place().region;
  for (const Row& there : base) {
    if (region.empty() || there.head.region.empty() || there.head.region == region) {
      b.work().row_or_base(rows, base, there.id);
    }
  }
}

}  // namespace sallyport::read::terraform
