// Policies that a template does not hold as a document: put together from its parts, or
// AWS's default.
#include "read/cloudformation/families.h"
#include "read/policy/policy.h"

namespace sallyport::read::cloudformation {

PolicyId put_policy_text(Work& work, Text partition, const std::string& id, const Head& owner,
                         const std::string& json) {
  Policy row;
  row.id = work.registry.ids.get<PolicyId>(partition, work.text(id));
  row.head.name = owner.name;
  row.head.account = owner.account;
  row.head.origin = owner.origin;
  row.document = read_policy_text(json, owner.origin, "the policy of `" + work.registry.texts.string(owner.name) + "`",
                                  work.registry, work.change.diagnostics);
  const PolicyId put = row.id;
  // A later part replaces the document of the parts before it.
  if (Policy* standing = work.row(work.change.put.policies, row.id)) {
    *standing = std::move(row);
  } else {
    work.put(work.change.put.policies, std::move(row));
  }
  return put;
}

}  // namespace sallyport::read::cloudformation
