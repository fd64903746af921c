// The resource types of a corpus, read and not read: the tables of docs/internals/corpora.md.
#pragma once

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sallyport::read {

using TypeCounts = std::map<std::string, std::size_t>;

// Prints both lists, most frequent first. `rare`: types of which no more stand in the corpus are counted only.
inline void print_types(const char* corpus, const TypeCounts& all, const TypeCounts& unread, std::size_t rare) {
  const auto print = [&](const char* what, bool wanted) {
    std::vector<std::pair<std::size_t, std::string>> sorted;
    std::size_t types = 0, resources = 0, few = 0;
    for (const auto& [type, number] : all) {
      if (unread.contains(type) == wanted) continue;
      ++types, resources += number;
      if (number > rare) sorted.emplace_back(number, type);
      if (number <= rare) ++few;
    }
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::printf("| %s | %s | %zu | %zu |", corpus, what, types, resources);
    for (std::size_t i = 0; i < sorted.size(); ++i)
      std::printf("%s %s %zu", i == 0 ? "" : ",", sorted[i].second.c_str(), sorted[i].first);
    if (few > 0) std::printf("; %zu rarer", few);
    std::printf(" |\n");
  };
  print("read", true);
  print("not read", false);
}

}  // namespace sallyport::read
