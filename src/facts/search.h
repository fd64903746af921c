// Search in the sorted tables of this folder, without regard to ASCII case. For the
// files of this folder only.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace sallyport::facts {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

// Order of the texts as if both were lower case; bytes compare as unsigned.
constexpr bool less_folded(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return static_cast<unsigned char>(lower(x)) < static_cast<unsigned char>(lower(y));
  });
}

// The rows of a sorted table whose name (by `name_of`) is `name`.
template <class Table, class NameOf>
auto rows_of(const Table& table, std::string_view name, NameOf name_of) {
  const auto first = std::lower_bound(table.begin(), table.end(), name, [&](const auto& row, std::string_view n) {
    return less_folded(name_of(row), n);
  });
  const auto end = std::upper_bound(first, table.end(), name,
                                    [&](std::string_view n, const auto& row) { return less_folded(n, name_of(row)); });
  return std::ranges::subrange(first, end);
}

}  // namespace sallyport::facts
