#include "facts/template.h"

#include <algorithm>

#include "facts/tables.h"

namespace sallyport::facts {

std::string fill(std::string_view name_template, std::string_view region, const Partition& partition) {
  std::string out;
  while (!name_template.empty()) {
    const std::size_t open = std::min(name_template.find('{'), name_template.size());
    out += name_template.substr(0, open);
    name_template.remove_prefix(open);
    if (name_template.empty()) break;
    const std::size_t close = name_template.find('}');
    const std::string_view variable = name_template.substr(1, close - 1);
    out += variable == "region" ? region : variable == "dual" ? partition.dual : partition.dns;
    name_template.remove_prefix(close + 1);
  }
  return out;
}

bool holds_in(std::string_view regions, std::string_view region) {
  if (regions.empty()) return true;
  const bool except = regions.starts_with('!');
  if (except) regions.remove_prefix(1);
  for (std::size_t from = 0; from <= regions.size();) {
    const std::size_t to = std::min(regions.find(',', from), regions.size());
    if (regions.substr(from, to - from) == region) return !except;
    from = to + 1;
  }
  return except;
}

unsigned bit_of(const Partition& partition) {
  return 1U << static_cast<unsigned>(&partition - tables::partitions.data());
}

}  // namespace sallyport::facts
