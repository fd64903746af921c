#include "facts/services.h"

#include <algorithm>

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

ActionServices services_of_action(std::string_view action) {
  const std::string_view prefix = action.substr(0, action.find(':'));
  ActionServices found{{}, true};
  for (const tables::Alias& row : rows_of(tables::action_services, action, name_of))
    found.services.push_back(&tables::services[row.number]);
  if (found.services.empty()) {
    found.services = services_of_iam_prefix(prefix);
    found.certain = found.services.size() == 1;
  }
  // The service that goes by the prefix itself comes first.
  const Service* first = service(prefix);
  if (const auto at = std::ranges::find(found.services, first); at != found.services.end())
    std::rotate(found.services.begin(), at, at + 1);
  return found;
}

}  // namespace sallyport::facts
