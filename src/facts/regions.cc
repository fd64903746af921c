#include "facts/regions.h"

#include <algorithm>

#include "facts/tables.h"

namespace sallyport::facts {
namespace {

template <class Row>
const Row* find(std::span<const Row> rows, std::string_view name) {
  const auto at = std::ranges::lower_bound(rows, name, {}, &Row::name);
  return at != rows.end() && at->name == name ? &*at : nullptr;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Is `region` one of the comma-separated prefixes, a word, a dash and a number?
bool fits(std::string_view region, std::string_view prefixes) {
  const std::size_t dash = region.rfind('-');
  if (dash == std::string_view::npos || !is_number(region.substr(dash + 1))) return false;
  const std::string_view head = region.substr(0, dash);
  for (std::size_t from = 0; from <= prefixes.size();) {
    const std::size_t to = std::min(prefixes.find(',', from), prefixes.size());
    const std::string_view prefix = prefixes.substr(from, to - from);
    if (head.starts_with(prefix) && is_word(head.substr(prefix.size()))) return true;
    from = to + 1;
  }
  return false;
}

}  // namespace

std::span<const Partition> partitions() { return tables::partitions; }
std::span<const Region> regions() { return tables::regions; }

const Region* region(std::string_view name) { return find(tables::regions, name); }
const Partition* partition(std::string_view name) { return find(tables::partitions, name); }

const Partition* partition_of(std::string_view name) {
  if (const Region* known = region(name)) return partition(known->partition);
  constexpr std::string_view global = "-global";  // pseudo Regions: `aws-global`, `aws-cn-global`
  if (name.ends_with(global))
    if (const Partition* known = partition(name.substr(0, name.size() - global.size()))) return known;
  for (const Partition& known : tables::partitions)
    if (fits(name, known.prefixes)) return &known;
  return nullptr;
}

}  // namespace sallyport::facts
