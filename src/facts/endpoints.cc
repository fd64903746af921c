#include "facts/endpoints.h"

#include <algorithm>
#include <tuple>

#include "facts/names.h"
#include "facts/search.h"
#include "facts/tables.h"
#include "facts/template.h"

namespace sallyport::facts {
namespace {

using tables::EndpointRow;

const Service* service_of(const EndpointRow& row) {
  return row.service == tables::no_service ? nullptr : &tables::services[row.service];
}

// An endpoint service's name with its Region taken out.
struct Cut {
  std::string name;    // `com.amazonaws.{region}.lambda`
  std::string region;  // empty if it has none
};

Cut cut(std::string_view name) {
  for (std::size_t from = 0; from <= name.size();) {
    const std::size_t to = std::min(name.find('.', from), name.size());
    const std::string_view part = name.substr(from, to - from);
    if (partition_of(part))
      return {std::string(name.substr(0, from)) + "{region}" + std::string(name.substr(to)), std::string(part)};
    from = to + 1;
  }
  return {std::string(name), {}};
}

auto endpoint_rows(std::string_view name) {
  const auto rows =
      std::ranges::equal_range(tables::endpoints, name, {}, [](const EndpointRow& r) { return tables::view(r.name); });
  return std::span(rows.begin(), rows.end());
}

}  // namespace

std::vector<EndpointService> endpoint_services(const Service& service, std::string_view region) {
  std::vector<EndpointService> all;
  const Partition* partition = partition_of(region);
  if (!partition) return all;
  const auto number = static_cast<std::uint16_t>(&service - tables::services.data());
  for (const EndpointRow& row : tables::endpoints)
    if (row.service == number && holds_in(tables::view(row.regions), region))
      all.push_back({fill(tables::view(row.name), region, *partition), row.kind, row.port, &service});
  std::ranges::sort(all, {}, [](const EndpointService& e) { return std::tuple(e.kind, std::string_view(e.name)); });
  return all;
}

std::optional<EndpointServiceName> api_service_of_endpoint_service(std::string_view name) {
  const Cut parts = cut(name);
  const auto rows = endpoint_rows(parts.name);
  if (rows.empty()) return std::nullopt;
  EndpointServiceName found{service_of(rows[0]), parts.region, false, false, rows[0].port};
  for (const EndpointRow& row : rows) (row.kind == EndpointKind::gateway ? found.gateway : found.interface) = true;
  return found;
}

std::optional<PrivateNames> private_names(std::string_view endpoint_service, std::string_view region) {
  const Partition* partition = partition_of(region);
  if (!partition) return std::nullopt;
  const Cut parts = cut(endpoint_service);
  if (!parts.region.empty() && parts.region != region) return std::nullopt;

  PrivateNames found{{}, Basis::documented, false, {}};
  bool sourced = false;
  const auto rows = std::ranges::equal_range(tables::private_names, std::string_view(parts.name), {},
                                             [](const tables::PrivateNameRow& r) { return tables::view(r.service); });
  for (const tables::PrivateNameRow& row : rows) {
    if (!(row.partitions & bit_of(*partition))) continue;
    sourced = true;
    if (row.name.size > 0) found.names.push_back(fill(tables::view(row.name), region, *partition));
    found.basis = std::max(found.basis, row.basis);
    found.complete = row.complete;
    found.source = tables::view(row.source);
  }
  if (!sourced) {
    const auto known = api_service_of_endpoint_service(endpoint_service);
    if (!known || !known->interface || !known->service) return std::nullopt;
    for (const HostName& name : names_in_use(*known->service, region))
      if (name.kind == NameKind::regional) found.names.push_back(name.name);
    if (found.names.empty()) return std::nullopt;
    found.basis = Basis::assumed;
  }
  std::ranges::sort(found.names);
  return found;
}

Truth policy_supported(std::string_view endpoint_service, EndpointKind kind) {
  const Cut parts = cut(endpoint_service);
  for (const tables::PolicyRow& row : tables::policies)
    if (row.kind == kind && tables::view(row.service) == parts.name) return truth(row.supported);
  return Truth::unknown;
}

std::optional<std::string> gateway_prefix_list(const Service& service, std::string_view region) {
  for (const EndpointService& endpoint : endpoint_services(service, region))
    if (endpoint.kind == EndpointKind::gateway) return endpoint.name;
  return std::nullopt;
}

std::span<const EndpointOptions> article_table() { return tables::article; }

}  // namespace sallyport::facts
