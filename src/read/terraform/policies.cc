// Policies on their way from an attribute to rows of their own.
#include "read/policy/policy.h"
#include "read/terraform/families.h"

namespace sallyport::read::terraform {

Value<PolicyId> put_policy(const Block& b, std::string_view attribute, std::string_view id, std::string_view name) {
  Work& work = b.work();
  const Value<Text> text = b.text(attribute);
  if (!text.known()) return text.gap();
  if (text->empty()) return PolicyId();
  Policy row;
  row.id = work.registry.ids.get<PolicyId>(b.place().partition, work.text(id));
  row.head.name = work.text(show_symbols(name));
  row.head.account = b.place().account;
  row.head.origin = b.raw(attribute).origin();
  row.document = read_policy_text(work.registry.view(*text), row.head.origin,
                                  "`" + std::string(attribute) + "` of `" + b.resource().address + "`", work.registry,
                                  work.change.diagnostics);
  const PolicyId put = row.id;
  work.put(work.change.put.policies, std::move(row));
  return put;
}

}  // namespace sallyport::read::terraform
