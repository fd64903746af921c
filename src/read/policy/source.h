// Reads a policy document as it was written: JSON -> PolicySource.
//
// Refuses nothing: what is wrong with a document is for `policy check` to say. A
// document may be a text inside another one (in an AWS answer, percent-encoded in
// IAM's); each value's place is then that of its first byte in the outer file, so that
// line and column are those that an editor shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/origin.h"
#include "base/result.h"
#include "model/policy_source.h"
#include "read/json/tree.h"

namespace sallyport::read {

// A text and where each of its bytes stands in the file it comes from.
struct PlacedText {
  std::string text;
  std::vector<std::uint32_t> at;  // as long as `text`, and one more for its end

  // The bytes of a whole file.
  static PlacedText whole(std::string_view bytes);
  // The contents of the JSON string whose opening quote stands at `quote` of this text.
  // Cost: linear.
  PlacedText inner(std::uint32_t quote) const;
  // `%7B%22Version...` resolved; the same text if it does not begin so. nullopt: it begins
  // so and is not well formed.
  std::optional<PlacedText> percent_decoded() const;
};

// The document at `node`, which was parsed from `text`; places are in `document`. Errors: it has
// more than `most` bytes.
Result<PolicySource> read_policy_source(json::Node node, const PlacedText& text, DocumentId document, std::size_t most);

}  // namespace sallyport::read
