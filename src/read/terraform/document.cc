#include "read/terraform/document.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "read/json/ahead.h"
#include "read/json/keys.h"
#include "read/terraform/sources.h"

namespace sallyport::read::terraform {
namespace {

constexpr std::size_t longest_module = 1 << 12;  // bytes; longer ones are not followed

// `[0]`, `["a"]`: how an address ends that has a key.
std::string suffix_of(Node key) {
  if (key.is(json::Kind::string)) return "[\"" + std::string(key.text()) + "\"]";
  if (key.is(json::Kind::number)) return "[" + std::string(key.scalar()) + "]";
  return {};
}

constexpr std::string_view data_prefix = "data.";

// Takes `begin` off `text`; false, and nothing is taken: it does not begin so.
bool take(std::string_view& text, std::string_view begin) {
  if (!text.starts_with(begin)) return false;
  text.remove_prefix(begin.size());
  return true;
}

// `aws_subnet.a` of `module.net.aws_subnet.a[0]`: as a part of the address; empty if it is none.
std::string_view block_within(const Resource& r, std::string_view name) {
  std::string_view rest = r.address;
  if (!r.module.empty() && !(take(rest, r.module) && take(rest, "."))) return {};
  const std::string_view block = rest;
  if (r.data && !take(rest, data_prefix)) return {};
  if (!take(rest, r.type) || !take(rest, ".") || !take(rest, name)) return {};
  return block.substr(0, block.size() - rest.size());
}

Fate fate_of(Node actions) {
  bool create = false;
  bool remove = false;
  bool update = false;
  for (const Node action : actions.items()) {
    create = create || action.text() == "create";
    remove = remove || action.text() == "delete";
    update = update || action.text() == "update";
  }
  if (create) return Fate::created;
  if (remove) return Fate::removed;
  return update ? Fate::changed : Fate::kept;
}

}  // namespace

Document::Document(const json::Tree& tree) {
  const Node root = tree.root();
  if (root["resource_changes"] || root["planned_values"]) {
    is_plan_ = true;
    read_plan(root);
  } else if (root["values"]) {
    read_values(root["values"], Values::of_state);
  } else {
    read_raw_state(root);
  }
  both(is_large(resources_.size()), [&] { find_configuration(); }, [&] { index(); });
}

void Document::read_plan(Node root) {
  const Node changes = root["resource_changes"];
  both(
      is_large(changes.size()), [&] { configuration_ = Configuration(root); },
      [&] {
        if (changes.is(json::Kind::array)) {
          read_changes(changes);
        } else {
          read_values(root["planned_values"], Values::planned);
        }
      });
  // Data sources that were read while planning stand in the prior state only.
  read_values(root["prior_state"]["values"], Values::prior_data);
  is_broken_off_ = root["errored"].boolean().value_or(false);
}

void Document::read_changes(Node changes) {
  resources_.reserve(changes.size());
  block_numbers_.reserve(changes.size());
  blocks_.reserve(changes.size());
  by_block_.reserve(changes.size());
  const json::Keys<8> of_entry(changes,
                               {"deposed", "address", "module_address", "type", "mode", "index", "change", "name"});
  const json::Keys<4> of_change(changes, {"actions", "before", "after", "after_unknown"});
  json::each_item(changes, [&](Node entry) {
    const auto [deposed, address, module, type, mode, index, change, name] = of_entry.of(entry);
    // What is left of a half-finished replacement goes away with its successor's apply.
    if (!deposed.absent()) return;
    const auto [actions, before, after, after_unknown] = of_change.of(change);
    Resource r;
    r.address = address.text();
    r.module = module.text();
    r.type = type.text();
    r.data = mode.text() == "data";
    r.key = index;
    r.node = entry;
    r.fate = fate_of(actions);
    // `forget` and `no-op` of what is only taken out of the state: it stays as it was.
    const bool as_it_was = r.fate == Fate::removed || after.absent();
    r.values = as_it_was ? before : after;
    if (!as_it_was) r.unknown = after_unknown;
    if (!before.absent() && (r.fate == Fate::created || r.fate == Fate::removed)) r.before = before;
    add(r, name.text());
  });
}

void Document::read_values(Node values, Values what) {
  std::vector<std::pair<Node, std::string_view>> open{{values["root_module"], ""}};
  while (!open.empty()) {
    const auto [module, path] = open.back();
    open.pop_back();
    for (const Node entry : module["resources"].items()) {
      Resource r;
      r.address = entry["address"].text();
      r.module = path;
      r.type = entry["type"].text();
      r.data = entry["mode"].text() == "data";
      if (what == Values::prior_data && !r.data) continue;
      r.key = entry["index"];
      r.node = entry;
      r.values = entry["values"];
      r.only_known = what == Values::planned;
      if (r.only_known && r.values["id"].absent()) r.fate = Fate::created;
      add(r, entry["name"].text());
    }
    std::vector<std::pair<Node, std::string_view>> children;
    for (const Node child : module["child_modules"].items()) children.emplace_back(child, child["address"].text());
    open.insert(open.end(), children.rbegin(), children.rend());
  }
}

void Document::read_raw_state(Node root) {
  if (!root["resources"].is(json::Kind::array)) {
    is_too_old_ = root["version"].integer().value_or(0) < 4;
    return;
  }
  for (const Node entry : root["resources"].items()) {
    for (const Node instance : entry["instances"].items()) {
      if (!instance["deposed"].absent()) continue;
      Resource r;
      r.module = entry["module"].text();
      r.type = entry["type"].text();
      r.data = entry["mode"].text() == "data";
      r.key = instance["index_key"];
      r.node = entry["instances"].size() == 1 ? entry : instance;
      r.values = instance["attributes"];
      add(r, entry["name"].text());
    }
  }
}

std::string_view Document::keep(std::string text) { return texts_.emplace_back(std::move(text)); }

void Document::add(Resource r, std::string_view name) {
  if (r.type.empty()) return;
  r.block = block_within(r, name);
  if (r.block.empty()) r.block = keep((r.data ? "data." : "") + r.type + "." + name);
  if (r.address.empty()) {
    r.address = keep((r.module.empty() ? std::string() : r.module + ".") + r.block + suffix_of(r.key));
  }
  r.sort = sort_of(r.type, r.data);
  r.type = sorts_[r.sort].type;  // one text for all, which is at hand
  block_numbers_.push_back(block_of(r));
  r.number = static_cast<std::uint32_t>(resources_.size());
  resources_.push_back(r);
}

// Neighbours are alike, or follow each other as others did: most often.
std::uint32_t Document::sort_of(std::string_view type, bool data) {
  const auto is_it = [&](std::uint32_t n) { return sorts_[n].data == data && sorts_[n].type == type; };
  const std::uint32_t before = resources_.empty() ? 0 : resources_.back().sort;
  if (!resources_.empty()) {
    if (is_it(before)) return before;
    if (is_it(next_sorts_[before])) return next_sorts_[before];
  }
  const auto [found, is_new] = by_type_.try_emplace({type, data}, static_cast<std::uint32_t>(sorts_.size()));
  if (is_new) sorts_.push_back({type, data, {}}), next_sorts_.push_back(found->second);
  return next_sorts_[before] = found->second;
}

std::uint32_t Document::block_of(const Resource& r) {
  const bool again = !resources_.empty() && resources_.back().block == r.block && resources_.back().module == r.module;
  if (again) return block_numbers_.back();
  const auto [found, is_new] = by_block_.try_emplace({r.module, r.block}, static_cast<std::uint32_t>(blocks_.size()));
  if (is_new) blocks_.emplace_back();
  return found->second;
}

Document::Document(const json::Tree& tree, const std::string& source, Documents& documents) : Document(tree) {
  if (source.empty()) return;
  Sources sources(source, documents);
  for (Resource& r : resources_) r.source = sources.of(configuration_, r.module, r.block);
}

void Document::find_configuration() {
  Configuration::InOrder blocks(configuration_);
  for (Resource& r : resources_) r.config = blocks.block(r.module, r.block);
}

// The instance of a module and each on the way down to it, once.
void Document::index_modules(std::string_view module) {
  if (module.size() > longest_module) return;
  for (std::string_view path = module; !path.empty() && modules_.insert(std::string(path)).second;) {
    const ModuleStep last = last_step(path);
    called_[last.parent + "|" + last.name].emplace_back(path);
    children_[std::string(last.parent)].emplace_back(path);
    path = last.parent;
  }
}

void Document::index() {
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> data_sources;
  constexpr std::uint32_t nowhere = ~std::uint32_t{0};
  Pointers* same_module = nullptr;
  std::string_view last_module;
  for (const Resource& r : resources_) {
    if (same_module == nullptr || r.module != last_module) {
      same_module = &by_module_[r.module], last_module = r.module;
      index_modules(r.module);
    }
    sorts_[r.sort].resources.push_back(&r);
    same_module->push_back(&r);
    // A data source that is read again while applying: the plan's entry came first.
    if (r.data && !data_sources.emplace(r.module, r.block, r.address).second) {
      block_numbers_[r.number] = nowhere;
    } else {
      ++blocks_[block_numbers_[r.number]].count;
    }
  }
  std::uint32_t behind = 0;
  for (Run& run : blocks_) run.first = behind, behind += std::exchange(run.count, 0);
  pointers_.resize(behind);
  for (const Resource& r : resources_) {
    if (block_numbers_[r.number] == nowhere) continue;
    Run& run = blocks_[block_numbers_[r.number]];
    pointers_[run.first + run.count++] = &r;
  }
  block_numbers_ = {};
  for (auto& [_, instances] : called_) std::sort(instances.begin(), instances.end());
}

std::span<const Resource* const> Document::instances(std::string_view module, std::string_view block) const {
  const auto found = by_block_.find({module, block});
  if (found == by_block_.end()) return {};
  const Run& run = blocks_[found->second];
  return std::span(pointers_).subspan(run.first, run.count);
}

std::span<const Resource* const> Document::of_type(std::string_view type) const {
  const bool data = take(type, data_prefix);
  const auto found = by_type_.find({type, data});
  if (found == by_type_.end()) return {};
  return sorts_[found->second].resources;
}

std::span<const Resource* const> Document::in_module(std::string_view module) const {
  const auto found = by_module_.find(module);
  if (found == by_module_.end()) return {};
  return found->second;
}

std::span<const std::string> Document::children(std::string_view module) const {
  const auto found = children_.find(module);
  if (found == children_.end()) return {};
  return found->second;
}

std::span<const std::string> Document::called(std::string_view module, std::string_view name) const {
  const auto found = called_.find(std::string(module) + "|" + std::string(name));
  if (found == called_.end()) return {};
  return found->second;
}

}  // namespace sallyport::read::terraform
