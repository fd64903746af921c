#include "read/templates.h"

#include <algorithm>

#include "read/json/parse.h"
#include "read/recognise.h"
#include "read/yaml/parse.h"

namespace sallyport::read {
namespace {

constexpr std::string_view manifest_name = "manifest.json";
constexpr std::size_t manifest_limit = std::size_t{64} << 20;
constexpr int deepest_assembly = 8;

std::string folder_of(const std::string& path) { return path.substr(0, path.size() - file_name(path).size()); }

bool is_manifest(const json::Tree& tree) { return tree.root()["artifacts"].is(json::Kind::object); }

}  // namespace

Result<json::Tree> Templates::load(const std::string& path) const {
  if (!store_.has(path)) return fail("`" + path + "` is no file");
  auto bytes = store_.read(path, yaml::size_limit);
  if (!bytes) return tl::unexpected(bytes.error());
  return parse_template(std::move(*bytes), store_.number(path, registry_->documents, true));
}

Result<bool> Templates::add_assembly(const std::string& path, const json::Tree& manifest, int depth) {
  std::vector<std::string> nested;
  for (Template& stack : stacks_of_assembly(manifest, folder_of(path), nested)) {
    auto tree = load(stack.path);
    if (!tree) return tl::unexpected(tree.error());
    stack.tree = std::move(*tree);
    templates_.push_back(std::move(stack));
  }
  for (const std::string& folder : nested) {
    if (depth >= deepest_assembly) return fail("assemblies in `" + path + "` are nested too deep");
    auto inner = load(folder + std::string(manifest_name));
    if (!inner) return tl::unexpected(inner.error());
    if (auto done = add_assembly(folder + std::string(manifest_name), *inner, depth + 1); !done) return done;
  }
  return true;
}

Result<bool> Templates::add(const std::string& path, json::Tree tree) {
  if (is_manifest(tree)) return add_assembly(path, tree, 0);
  templates_.push_back({std::move(tree), path == "-" ? std::string() : path, {}, {}, {}});
  return true;
}

Result<bool> Templates::add_parameters(const std::string& path) {
  const auto tree = load(path);
  if (!tree)
    return fail("`" + path + "` cannot be read: " + tree.error().message, tree.error().hint, tree.error().origin);
  auto given = template_parameters(*tree);
  if (!given) return fail("`" + path + "`: " + given.error().message, given.error().hint, given.error().origin);
  for (auto& [name, value] : given->values) parameters_.values.insert_or_assign(name, std::move(value));
  return true;
}

Change Templates::read(const Cloud& base) const {
  return read_cloudformation(base, templates_, parameters_, [this](const std::string& path) { return load(path); });
}

bool looks_like_template(std::string_view bytes) {
  for (std::size_t at = bytes.find("Resources:"); at != std::string_view::npos; at = bytes.find("Resources:", at + 1)) {
    const std::size_t before = bytes.find_last_not_of(' ', at - 1);
    if (at == 0 || before == std::string_view::npos || bytes[before] == '\n') return true;
  }
  return false;
}

void keep_manifests(const Store& store, std::vector<Path>& files) {
  std::vector<std::string> folders;
  for (const Path& file : files) {
    if (file_name(file) != manifest_name) continue;
    auto bytes = store.read(file, manifest_limit);
    if (!bytes) continue;
    const auto tree = json::parse(std::move(*bytes));
    if (tree && format_of(*tree) == Format::cloudformation && is_manifest(*tree)) folders.push_back(folder_of(file));
  }
  std::erase_if(files, [&](const Path& file) {
    return std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) {
      return file.starts_with(folder) && file != folder + std::string(manifest_name);
    });
  });
}

}  // namespace sallyport::read
