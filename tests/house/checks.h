// The rules of the house as functions over files held in memory.
//
// Each takes files and gives one line per violation (`path: what`), empty where
// the rule holds. Nothing here touches the disk, so that the tests can show that
// each rule fails on a bad sample; `house_test.cc` then runs them on the checkout.
#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sallyport::house {

struct File {
  std::string path;  // relative to the checkout, `src/net/route.cc`
  std::string text;
};
using Files = std::vector<File>;
using Violations = std::vector<std::string>;

// The rooms in the order in which data flows: each includes only those before it.
inline constexpr std::array<std::string_view, 14> floors = {"base", "model",  "facts",   "read",    "net",
                                                            "iam",  "access", "guard",   "confirm", "lab",
                                                            "api",  "show",   "resolve", "cli"};

inline bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
inline bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

inline std::vector<std::string_view> lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

// The floor of a room, floors.size() for what is no room.
inline std::size_t floor_of(std::string_view room) {
  return static_cast<std::size_t>(std::find(floors.begin(), floors.end(), room) - floors.begin());
}

// `net` for `src/net/route.cc` and for the include `net/route.h`.
inline std::string_view room_of(std::string_view path) {
  if (starts_with(path, "src/")) path.remove_prefix(4);
  return path.substr(0, path.find('/'));
}

// `#include "x"` -> x; empty for any other line. Spaces may stand where C++ allows them.
inline std::string_view quoted_include(std::string_view line) {
  const auto skip = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip();
  if (!starts_with(line, "#")) return {};
  line.remove_prefix(1);
  skip();
  if (!starts_with(line, "include")) return {};
  line.remove_prefix(7);
  skip();
  if (!starts_with(line, "\"")) return {};
  line.remove_prefix(1);
  return line.substr(0, line.find('"'));
}

inline bool is_cpp(std::string_view path) { return ends_with(path, ".cc") || ends_with(path, ".h"); }

// src/: includes are written from src/ and lead to the same room or to one before it; the two
// engines know neither each other nor the readers. tests/library/: judges share no code with engines.
inline Violations check_floors(const Files& files) {
  Violations out;
  for (const auto& file : files) {
    const bool judge = starts_with(file.path, "tests/library/");
    if (!is_cpp(file.path) || (!judge && !starts_with(file.path, "src/"))) continue;
    const auto room = room_of(file.path);
    for (const auto line : lines(file.text)) {
      const auto include = quoted_include(line);
      if (include.empty()) continue;
      const auto target = room_of(include);
      const auto report = [&](std::string_view why) {
        out.push_back(file.path + ": includes `" + std::string(include) + "`: " + std::string(why));
      };
      if (judge) {
        // What an answer is made of: its words, not how it is found.
        if (include == "net/answer.h") continue;
        if (floor_of(target) < floors.size() && floor_of(target) > floor_of("facts")) {
          report("a judge may know only base, model and facts");
        }
        continue;
      }
      const bool engine = room == "net" || room == "iam";
      if (floor_of(target) == floors.size())
        report("includes are written from src/ and start with a room");
      else if (floor_of(target) > floor_of(room))
        report("that room stands below this one");
      else if (engine && target == "read")
        report("an engine knows no reader");
      else if (engine && target != room && (target == "net" || target == "iam"))
        report("the engines do not know each other");
    }
  }
  return out;
}

// Below show/ nothing prints, below cli/ nothing reads the environment. The failed
// assertion is the one exception: it prints and dies.
inline Violations check_silence(const Files& files) {
  static const std::regex prints(R"(\b(std::(cout|cerr|clog)|printf|fprintf|puts|fputs|fmt::print)\b)");
  static const std::regex environment(R"(\b(std::)?(secure_)?getenv\b)");
  Violations out;
  for (const auto& file : files) {
    if (!starts_with(file.path, "src/") || !is_cpp(file.path) || file.path == "src/base/assert.cc") continue;
    const auto room = room_of(file.path);
    for (const auto line : lines(file.text)) {
      const auto code = std::string(line.substr(0, line.find("//")));
      if (room != "show" && room != "cli" && std::regex_search(code, prints)) {
        out.push_back(file.path + ": prints: `" + code + "`");
      }
      if (room != "cli" && std::regex_search(code, environment)) {
        out.push_back(file.path + ": reads the environment: `" + code + "`");
      }
    }
  }
  return out;
}

inline Violations check_length(const Files& files, std::size_t most = 500) {
  Violations out;
  for (const auto& file : files) {
    const auto count = lines(file.text).size();
    if (is_cpp(file.path) && count > most)
      out.push_back(file.path + ": " + std::to_string(count) + " lines: split it by meaning");
  }
  return out;
}

