// The fields of an ARN, as views into it.
#pragma once

#include <string_view>

namespace sallyport::read::snapshot {

struct Arn {
  std::string_view partition;
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::string_view resource;  // all behind the fifth colon
};

// `arn:aws:iam::111122223333:role/app`. What is no ARN has empty fields.
inline Arn split_arn(std::string_view text) {
  if (!text.starts_with("arn:")) return {};
  std::string_view fields[5];
  text.remove_prefix(4);
  for (int i = 0; i < 4; ++i) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {};
    fields[i] = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  return {fields[0], fields[1], fields[2], fields[3], text};
}

}  // namespace sallyport::read::snapshot
