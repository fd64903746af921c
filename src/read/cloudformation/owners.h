// Owners: the things that parts are added to, by a property of the part.
#pragma once

#include <vector>

#include "read/cloudformation/properties.h"

namespace sallyport::read::cloudformation {

// Puts the base's rows of the stack's Region among the change's, so that who adds a part to something unknown finds
// them. False: the base has none. Cost: linear in the base's rows.
template <class Row, class Table>
bool take_all(const Properties& p, std::vector<Row>& rows, const Table& base) {
  const Text region = p.place().region;
  bool any = false;
  for (const Row& there : base) {
    if (region.empty() || there.head.region.empty() || there.head.region == region) {
      any = p.work().row_or_base(rows, base, there.id) != nullptr;
    }
  }
  return any;
}

// The table, group or ACL that `property` names. Where that is not known it may be any that exists: then those of the
// base in the Region are among the rows. Cost: linear in the base's rows where it is not told, else constant.
template <class IdType, class Row, class Table>
Value<IdType> owner(const Properties& p, const char* property, std::vector<Row>& rows, const Table& base) {
  const Value<IdType> id = p.ref<IdType>(property);
  if (id.known() && *id) return id;
  const bool any = take_all(p, rows, base);
  return id.known() && any ? Value<IdType>(p.gap(property)) : id;
}

}  // namespace sallyport::read::cloudformation
