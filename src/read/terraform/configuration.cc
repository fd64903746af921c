#include "read/terraform/configuration.h"

#include <utility>
#include <vector>

#include "read/json/ahead.h"
#include "read/json/keys.h"

namespace sallyport::read::terraform {
namespace {

constexpr std::size_t longest_address = 1 << 14;

// The address without keys: `module.a["x"].module.b[0]` -> `module.a.module.b`.
std::string without_keys(std::string_view address) {
  std::string plain;
  bool in_key = false;
  bool in_text = false;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    if (!in_key) {
      in_key = c == '[';
      if (!in_key) plain += c;
    } else if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
    } else {
      in_text = c == '"';
      in_key = c != ']';
    }
  }
  return plain;
}

}  // namespace

ModuleStep last_step(std::string_view module) {
  constexpr std::string_view word = "module.";
  // The last `module.` outside of keys begins the last step.
  std::size_t begin = std::string_view::npos;
  std::size_t open = std::string_view::npos;  // of the last key
  bool in_key = false;
  bool in_text = false;
  for (std::size_t i = 0; i < module.size(); ++i) {
    const char c = module[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
    } else if (in_key) {
      in_text = c == '"';
      in_key = c != ']';
    } else if (c == '[') {
      in_key = true;
      open = i;
    } else if (module.substr(i).starts_with(word) && (i == 0 || module[i - 1] == '.')) {
      begin = i;
      open = std::string_view::npos;
      i += word.size() - 1;
    }
  }
  if (begin == std::string_view::npos) return {{}, module, {}};
  ModuleStep step;
  step.parent = begin == 0 ? std::string_view() : module.substr(0, begin - 1);
  std::string_view rest = module.substr(begin + word.size());
  if (open != std::string_view::npos) {
    step.key = module.substr(open + 1);
    if (step.key.ends_with(']')) step.key.remove_suffix(1);
    rest = module.substr(begin + word.size(), open - begin - word.size());
  }
  step.name = rest;
  return step;
}

std::vector<std::string_view> Configuration::providers() const {
  std::vector<std::string_view> keys;
  for (const json::Member m : providers_.members()) {
    if (m.value["name"].text() == "aws") keys.push_back(m.name());
  }
  return keys;
}

Configuration::Configuration(Node plan) {
  const Node configuration = plan["configuration"];
  exists_ = configuration.is(json::Kind::object);
  providers_ = configuration["provider_config"];
  variables_ = plan["variables"];
  struct Open {
    std::string address;
    Node node;
    Node call;
  };
  const json::Keys<1> of_block(configuration, {"address"});
  std::vector<Open> open{{"", configuration["root_module"], {}}};
  while (!open.empty()) {
    const Open next = std::move(open.back());
    open.pop_back();
    Module module{next.node, next.call, {}, {}};
    const Node blocks = next.node["resources"];
    module.blocks.reserve(blocks.size());
    json::each_item(blocks, [&](Node block) { module.blocks.push_back({of_block.of(block)[0].text(), block}); });
    modules_.try_emplace(next.address, std::move(module));
    if (next.address.size() > longest_address) continue;  // no real one; keeps hostile ones cheap
    for (const json::Member call : next.node["module_calls"].members()) {
      open.push_back({(next.address.empty() ? "" : next.address + ".") + "module." + std::string(call.name()),
                      call.value["module"], call.value});
    }
  }
}

const Configuration::Module* Configuration::module(std::string_view address) const {
  const bool has_keys = address.find('[') != std::string_view::npos;
  const auto found = has_keys ? modules_.find(without_keys(address)) : modules_.find(address);
  return found == modules_.end() ? nullptr : &found->second;
}

std::size_t Configuration::find(const Module& module, std::string_view block) {
  if (module.by_address.empty()) {
    module.by_address.reserve(module.blocks.size());
    for (std::size_t n = 0; n < module.blocks.size(); ++n) module.by_address.try_emplace(module.blocks[n].address, n);
  }
  const auto found = module.by_address.find(block);
  return found == module.by_address.end() ? module.blocks.size() : found->second;
}

Node Configuration::block(std::string_view address, std::string_view block) const {
  const Module* m = module(address);
  const std::size_t n = m == nullptr ? 0 : find(*m, block);
  return m == nullptr || n == m->blocks.size() ? Node() : m->blocks[n].node;
}

Node Configuration::InOrder::block(std::string_view address, std::string_view block) {
  if (!asked_ || address != address_) {
    asked_ = true, address_ = address;
    module_ = configuration_.module(address);
    if (module_ != nullptr) last_ = &lasts_[module_];
  }
  if (module_ == nullptr) return {};
  const auto& blocks = module_->blocks;
  std::size_t n = *last_;
  if (n < blocks.size() && blocks[n].address != block) ++n;
  if (n >= blocks.size() || blocks[n].address != block) n = find(*module_, block);
  if (n == blocks.size()) return {};
  *last_ = n;
  return blocks[n].node;
}

Node Configuration::argument(std::string_view address, std::string_view variable) const {
  return call(address)["expressions"][variable];
}

Node Configuration::call(std::string_view address) const {
  const Module* m = module(address);
  return m == nullptr ? Node() : m->call;
}

Node Configuration::output(std::string_view address, std::string_view name) const {
  const Module* m = module(address);
  return m == nullptr ? Node() : m->node["outputs"][name]["expression"];
}

}  // namespace sallyport::read::terraform
