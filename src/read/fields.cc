#include "read/fields.h"

#include <algorithm>
#include <utility>

namespace sallyport::read {

using json::Kind;
using json::Node;

Fields::Fields(Node node, std::string what, FirstError& error) : node_(node), what_(std::move(what)), error_(error) {
  if (node.absent()) {
    node_ = {};
  } else if (!node.is(Kind::object)) {
    mistake(what_ + " must be a mapping, not " + with_article(node.kind()), node);
    node_ = {};
  } else if (node.has_duplicate_keys()) {
    mistake(what_ + " has the same key twice", node);
  }
}

void Fields::mistake(std::string message, Node at, std::string hint) {
  if (!error_) error_ = Error{std::move(message), std::move(hint), at.origin()};
}

Node Fields::node(std::string_view key) {
  asked_.push_back(key);
  return node_[key];
}

std::string Fields::text(std::string_view key) {
  const Node member = node(key);
  if (member.absent()) return {};
  if (member.is(Kind::array) || member.is(Kind::object)) {
    mistake("`" + std::string(key) + "` of " + what_ + " must be a word or text", member);
  }
  return std::string(member.scalar());
}

std::string Fields::word(std::string_view key, std::initializer_list<std::string_view> words) {
  std::string chosen = text(key);
  if (chosen.empty() || std::find(words.begin(), words.end(), chosen) != words.end()) return chosen;
  std::string all;
  for (const std::string_view w : words) all.append(all.empty() ? "" : ", ").append(w);
  mistake("`" + chosen + "` is no value of `" + std::string(key) + "`", node_[key], "one of " + all);
  return {};
}

std::optional<bool> Fields::boolean(std::string_view key) {
  const Node member = node(key);
  if (member.absent()) return std::nullopt;
  if (!member.boolean()) mistake("`" + std::string(key) + "` of " + what_ + " must be `true` or `false`", member);
  return member.boolean();
}

std::optional<std::int64_t> Fields::number(std::string_view key, std::int64_t low, std::int64_t high) {
  const Node member = node(key);
  if (member.absent()) return std::nullopt;
  const auto n = member.integer();
  if (n && *n >= low && *n <= high) return n;
  mistake("`" + std::string(key) + "` of " + what_ + " must be a number from " + std::to_string(low) + " to " +
              std::to_string(high),
          member);
  return std::nullopt;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const Node member = node(key);
  std::vector<std::string> all;
  const auto add = [&](Node item) {
    if (item.scalar().empty() && !item.is(Kind::string)) {
      mistake("`" + std::string(key) + "` of " + what_ + " must be a list of words", item ? item : member);
    }
    all.emplace_back(item.scalar());
  };
  if (member.absent()) return all;
  if (!member.is(Kind::array)) return add(member), all;
  for (const Node item : member.items()) add(item);
  return all;
}

std::vector<Prefix> Fields::prefixes(std::string_view key) {
  std::vector<Prefix> all;
  for (const std::string& written : texts(key)) {
    const Result<Prefix> prefix = parse_prefix(written);
    if (prefix) {
      all.push_back(*prefix);
    } else {
      mistake("`" + written + "` in `" + std::string(key) + "`: " + prefix.error().message, node_[key],
              "write a block like `10.0.0.0/8`");
    }
  }
  return all;
}

std::vector<Node> Fields::list(std::string_view key) {
  const Node member = node(key);
  std::vector<Node> all;
  if (member.absent()) return all;
  if (!member.is(Kind::array)) mistake("`" + std::string(key) + "` of " + what_ + " must be a list", member);
  for (const Node item : member.items()) all.push_back(item);
  return all;
}

void Fields::done() {
  for (const json::Member m : node_.members()) {
    if (std::find(asked_.begin(), asked_.end(), m.name()) != asked_.end()) continue;
    std::string known;
    for (const std::string_view key : asked_) known.append(known.empty() ? "" : ", ").append(key);
    mistake("unknown key `" + std::string(m.name()) + "` in " + what_, m.key, "known are: " + known);
  }
}

}  // namespace sallyport::read
