#include "resolve/source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>

namespace sallyport::resolve {
namespace {

namespace fs = std::filesystem;
using read::json::Node;

constexpr std::size_t most_files = 20'000;
constexpr std::uintmax_t most_bytes = std::uintmax_t{256} << 20;

bool is_left_out(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".tftest.hcl") || name.ends_with(".tftest.json") || name.ends_with(".tfplan") ||
         name.find(".tfstate") != std::string::npos || name == ".git" || name == "providers" || name == ".terraformrc";
}

// Without `.`, `..` and a slash at the end.
fs::path plain(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

bool is_below(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

bool is_configuration(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".tf") || name.ends_with(".tf.json");
}

bool holds_configuration(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (is_configuration(it->path())) return true;
  }
  return false;
}

// Copies below `top`, to the same places below `to`.
class Copy {
 public:
  Copy(fs::path top, fs::path to) : top_(std::move(top)), to_(std::move(to)) {}

  fs::path place_of(const fs::path& path) const { return plain(to_ / path.lexically_relative(top_)); }

  // Folders below it that `goes_into` says.
  template <class GoesInto>
  void all_below(const fs::path& folder, GoesInto goes_into) {
    fs::create_directories(place_of(folder), error_);
    for (fs::recursive_directory_iterator it(folder, error_), end; !error_ && it != end && !too_much();
         it.increment(error_)) {
      const fs::path& path = it->path();
      std::error_code unreadable;
      const bool is_folder = it->is_directory(unreadable);
      if (it->is_symlink(unreadable) || is_left_out(path) || (is_folder && !goes_into(path))) {
        if (is_folder) it.disable_recursion_pending();
      } else if (is_folder) {
        fs::create_directories(place_of(path), error_);
      } else if (it->is_regular_file(unreadable)) {
        ++files_, bytes_ += it->file_size(unreadable);
        if (!too_much()) fs::copy_file(path, place_of(path), fs::copy_options::skip_existing, error_);
      }
    }
  }

  bool too_much() const { return files_ > most_files || bytes_ > most_bytes; }
  const std::error_code& error() const { return error_; }

 private:
  fs::path top_, to_;
  std::size_t files_ = 0;
  std::uintmax_t bytes_ = 0;
  std::error_code error_;
};

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// `f` for each configuration file in or below `folder`.
void each_file(const std::string& folder, const std::function<void(const fs::path&)>& f) {
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file(error) && is_configuration(it->path())) f(it->path());
  }
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line) {
    const bool part =
        c == '_' || c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (part) word += c;
    if (!part && !word.empty()) words.push_back(std::move(word)), word.clear();
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// A comment may end on a line that begins like one.
bool is_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return true;
  const bool begins = line[first] == '#' || line.substr(first).starts_with("//");
  return begins && line.find("*/") == std::string_view::npos;
}

std::string refused_line(std::string_view line) {
  if (is_comment(line)) return {};
  const auto words = words_of(line);
  const auto has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  if (has("provisioner")) return "a provisioner runs a program of its own";
  if (has("external") && has("data")) return "`data \"external\"` runs a program";
  return {};
}

}  // namespace

Result<std::string> copy_source(const std::string& from, const std::vector<std::string>& modules,
                                const std::string& to) {
  std::error_code error;
  const fs::path root = plain(fs::absolute(from, error));
  std::vector<fs::path> elsewhere;
  fs::path top = root;
  for (const std::string& module : modules) {
    const fs::path folder = plain(root / module);
    if (is_below(folder, root) || !fs::is_directory(folder, error)) continue;
    elsewhere.push_back(folder);
    while (!is_below(folder, top)) top = top.parent_path();
  }
  Copy copy(top, to);
  if (!holds_configuration(root))
    return fail("there is no `*.tf` in `" + from + "`", "give the folder of the root module");
  copy.all_below(root, [](const fs::path&) { return true; });
  // A folder with a configuration of its own is copied where it is called.
  for (const fs::path& folder : elsewhere) {
    copy.all_below(folder, [&](const fs::path& path) { return path != root && !holds_configuration(path); });
  }
  if (copy.too_much()) {
    return fail("`" + from + "` and the modules that it calls hold more than a configuration",
                "give the folder of the root module only");
  }
  if (copy.error()) return fail("`" + from + "` cannot be copied: " + copy.error().message());
  return copy.place_of(root).string();
}

