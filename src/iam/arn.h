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
  while (arn.count < 5) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) break;
    arn.parts[arn.count++] = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  arn.parts[arn.count++] = text;
  return arn;
}

}  // namespace sallyport::iam
