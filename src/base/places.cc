#include "base/places.h"

#include <algorithm>
#include <string_view>

namespace sallyport {

const Places::Lines& Places::lines(DocumentId document) {
  const auto [entry, is_new] = lines_.try_emplace(document);
  Lines& lines = entry->second;
  if (!is_new) return lines;
  lines.readable = true;
  lines.starts.push_back(0);
  lines.readable = documents_.read(document, [&](std::string_view part) {
    for (auto at = part.find('\n'); at != part.npos; at = part.find('\n', at + 1)) {
      lines.starts.push_back(static_cast<std::uint32_t>(lines.size + at + 1));
    }
    lines.size += part.size();
  });
  return lines;
}

Place Places::place(Origin origin) {
  origin = documents_.outermost(origin);
  const std::string path(documents_.name(origin.document));
  if (!origin) return {path, 0, 0};
  const Lines& found = lines(origin.document);
  if (!found.readable || origin.offset > found.size) return {path, 0, 0};
  const auto after = std::upper_bound(found.starts.begin(), found.starts.end(), origin.offset);
  const auto line = static_cast<std::uint32_t>(after - found.starts.begin());
  return {path, line, origin.offset - *std::prev(after) + 1};
}

std::string Places::show(Origin origin) {
  if (!origin) return {};
  const Place where = place(origin);
  return where.line == 0 ? where.path : where.path + ":" + std::to_string(where.line);
}

}  // namespace sallyport
