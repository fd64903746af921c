#include "facts/names.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "facts/search.h"
#include "facts/tables.h"
#include "facts/template.h"

namespace sallyport::facts {
namespace {

using tables::HostRow;

std::string_view template_of(std::uint32_t row) { return tables::view(tables::hosts[row].name); }

// A host name cut at its partition's suffix and its Region.
struct Parts {
  const Partition* partition = nullptr;
  std::string_view suffix;  // `{dns}` or `{dual}`
  std::string before;       // all before the suffix: `s3delta.s3.eu-central-1.`
  std::string region;       // the last Region in it, empty if there is none
  std::size_t region_at = 0;
};

// The last part of `text` that is a Region, between dots, dashes or the ends.
void find_region(Parts& parts) {
  const std::string_view text = parts.before;
  for (std::size_t end = text.size(); end > 0;) {
    const std::size_t dot = text.rfind('.', end - 1);
    const std::size_t start = dot == std::string_view::npos ? 0 : dot + 1;
    const std::string_view label = text.substr(start, end - start);
    for (std::size_t at = 0; at < label.size();) {
      if (const Partition* owner = partition_of(label.substr(at))) {
        parts.region = label.substr(at);
        parts.region_at = start + at;
        parts.partition = owner;
        return;
      }
      const std::size_t dash = label.find('-', at);
      if (dash == std::string_view::npos) break;
      at = dash + 1;
    }
    if (start == 0) break;
    end = start - 1;
  }
}

std::vector<Parts> cut(const std::string& host) {
  std::vector<Parts> all;
  for (const Partition& partition : partitions()) {
    for (const auto& [suffix, mark] : {std::pair(partition.dns, "{dns}"), std::pair(partition.dual, "{dual}")}) {
      const std::string dotted = "." + std::string(suffix);
      if (!host.ends_with(dotted)) continue;
      Parts parts{&partition, mark, host.substr(0, host.size() - suffix.size()), {}, 0};
      find_region(parts);
      // Two partitions share a suffix: the Region tells them apart.
      if (parts.partition->dns == partition.dns) all.push_back(std::move(parts));
    }
  }
  // A few names end otherwise: `signin.aws.amazon.com`, `studio.<region>.sagemaker.aws`.
  Parts whole{partition("aws"), "", host, {}, 0};
  find_region(whole);
  all.push_back(std::move(whole));
  return all;
}

// The rows whose template is exactly `name`.
auto rows_named(std::string_view name) {
  const auto first = std::ranges::lower_bound(tables::by_host, name, {}, template_of);
  auto end = first;
  while (end != tables::by_host.end() && template_of(*end) == name) ++end;
  return std::ranges::subrange(first, end);
}

// Of the rows with one template, the one that says most plainly what the host is.
const HostRow* best_row(std::string_view name, const Parts& parts) {
  const HostRow* best = nullptr;
  for (const std::uint32_t at : rows_named(name)) {
    const HostRow& row = tables::hosts[at];
    if (!(row.partitions & bit_of(*parts.partition)) && !parts.region.empty()) continue;
    if (!best || std::tuple(row.use, row.kind, row.service) < std::tuple(best->use, best->kind, best->service))
      best = &row;
  }
  return best;
}

// The Region of a name that says none but is answered in one only: `queue.amazonaws.com`.
std::string only_region(const HostRow& row, std::string_view name) {
  const std::string_view regions = tables::view(row.regions);
  const auto same = rows_named(name);
  return same.size() == 1 && !regions.empty() && !regions.starts_with('!') &&
                 regions.find(',') == std::string_view::npos
             ? std::string(regions)
             : std::string();
}

// Directory buckets name their zone: `x--euc1-az1--x-s3.s3express-euc1-az1.<region>...`
// becomes `...s3express-{zone}...`, as the table has it.
std::string with_zone_variable(std::string text) {
  constexpr std::string_view head = ".s3express-";
  const std::size_t at = text.find(head);
  if (at == std::string::npos) return text;
  const std::size_t from = at + head.size();
  const std::size_t to = std::min(text.find('.', from), text.size());
  return text.replace(from, to - from, "{zone}");
}

std::optional<HostMatch> match(const Parts& parts) {
  std::string by_region = parts.before;
  if (!parts.region.empty()) by_region.replace(parts.region_at, parts.region.size(), "{region}");
  // A global service may stand in one Region's name, `account.us-east-1...`: the
  // name is tried as it is, too.
  for (const std::string& text : {by_region, parts.before, with_zone_variable(by_region)}) {
    const std::string name = text + std::string(parts.suffix);
    for (std::size_t at = 0;;) {
      const std::string tail = at == 0 ? name : "*." + name.substr(at);
      if (const HostRow* row = best_row(tail, parts)) {
        // One partition only: it is the name's, whatever the suffix.
        const Partition* partition = parts.partition;
        for (const Partition& other : partitions())
          if (row->partitions == bit_of(other)) partition = &other;
        return HostMatch{&tables::services[row->service], parts.region.empty() ? only_region(*row, tail) : parts.region,
                         std::string(partition->name), row->kind, at == 0 ? "" : name.substr(0, at - 1)};
      }
      const std::size_t dot = name.find('.', at);
      if (dot == std::string::npos) break;
      at = dot + 1;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<HostName> default_names(const Service& service, std::string_view region) {
  std::vector<HostName> names;
  const Partition* partition = partition_of(region);
  if (!partition) return names;
  const auto number = static_cast<std::uint16_t>(&service - tables::services.data());
  const auto [first, end] = std::ranges::equal_range(tables::hosts, number, {}, &HostRow::service);
  for (const HostRow& row : std::ranges::subrange(first, end)) {
    if (!(row.partitions & bit_of(*partition)) || !holds_in(tables::view(row.regions), region)) continue;
    if (tables::view(row.name).find("{zone}") != std::string_view::npos) continue;  // a Region does not say its zones
    std::string name = fill(tables::view(row.name), region, *partition);
    const bool wildcard = name.starts_with("*.");
    names.push_back({std::move(name), row.kind, row.use, wildcard});
  }
  std::ranges::sort(names, {}, [](const HostName& n) { return std::tuple(n.use, n.kind, std::string_view(n.name)); });
  return names;
}

std::vector<HostName> names_in_use(const Service& service, std::string_view region) {
  std::vector<HostName> names = default_names(service, region);
  std::erase_if(names, [](const HostName& n) { return n.use != NameUse::by_default; });
  return names;
}

std::optional<HostMatch> service_of_host(std::string_view host) {
  constexpr std::size_t longest_name = 255;  // RFC 1035; keeps hostile input short
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty() || host.size() > longest_name) return std::nullopt;
  for (const Parts& parts : cut(lower(host)))
    if (auto found = match(parts)) return found;
  return std::nullopt;
}

}  // namespace sallyport::facts
