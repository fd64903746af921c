#include "read/terraform/document.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sallyport::read::terraform {
namespace {

constexpr std::size_t longest_module = 1 << 12;  // bytes; longer ones are not followed

// `[0]`, `["a"]`: how an address ends that has a key.
std::string suffix_of(Node key) {
  if (key.is(json::Kind::string)) return "[\"" + std::string(key.text()) + "\"]";
  if (key.is(json::Kind::number)) return "[" + std::string(key.scalar()) + "]";
  return {};
}

std::string block_of(bool data, std::string_view type, std::string_view name) {
  return (data ? "data." : "") + std::string(type) + "." + std::string(name);
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
  index();
}

void Document::read_plan(Node root) {
  configuration_ = Configuration(root);
  if (root["resource_changes"].is(json::Kind::array)) {
    read_changes(root["resource_changes"]);
  } else {
    read_values(root["planned_values"], Values::planned);
  }
  // Data sources that were read while planning stand in the prior state only.
  read_values(root["prior_state"]["values"], Values::prior_data);
  is_broken_off_ = root["errored"].boolean().value_or(false);
}

void Document::read_changes(Node changes) {
  for (const Node entry : changes.items()) {
    // What is left of a half-finished replacement goes away with its successor's apply.
    if (!entry["deposed"].absent()) continue;
    Resource r;
    r.address = entry["address"].text();
    r.module = entry["module_address"].text();
    r.type = entry["type"].text();
    r.data = entry["mode"].text() == "data";
    r.block = block_of(r.data, r.type, entry["name"].text());
    r.key = entry["index"];
    r.node = entry;
    const Node change = entry["change"];
    r.fate = fate_of(change["actions"]);
    // `forget` and `no-op` of what is only taken out of the state: it stays as it was.
    const bool as_it_was = r.fate == Fate::removed || change["after"].absent();
    r.values = change[as_it_was ? "before" : "after"];
    if (!as_it_was) r.unknown = change["after_unknown"];
    if (r.fate == Fate::created || r.fate == Fate::removed) r.before = change["before"];
    add(std::move(r));
  }
}

void Document::read_values(Node values, Values what) {
  std::vector<std::pair<Node, std::string>> open{{values["root_module"], ""}};
  while (!open.empty()) {
    const auto [module, path] = std::move(open.back());
    open.pop_back();
    for (const Node entry : module["resources"].items()) {
      Resource r;
      r.address = entry["address"].text();
      r.module = path;
      r.type = entry["type"].text();
      r.data = entry["mode"].text() == "data";
      if (what == Values::prior_data && !r.data) continue;
      r.block = block_of(r.data, r.type, entry["name"].text());
      r.key = entry["index"];
      r.node = entry;
      r.values = entry["values"];
      r.only_known = what == Values::planned;
      if (r.only_known && r.values["id"].absent()) r.fate = Fate::created;
      add(std::move(r));
    }
    std::vector<std::pair<Node, std::string>> children;
    for (const Node child : module["child_modules"].items()) {
      children.emplace_back(child, std::string(child["address"].text()));
    }
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
      r.block = block_of(r.data, r.type, entry["name"].text());
      r.key = instance["index_key"];
      r.address = (r.module.empty() ? "" : r.module + ".") + r.block + suffix_of(r.key);
      r.node = entry["instances"].size() == 1 ? entry : instance;
      r.values = instance["attributes"];
      add(std::move(r));
    }
  }
}

void Document::add(Resource r) {
  if (r.type.empty()) return;
  if (r.address.empty()) r.address = (r.module.empty() ? "" : r.module + ".") + r.block + suffix_of(r.key);
  r.config = configuration_.block(r.module, r.block);
  resources_.push_back(std::move(r));
}

void Document::index() {
  std::set<std::string, std::less<>> seen;
  for (const Resource& r : resources_) {
    // A data source that is read again while applying: the plan's entry came first.
    auto& list = by_block_[r.module + "|" + r.block];
    const bool again = r.data && std::any_of(list.begin(), list.end(),
                                             [&](const Resource* other) { return other->address == r.address; });
    if (!again) list.push_back(&r);
    by_module_[r.module].push_back(&r);
    by_type_[(r.data ? "data." : "") + std::string(r.type)].push_back(&r);
    // Each module instance on the way down, once.
    if (r.module.size() > longest_module) continue;
    for (std::string_view path = r.module; !path.empty() && seen.insert(std::string(path)).second;) {
      const ModuleStep last = last_step(path);
      called_[std::string(last.parent) + "|" + std::string(last.name)].emplace_back(path);
      children_[std::string(last.parent)].emplace_back(path);
      path = last.parent;
    }
  }
  for (auto& [_, instances] : called_) std::sort(instances.begin(), instances.end());
}

std::span<const Resource* const> Document::instances(std::string_view module, std::string_view block) const {
  const auto found = by_block_.find(std::string(module) + "|" + std::string(block));
  if (found == by_block_.end()) return {};
  return found->second;
}

std::span<const Resource* const> Document::of_type(std::string_view type) const {
  const auto found = by_type_.find(type);
  if (found == by_type_.end()) return {};
  return found->second;
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