std::string refusal_of_text(const std::string& folder) {
  std::string why;
  each_file(folder, [&](const fs::path& path) {
    if (!why.empty()) return;
    const std::string text = text_of(path);
    const std::string name = fs::path(path).lexically_relative(folder).string();
    if (name.ends_with(".json")) {
      if (text.find("\"provisioner\"") != std::string::npos) why = "`" + name + "`: a provisioner runs a program";
      if (text.find("\"external\"") != std::string::npos) why = "`" + name + "`: `external` runs a program";
      return;
    }
    std::size_t number = 1;
    for (std::size_t at = 0; at < text.size() && why.empty(); ++number) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string reason = refused_line(std::string_view(text).substr(at, end - at));
      if (!reason.empty()) why = "`" + name + ":" + std::to_string(number) + "`: " + reason;
      at = end + 1;
    }
  });
  return why;
}

namespace {

std::string refused_resource(Node resource) {
  if (resource["provisioners"].size() > 0) {
    return "`" + std::string(resource["address"].text()) + "` has a provisioner, which runs a program";
  }
  return {};
}

// `f` for each resource of the configuration.
template <class F>
void each_resource(Node configuration, F f) {
  std::vector<Node> open{configuration["root_module"]};
  while (!open.empty()) {
    const Node module = open.back();
    open.pop_back();
    for (const Node resource : module["resources"].items()) f(resource);
    for (const read::json::Member call : module["module_calls"].members()) open.push_back(call.value["module"]);
  }
}

}  // namespace

std::vector<std::string> local_modules(Node plan) {
  struct Module {
    Node node;
    fs::path folder;  // empty: not known, or not of ours
  };
  std::set<std::string> found;
  std::vector<Module> open{{plan["configuration"]["root_module"], "."}};
  while (!open.empty()) {
    const Module module = std::move(open.back());
    open.pop_back();
    for (const read::json::Member call : module.node["module_calls"].members()) {
      const std::string source(call.value["source"].text());
      const bool relative = source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
      // What a module from elsewhere calls by a relative path comes with it.
      if (module.folder.empty() || !relative) continue;
      const fs::path folder = plain(module.folder / source);
      if (found.insert(folder.string()).second) open.push_back({call.value["module"], folder});
    }
  }
  return {found.begin(), found.end()};
}

Result<std::vector<Provider>> providers_of(Node plan) {
  std::set<Provider> found;
  std::string wrong;
  const Node configs = plan["configuration"]["provider_config"];
  each_resource(plan["configuration"], [&](Node resource) {
    const std::string key(resource["provider_config_key"].text());
    const Node config = configs[key];
    if (!config["module_address"].text().empty() && config["expressions"]) wrong = key;
    std::string name(config["name"].text());
    if (name.empty()) name = key.substr(key.rfind(':') + 1);
    found.insert({name.substr(0, name.find('.')), std::string(config["alias"].text())});
  });
  if (!wrong.empty()) return fail("the provider `" + wrong + "` is configured by a module: it would not be mocked");
  return std::vector<Provider>(found.begin(), found.end());
}

std::string refusal(Node plan) {
  const Node configuration = plan["configuration"];
  if (!configuration.is(read::json::Kind::object)) return "the plan does not show its configuration";
  std::string why;
  each_resource(configuration, [&](Node resource) {
    if (why.empty()) why = refused_resource(resource);
  });
  return why;
}

}  // namespace sallyport::resolve
