#include "iam/lint/patterns.h"

#include <algorithm>
#include <vector>

namespace sallyport::iam::lint {

std::string without_variables(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text.substr(i, 2) == "${" ? text.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += text[i];
    } else {
      out += '*';
      i = end;
    }
  }
  return out;
}

bool may_meet(std::string_view left, std::string_view right) {
  const std::string a = without_variables(left);
  const std::string b = without_variables(right);
  // meets[j]: the rest of `a` from i on and the rest of `b` from j on have a text in common.
  std::vector<char> meets(b.size() + 1);
  std::vector<char> above(b.size() + 1);
  for (std::size_t i = a.size() + 1; i-- > 0;) {
    std::swap(meets, above);
    for (std::size_t j = b.size() + 1; j-- > 0;) {
      const bool a_ends = i == a.size();
      const bool b_ends = j == b.size();
      bool met = a_ends && b_ends;
      if (!a_ends && a[i] == '*') met = above[j] != 0 || (!b_ends && meets[j + 1] != 0);
      if (!met && !b_ends && b[j] == '*') met = meets[j + 1] != 0 || (!a_ends && above[j] != 0);
      if (!met && !a_ends && !b_ends && a[i] != '*' && b[j] != '*') {
        met = (a[i] == b[j] || a[i] == '?' || b[j] == '?') && above[j + 1] != 0;
      }
      meets[j] = met ? 1 : 0;
    }
  }
  return meets[0] != 0;
}

bool within(std::string_view inner, std::string_view outer) {
  // `outer` as a pattern for the characters of `inner`, of which a star is met by a star alone.
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  while (t < inner.size()) {
    if (p < outer.size() && outer[p] == '*') {
      star = p++;
      star_text = t;
    } else if (p < outer.size() && ((outer[p] == '?' && inner[t] != '*') || outer[p] == inner[t])) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (p < outer.size() && outer[p] == '*') ++p;
  return p == outer.size();
}

}  // namespace sallyport::iam::lint