// A header opens with a comment that is more than its own name.
inline Violations check_headers(const Files& files) {
  Violations out;
  for (const auto& file : files) {
    if (!starts_with(file.path, "src/") || !ends_with(file.path, ".h")) continue;
    std::size_t length = 0;
    for (const auto line : lines(file.text)) {
      if (!starts_with(line, "//")) break;
      length += line.size() - 2;
    }
    if (length < 20) out.push_back(file.path + ": does not open with a comment that says what it answers");
  }
  return out;
}

// No file names a place on one machine, or the host of a package registry.
inline Violations check_machine_paths(const Files& files) {
  // Without their first byte, so that this file does not break its own rule.
  static constexpr std::array<std::string_view, 4> folders = {"work/", "farm/", "root/", "home/"};
  static constexpr std::array<std::string_view, 4> hosts = {"egistry.npmjs.", "iles.pythonhosted.", "tatic.crates.",
                                                            "roxy.golang."};
  // A path starts a word: what stands before it is none of these, which make it part of a longer path or an address.
  const auto continues = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || std::strchr("._~/-}", c); };
  const auto starts = std::string_view("rfsp");  // first bytes of `hosts`
  Violations out;
  for (const auto& file : files) {
    const std::string_view text = file.text;
    const auto report = [&](std::size_t at, std::string_view what) {
      const auto begin = text.rfind('\n', at) + 1;  // npos + 1 = 0: the first line
      out.push_back(file.path + ": " + std::string(what) + ": `" +
                    std::string(text.substr(begin, text.find('\n', at) - begin)) + "`");
    };
    for (auto at = text.find('/'); at != text.npos; at = text.find('/', at + 1)) {
      if (at > 0 && continues(text[at - 1])) continue;
      for (const auto folder : folders) {
        const auto rest = text.substr(at + 1);
        if (starts_with(rest, folder) && rest.size() > folder.size() && continues(rest[folder.size()]))
          report(at, "a path of one machine");
      }
    }
    for (std::size_t i = 0; i < hosts.size(); ++i) {
      const auto at = text.find(hosts[i]);
      if (at != text.npos && at > 0 && text[at - 1] == starts[i]) report(at, "a registry's host");
    }
  }
  return out;
}

// `a/b/../c` -> `a/c`; no leading `./`.
inline std::string normal(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = path.find('/');
    const auto part = path.substr(0, end);
    if (part == ".." && !parts.empty())
      parts.pop_back();
    else if (part != "." && !part.empty())
      parts.push_back(part);
    if (end == std::string_view::npos) break;
    path.remove_prefix(end + 1);
  }
  std::string out;
  for (const auto part : parts) out += (out.empty() ? "" : "/") + std::string(part);
  return out;
}

struct Link {
  std::string page;    // where it stands
  std::string target;  // as written
  std::string leads;   // path in the checkout
};

// The relative links of all Markdown pages.
inline std::vector<Link> relative_links(const Files& files) {
  static const std::regex link(R"(\]\(([^)#\s]+)(#[^)\s]*)?\))");
  std::vector<Link> out;
  for (const auto& file : files) {
    if (!ends_with(file.path, ".md")) continue;
    const auto folder = file.path.substr(0, file.path.rfind('/') + 1);  // npos + 1 = 0: no folder
    for (const auto line : lines(file.text)) {
      const auto text = std::string(line.substr(0, 4000));  // std::regex recurses
      for (std::sregex_iterator it(text.begin(), text.end(), link), end; it != end; ++it) {
        const auto target = (*it)[1].str();
        if (target.find("://") != std::string::npos || starts_with(target, "mailto:")) continue;
        out.push_back({file.path, target, normal(folder + target)});
      }
    }
  }
  return out;
}

// Every relative link of a page leads to a file or folder of the checkout.
inline Violations check_links(const Files& files) {
  std::set<std::string> known;
  for (const auto& file : files) {
    known.insert(file.path);
    for (auto end = file.path.rfind('/'); end != std::string::npos && end > 0; end = file.path.rfind('/', end - 1)) {
      known.insert(file.path.substr(0, end));
    }
  }
  Violations out;
  for (const auto& link : relative_links(files)) {
    if (!known.count(link.leads)) out.push_back(link.page + ": links to `" + link.target + "`, which is not there");
  }
  return out;
}

// Every page below docs/ can be found: another page links to it.
inline Violations check_orphans(const Files& files) {
  std::set<std::string> linked;
  for (const auto& link : relative_links(files)) {
    if (link.page != link.leads) linked.insert(link.leads);
  }
  Violations out;
  for (const auto& file : files) {
    if (!starts_with(file.path, "docs/") || !ends_with(file.path, ".md") || linked.count(file.path)) continue;
    out.push_back(file.path + ": no page links to it: name it in docs/README.md");
  }
  return out;
}

}  // namespace sallyport::house
