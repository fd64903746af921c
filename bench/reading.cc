// Bytes into a tree. simdjson's DOM parser is reused, one thread, the same bytes; ours
// builds a tree with places, keeps repeated keys and reads several documents.
#include <simdjson.h>

#include "estate.h"
#include "read/json/parse.h"
#include "rows.h"

namespace sallyport::bench {

Row reading() {
  Row row{"reading: JSON into a tree", "MB/s", {}, {}, {}, 0.33, true, "rival: simdjson DOM, parser reused"};
  const EstateSize size;
  const std::vector<generate::File> files = estate_files(estate(size), size);
  std::size_t bytes = 0;
  for (const generate::File& file : files) bytes += file.json.size();

  read::json::Parser parser;
  bool whole = true;
  const auto ours = [&] {
    for (const generate::File& file : files) {
      std::string buffer = parser.buffer();
      buffer = file.json;
      whole = parser.parse(std::move(buffer)).has_value() && whole;
    }
  };
  simdjson::dom::parser dom;
  std::vector<simdjson::padded_string> padded;
  for (const generate::File& file : files) padded.emplace_back(file.json);
  const auto rival = [&] {
    for (const simdjson::padded_string& text : padded) {
      simdjson::dom::element root;
      whole = dom.parse(text).get(root) == simdjson::SUCCESS && whole;
    }
  };
  ours(), rival();  // once for warmth
  const double mega = static_cast<double>(bytes) / 1e6;
  row.ours = mega / median_seconds(5, ours);
  row.rival = mega / median_seconds(5, rival);
  row.ratio = *row.ours / *row.rival;
  row.holds = whole && *row.ratio >= *row.floor;
  if (!whole) row.note = "a file did not parse";
  return row;
}

}  // namespace sallyport::bench
