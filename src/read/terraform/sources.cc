#include "read/terraform/sources.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "read/files.h"
#include "read/json/parse.h"

namespace sallyport::read::terraform {
namespace {

constexpr std::size_t most_bytes = std::size_t{16} << 20U;  // of a file
constexpr std::size_t most_files = 10'000;                  // of a folder

bool is_word(char c) {
  return c == '_' || c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Walks over a text of HCL from token to token, as far as braces, strings, comments and here-documents need it.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::map<std::string, std::uint32_t, std::less<>> blocks() {
    std::map<std::string, std::uint32_t, std::less<>> found;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (skip_comment() || skip_here_document()) continue;
      if (c == '"') {
        skip_string();
      } else if (depth_ == 0 && is_word(c)) {
        const std::size_t begin = at_;
        const std::string_view word = take_word();
        if (word != "resource" && word != "data") continue;
        const std::string type = take_label(), name = take_label();
        if (type.empty() || name.empty()) continue;
        found.try_emplace((word == "data" ? "data." : "") + type + "." + name, static_cast<std::uint32_t>(begin));
      } else {
        if (c == '{') ++depth_;
        if (c == '}' && depth_ > 0) --depth_;
        ++at_;
      }
    }
    return found;
  }

 private:
  bool follows(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void to(std::string_view end) {
    const std::size_t found = text_.find(end, at_);
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
  }

  bool skip_comment() {
    if (follows("#") || follows("//")) return to("\n"), true;
    if (!follows("/*")) return false;
    at_ += 2;
    to("*/");
    return true;
  }

  // `<<EOT` or `<<-EOT`, up to the line that is the word alone.
  bool skip_here_document() {
    if (!follows("<<")) return false;
    at_ += follows("<<-") ? 3 : 2;
    const std::string_view word = take_word();
    to("\n");
    while (!word.empty() && at_ < text_.size()) {
      const std::size_t begin = at_;
      to("\n");
      std::string_view line = text_.substr(begin, at_ - begin);
      while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
      while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
      if (line == word) break;
    }
    return true;
  }

  // A string may hold `${...}`, and that strings and braces again.
  void skip_string() {
    std::vector<char> open{'"'};
    for (++at_; at_ < text_.size() && !open.empty(); ++at_) {
      const char c = text_[at_];
      const bool in_text = open.back() == '"';
      if (in_text && c == '\\') {
        ++at_;
      } else if (in_text && (follows("$${") || follows("%%{"))) {
        at_ += 2;
      } else if (in_text && (follows("${") || follows("%{"))) {
        open.push_back('{'), ++at_;
      } else if (c == '"') {
        in_text ? open.pop_back() : open.push_back('"');
      } else if (!in_text && c == '{') {
        open.push_back('{');
      } else if (!in_text && c == '}') {
        open.pop_back();
      }
    }
  }

  std::string_view take_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // `"aws_subnet"`, or the bare word that older configurations have.
  std::string take_label() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    const bool quoted = follows("\"");
    if (quoted) ++at_;
    const std::string_view label = take_word();
    if (quoted && follows("\"")) ++at_;
    return std::string(label);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

std::string with_slash(std::string folder) {
  if (!folder.empty() && folder.back() != '/') folder += '/';
  return folder;
}

std::string joined(const std::string& folder, std::string_view path) {
  return with_slash(std::filesystem::path(folder + std::string(path)).lexically_normal().string());
}

bool is_relative(std::string_view source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}

}  // namespace

std::map<std::string, std::uint32_t, std::less<>> blocks_in(std::string_view text) { return Walk(text).blocks(); }

Sources::Sources(std::string folder, Documents& documents)
    : root_(with_slash(std::move(folder))), documents_(documents) {
  auto bytes = read_file(root_ + ".terraform/modules/modules.json", most_bytes);
  if (!bytes) return;
  json::Parser parser;
  const auto tree = parser.parse(std::move(*bytes));
  if (!tree) return;
  for (const Node module : tree->root()["Modules"].items()) {
    const std::string_view key = module["Key"].text();
    if (!key.empty()) noted_.emplace(key, joined(root_, module["Dir"].text()));
  }
}

Origin Sources::of(const Configuration& configuration, std::string_view module, std::string_view block) {
  const std::string& folder = folder_of(configuration, module);
  if (folder.empty()) return {};
  const Blocks& blocks = blocks_of(folder);
  const auto found = blocks.find(block);
  return found == blocks.end() ? Origin() : found->second;
}

const std::string& Sources::folder_of(const Configuration& configuration, std::string_view module) {
  if (module.empty()) return root_;
  if (const auto known = folders_.find(module); known != folders_.end()) return known->second;
  std::string names;  // of the calls, from the root module on
  for (std::string_view m = module; !m.empty(); m = last_step(m).parent) {
    names = std::string(last_step(m).name) + (names.empty() ? "" : ".") + names;
  }
  std::string folder;
  if (const auto noted = noted_.find(names); noted != noted_.end()) {
    folder = noted->second;
  } else {
    // The calls one below the other; a malformed address is its own last step.
    const std::string_view parent = last_step(module).parent;
    const std::string_view source = configuration.call(module)["source"].text();
    const std::string& outer = parent == module ? folder : folder_of(configuration, parent);
    if (is_relative(source) && !outer.empty()) folder = joined(outer, source);
  }
  return folders_.emplace(module, std::move(folder)).first->second;
}

const Sources::Blocks& Sources::blocks_of(const std::string& folder) {
  const auto [entry, is_new] = blocks_.try_emplace(folder);
  if (!is_new) return entry->second;
  std::vector<std::string> files;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end && files.size() < most_files;
       it.increment(error)) {
    if (it->path().extension() == ".tf" && it->is_regular_file(error)) files.push_back(it->path().filename().string());
  }
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    const auto text = read_file(folder + file, most_bytes);
    if (!text) continue;
    const auto blocks = blocks_in(*text);
    if (blocks.empty()) continue;
    const DocumentId document = documents_.add_file(folder + file);
    for (const auto& [block, offset] : blocks) entry->second.try_emplace(block, Origin{document, offset});
  }
  return entry->second;
}

}  // namespace sallyport::read::terraform
