#include "facts/services.h"

#include "facts/search.h"
#include "facts/tables.h"

namespace sallyport::facts {
namespace {

std::string_view name_of(const tables::Alias& alias) { return tables::view(alias.name); }

}  // namespace

std::span<const Service> services() { return tables::services; }

const Service* service(std::string_view name) {
  const auto found = rows_of(tables::service_names, name, name_of);
  return found.empty() ? nullptr : &tables::services[found.begin()->number];
}

std::vector<const Service*> services_of_iam_prefix(std::string_view prefix) {
  std::vector<const Service*> all;
  for (const tables::Alias& row : rows_of(tables::iam_services, prefix, name_of))
    all.push_back(&tables::services[row.number]);
  return all;
}

}  // namespace sallyport::facts
