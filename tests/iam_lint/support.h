// Short ways to lint a text.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "iam/lint/lint.h"
#include "read/policy/find.h"

namespace sallyport::iam::lint {

// The documents of a text, which stands in document 1 of `Documents`.
inline std::vector<read::FoundPolicy> documents_of(const std::string& text) {
  auto found = read::find_policies(text, 1);
  EXPECT_TRUE(found) << text << (found ? "" : found.error().message);
  return found ? *std::move(found) : std::vector<read::FoundPolicy>();
}

inline Report lint(const std::string& text, PolicyUse use, const std::string& service = {}) {
  const auto found = documents_of(text);
  if (found.empty()) return {};
  return check({.source = found.front().source, .use = use, .service = service});
}

inline std::multiset<std::string> codes_of(const std::vector<Finding>& findings) {
  std::multiset<std::string> out;
  for (const Finding& f : findings) out.insert(f.code->id);
  return out;
}

inline std::string statements(const std::string& list) {
  return "{\"Version\": \"2012-10-17\", \"Statement\": [" + list + "]}";
}

}  // namespace sallyport::iam::lint
