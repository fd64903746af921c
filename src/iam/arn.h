// Arn: the six parts of an ARN. The last holds everything after the fifth colon.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace sallyport::iam {

struct Arn {
  std::array<std::string_view, 6> parts;
  std::size_t count = 0;  // parts that are there, at most 6

  bool whole() const { return count == 6 && parts[0] == "arn"; }
  std::string_view partition() const { return parts[1]; }
  std::string_view service() const { return parts[2]; }
  std::string_view region() const { return parts[3]; }
  std::string_view account() const { return parts[4]; }
  std::string_view resource() const { return parts[5]; }
};

// Splits at the first five colons, whatever stands between them. The parts view
// into `text`.
inline Arn split_arn(std::string_view text) {
  Arn arn;
  std::size_t first = 0;
  // Colons are a few bytes apart: to look at each byte is faster than to search.
  for (std::size_t i = 0; i < text.size() && arn.count < 5; ++i) {
    if (text[i] != ':') continue;
    arn.parts[arn.count++] = text.substr(first, i - first);
    first = i + 1;
  }
  arn.parts[arn.count++] = text.substr(first);
  return arn;
}

}  // namespace sallyport::iam
