#include "read/cloudformation/loops.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "read/cloudformation/evaluate.h"

namespace sallyport::read::cloudformation {
namespace {

using json::Entry;
using json::Kind;

constexpr std::size_t most_values = 2'000'000;
constexpr std::size_t most_bytes = std::size_t{1} << 27;

bool asks_for_loops(Node root) {
  const Node transform = root["Transform"];
  const auto is_it = [](Node node) { return node.text() == "AWS::LanguageExtensions"; };
  for (const Node entry : transform.items()) {
    if (is_it(entry)) return true;
  }
  return is_it(transform);
}

// Depth is bounded by the parsers.
bool has_loop(Node node) {
  for (const Node entry : node.items()) {
    if (has_loop(entry)) return true;
  }
  for (const json::Member m : node.members()) {
    if (is_loop(m.name()) || has_loop(m.value)) return true;
  }
  return false;
}

// `&{Identifier}` gives what may stand in a logical id.
std::string alphanumeric(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

// Copies a document, and says its loops out loud.
class Unroller {
 public:
  Unroller(Work& work, Stack& stack) : work_(work), stack_(stack) {}

  std::optional<json::Tree> run() {
    copy(stack_.root());
    if (too_much_) {
      work_.left_out = bad_call(work_, "loops make the template too large to read", stack_.origin()).gap;
      return std::nullopt;
    }
    work_.step_limit += 5 * entries_.size();  // this one, and those of reading it
    return take();
  }

 private:
  struct Bound {
    std::string identifier, value;
  };

  json::Tree take() {
    auto storage = std::make_unique<json::Storage>();
    storage->document = stack_.origin().document;
    storage->arena = std::move(arena_);
    storage->tags = tags_;
    storage->count = static_cast<std::uint32_t>(entries_.size());
    storage->entries = std::make_unique_for_overwrite<Entry[]>(entries_.size());
    std::copy(entries_.begin(), entries_.end(), storage->entries.get());
    if (!entries_.empty()) storage->roots.push_back(0);
    return json::Tree(std::move(storage));
  }

  bool full() {
    too_much_ =
        too_much_ || entries_.size() >= most_values || arena_.size() >= most_bytes || work_.steps > work_.step_limit;
    return too_much_;
  }

  const Bound* bound(std::string_view identifier) const {
    const auto found =
        std::find_if(bound_.rbegin(), bound_.rend(), [&](const Bound& b) { return b.identifier == identifier; });
    return found == bound_.rend() ? nullptr : &*found;
  }

  // `${Zone}`, `&{Zone}` of loops around it; all other `${...}` stays.
  std::string replaced(std::string_view text) const {
    std::string out;
    while (!bound_.empty() && !text.empty()) {
      const std::size_t open = text.find('{');
      const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
      if (close == std::string_view::npos) break;
      const char before = open == 0 ? '\0' : text[open - 1];
      const Bound* value = before == '$' || before == '&' ? bound(text.substr(open + 1, close - open - 1)) : nullptr;
      if (value == nullptr) {
        out += text.substr(0, open + 1);
        text.remove_prefix(open + 1);
        continue;
      }
      out += text.substr(0, open - 1);
      out += before == '$' ? value->value : alphanumeric(value->value);
      text.remove_prefix(close + 1);
    }
    return out.append(text);
  }

  void put(Kind kind, std::string_view text, Node from, std::uint8_t flags, std::uint16_t tag) {
    if (full()) return;
    ++work_.steps;
    Entry entry{};
    entry.offset = from.origin().offset;
    entry.kind = kind;
    entry.flags = static_cast<std::uint8_t>(flags | json::in_arena);
    entry.tag = tag;
    entry.size = static_cast<std::uint32_t>(text.size());
    entry.link = static_cast<std::uint32_t>(arena_.size());
    arena_.append(text);
    entries_.push_back(entry);
  }

  std::uint16_t tag_of(Node node) {
    if (node.tag().empty()) return 0;
    const auto found = std::find(tags_.begin(), tags_.end(), node.tag());
    const auto number = static_cast<std::uint16_t>(found - tags_.begin() + 1);
    if (found == tags_.end()) tags_.emplace_back(node.tag());
    return number;
  }

  void put_text(std::string_view text, Node from) { put(Kind::string, text, from, json::quoted_scalar, 0); }

  void copy(Node node) {
    if (full()) return;
    switch (node.kind()) {
      case Kind::none:
      case Kind::sealed:
      case Kind::null: return put(Kind::null, {}, node, 0, 0);
      case Kind::boolean:
        return put(Kind::boolean, node.scalar(), node, node.boolean() == true ? json::truth_flag : 0, tag_of(node));
      case Kind::number: return put(Kind::number, node.scalar(), node, 0, tag_of(node));
      case Kind::string: {
        const Bound* value = node.tag() == "!Ref" ? bound(node.text()) : nullptr;
        if (value != nullptr) return put_text(value->value, node);
        return put(Kind::string, replaced(node.text()), node, node.quoted() ? json::quoted_scalar : 0, tag_of(node));
      }
      case Kind::array: return copy_list(node);
      case Kind::object: break;
    }
    if (node.size() == 1) {
      const Bound* value = bound(node["Ref"].text());
      if (value != nullptr) return put_text(value->value, node);
    }
    const std::size_t at = open(node);
    std::uint32_t members = 0;
    for (const json::Member m : node.members()) copy_member(m, members);
    close(at, members);
  }

  void copy_list(Node node) {
    const std::size_t at = open(node);
    std::uint32_t items = 0;
    for (const Node entry : node.items()) copy(entry), ++items;
    close(at, items);
  }

  std::size_t open(Node node) {
    ++work_.steps;
    Entry entry{};
    entry.offset = node.origin().offset;
    entry.kind = node.kind();
    entry.tag = tag_of(node);
    entries_.push_back(entry);
    return entries_.size() - 1;
  }
  void close(std::size_t at, std::uint32_t size) {
    entries_[at].size = size;
    entries_[at].link = static_cast<std::uint32_t>(entries_.size());
  }

  void copy_member(const json::Member& m, std::uint32_t& members) {
    if (is_loop(m.name()) && copy_loop(m.value, members)) return;
    if (full()) return;
    put(Kind::string, replaced(m.name()), m.key, 0, 0);
    copy(m.value);
    ++members;
  }

  // False: it is not understood, or its collection is not known.
  bool copy_loop(Node loop, std::uint32_t& members) {
    const std::string identifier(loop.at(0).text());
    const Node fragment = loop.at(2);
    if (loop.size() != 3 || identifier.empty() || !fragment.is(Kind::object)) return false;
    std::vector<std::string> values;
    if (!read_collection(loop.at(1), values)) return false;
    for (std::string& value : values) {
      ++work_.steps;
      if (full()) return true;
      bound_.push_back({identifier, std::move(value)});
      for (const json::Member m : fragment.members()) copy_member(m, members);
      bound_.pop_back();
    }
    return true;
  }

  // An inner loop may go over what depends on the outer one: so it is evaluated as it stands in this round.
  bool read_collection(Node written, std::vector<std::string>& values) {
    std::vector<Entry> entries;
    std::string arena;
    entries.swap(entries_), arena.swap(arena_);
    copy(written);
    const json::Tree tree = too_much_ ? json::Tree() : take();
    entries_.swap(entries), arena_ = std::move(arena);
    const Item list = evaluate(work_, stack_, tree.root());
    if (!list.is(Item::Kind::list) || list.gap) return false;
    for (const Item& item : list.items) {
      if (!item.is(Item::Kind::text) || work_.registry.texts.has_symbol(item.text)) return false;
      values.push_back(work_.registry.texts.string(item.text));
    }
    return true;
  }

  Work& work_;
  Stack& stack_;
  std::vector<Entry> entries_;
  std::string arena_;
  std::vector<std::string> tags_;
  std::vector<Bound> bound_;  // innermost last
  bool too_much_ = false;
};

}  // namespace

bool is_loop(std::string_view name) { return name.starts_with("Fn::ForEach"); }

std::optional<json::Tree> unroll(Work& work, Stack& stack) {
  if (!asks_for_loops(stack.root()) || !has_loop(stack.root())) return std::nullopt;
  return Unroller(work, stack).run();
}

}  // namespace sallyport::read::cloudformation
