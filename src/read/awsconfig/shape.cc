#include "read/awsconfig/shape.h"

#include <algorithm>

#include "read/json/text.h"
#include "read/snapshot/said.h"

namespace sallyport::read::awsconfig {
namespace {

using json::Kind;
using json::Node;

constexpr int deepest = 64;  // an answer has ten levels; a policy inside is a text

std::string with_letter(std::string_view name, Letters letters) {
  std::string changed(name);
  if (changed.empty()) return changed;
  char& first = changed.front();
  if (letters == Letters::upper && first >= 'a' && first <= 'z') first = static_cast<char>(first - 'a' + 'A');
  if (letters == Letters::lower && first >= 'A' && first <= 'Z') first = static_cast<char>(first - 'A' + 'a');
  return changed;
}

void write_at(Node node, Letters letters, std::string& out, int depth) {
  if (depth > deepest) {
    out += not_recorded();
    return;
  }
  bool first = true;
  const auto separate = [&] {
    if (!first) out += ',';
    first = false;
  };
  if (node.is(Kind::array)) {
    out += '[';
    for (const Node item : node.items()) separate(), write_at(item, letters, out, depth + 1);
    out += ']';
  } else if (node.is(Kind::object)) {
    if (const Node word = node["value"]; node.size() == 1 && !word.absent()) {
      return write_at(word, letters, out, depth + 1);
    }
    out += '{';
    for (const json::Member m : node.members()) {
      separate();
      json::append_string(with_letter(m.name(), letters), out);
      out += ':';
      write_at(m.value, letters, out, depth + 1);
    }
    out += '}';
  } else {
    out += json::to_text(node);
  }
}

}  // namespace

void write(Node node, Letters letters, std::string& out) { write_at(node, letters, out, 0); }

std::string Object::done() const {
  std::string out = "{";
  const auto separate = [&] { out += out.size() > 1 ? "," : ""; };
  for (const json::Member m : configuration_.members()) {
    const std::string name = with_letter(m.name(), letters_);
    if (std::any_of(own_.begin(), own_.end(), [&](const auto& own) { return own.first == name; })) continue;
    separate();
    json::append_string(name, out);
    out += ':';
    write(m.value, letters_, out);
  }
  for (auto own = own_.begin(); own != own_.end(); ++own) {
    const bool again = std::any_of(own + 1, own_.end(), [&](const auto& later) { return later.first == own->first; });
    if (own->second.empty() || again) continue;
    separate();
    json::append_string(own->first, out);
    out += ':';
    out += own->second;
  }
  return out += '}';
}

std::string text(std::string_view bytes) {
  std::string out;
  json::append_string(bytes, out);
  return out;
}

std::string not_recorded() { return text(snapshot::not_recorded); }

std::string answer(std::string_view key, std::string_view value) {
  std::string out = "{";
  json::append_string(key, out);
  return out.append(":[").append(value).append("]}");
}

}  // namespace sallyport::read::awsconfig
