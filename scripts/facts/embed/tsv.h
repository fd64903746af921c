// Tsv: one table of data/, read for the generator; and the text pool it fills.
//
// The generator runs while the program is built, on files of this repository: a
// mistake in one stops the build with the file's name and line.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace embed {

[[noreturn]] inline void stop(const std::string& where, const std::string& what) {
  std::cerr << where << ": " << what << "\n";
  std::exit(1);
}

inline std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (std::size_t from = 0;;) {
    const std::size_t to = text.find(at, from);
    parts.emplace_back(text.substr(from, to - from));
    if (to == std::string_view::npos) return parts;
    from = to + 1;
  }
}

// ASCII only: all names of AWS are.
inline std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

struct Tsv {
  std::string path;
  std::vector<std::vector<std::string>> rows;

  // Reads `<folder>/<name>.tsv`; every row must have `columns` cells.
  Tsv(const std::string& folder, const std::string& name, std::size_t columns) : path(folder + "/" + name + ".tsv") {
    std::ifstream in(path);
    if (!in) stop(path, "cannot be read");
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      if (line.empty() || line[0] == '#') continue;
      rows.push_back(split(line, '\t'));
      // A last cell that is empty leaves a final tab.
      if (rows.back().size() != columns)
        stop(path + ":" + std::to_string(number),
             std::to_string(rows.back().size()) + " cells, not " + std::to_string(columns));
    }
    if (rows.empty()) stop(path, "has no rows");
  }
};

// All strings of the large tables, each once.
class Pool {
 public:
  // The initializer of a tables::Slice: `{12,5}`.
  std::string slice(const std::string& text) {
    const auto [it, added] = at_.try_emplace(text, static_cast<std::uint32_t>(bytes_.size()));
    if (added) bytes_ += text;
    return "{" + std::to_string(it->second) + "," + std::to_string(text.size()) + "}";
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::map<std::string, std::uint32_t> at_;
  std::string bytes_;
};

// A C++ string literal with a length-safe suffix: `"a\"b"sv`.
inline std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < ' ') stop(std::string(text), "control character");
    out += c;
  }
  return out + "\"";
}
inline std::string literal(std::string_view text) { return quoted(text) + "sv"; }

inline bool yes(const Tsv& table, const std::string& cell) {
  if (cell != "yes" && cell != "no") stop(table.path, "`" + cell + "` is neither yes nor no");
  return cell == "yes";
}

// The enumerator for a cell: `at("regional")` of {{"regional", "NameKind::regional"}}.
using Words = std::map<std::string, std::string>;
inline const std::string& word(const Tsv& table, const Words& words, const std::string& cell) {
  const auto it = words.find(cell);
  if (it == words.end()) stop(table.path, "unknown word `" + cell + "`");
  return it->second;
}

// Writes `extern const std::span<const type> name` over the rows.
inline void array(std::ostream& out, const std::string& type, const std::string& name,
                  const std::vector<std::string>& rows) {
  out << "constexpr " << type << " " << name << "_rows[] = {\n";
  for (const std::string& row : rows) out << row << ",\n";
  out << "};\nconst std::span<const " << type << "> " << name << " = " << name << "_rows;\n\n";
}

// In iam.cc: the action table and the keys.
void write_iam(std::ostream& out, const std::string& folder, Pool& pool);

}  // namespace embed
