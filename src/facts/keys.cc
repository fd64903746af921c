#include "facts/keys.h"

#include "facts/search.h"
#include "facts/tables.h"

namespace sallyport::facts {

std::span<const GlobalKey> global_keys() { return tables::global_keys; }

const GlobalKey* global_key(std::string_view name) {
  const auto name_of = [](const GlobalKey& key) { return key.name; };
  if (const auto found = rows_of(tables::global_keys, name, name_of); !found.empty()) return &*found.begin();
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return nullptr;
  const auto found = rows_of(tables::global_keys, std::string(name.substr(0, slash)) + "/${TagKey}", name_of);
  return found.empty() ? nullptr : &*found.begin();
}

Truth key_present_through_endpoint(std::string_view key, std::string_view prefix_or_action) {
  using tables::EndpointKeyRow;
  const auto rows =
      rows_of(tables::endpoint_keys, key, [](const EndpointKeyRow& row) { return tables::view(row.key); });
  if (rows.empty()) return Truth::unknown;
  const auto service_of = [](const EndpointKeyRow& row) { return tables::view(row.service); };
  const std::string_view prefix = prefix_or_action.substr(0, prefix_or_action.find(':'));
  for (const std::string_view who : {prefix_or_action, prefix, std::string_view("*")})
    if (const auto found = rows_of(rows, who, service_of); !found.empty()) return truth(found.begin()->present);
  return Truth::no;
}

bool rcp_supported(std::string_view prefix) {
  return !rows_of(tables::rcp_prefixes, prefix, [](std::string_view row) { return row; }).empty();
}

}  // namespace sallyport::facts
