// Owners: the things that parts are added to, by a property of the part.
#pragma once

#include <vector>

#include "read/cloudformation/properties.h"

namespace sallyport::read::cloudformation {

// The table, group or ACL that `property` names. A parameter without value may be any that exists: then those of the
// base in the Region are among the rows, so that who adds a part to something unknown finds them.
// Cost: linear in the base's rows where it is not told, else constant.
template <class IdType, class Row, class Table>
Value<IdType> owner(const Properties& p, const char* property, std::vector<Row>& rows, const Table& base) {
  const Value<IdType> id = p.ref<IdType>(property);
  if (id.known() && (!*id || !is_untold(p.registry().texts, p.registry().ids.id(*id)))) return id;
  bool any = false;
  for (const Row& there : base) {
    if (there.head.region != p.place().region) continue;
    any = p.work().row_or_base(rows, base, there.id) != nullptr;
  }
  return id.known() && any ? Value<IdType>(p.gap(property)) : id;
}

}  // namespace sallyport::read::cloudformation
