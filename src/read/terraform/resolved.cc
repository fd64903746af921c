#include "read/terraform/resolved.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "read/json/text.h"
#include "read/terraform/configuration.h"
#include "read/terraform/identity.h"

namespace sallyport::read {
namespace terraform {
namespace {

bool is_true(Node node) { return node.boolean().value_or(false); }

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    constexpr const char* digits = "0123456789abcdef";
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += digits[(c >> 4) & 1];
      out += digits[c & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// Values after the merge, and what stays unknown of them.
struct Merged {
  std::string value = "null";
  std::string unknown = "false";
};

Merged as_it_is(Node after, Node marks) {
  return {after ? json::to_text(after) : "null", marks ? json::to_text(marks) : "false"};
}

using Texts = std::set<std::string, std::less<>>;

// Does a mock make up such a text? Eight letters and digits.
bool looks_made_up(std::string_view text) {
  return text.size() == 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

// Is the value one that a mock gives where the configuration gives none: false, 0, nothing, a text at random? Ids at
// random are links where they are some resource's.
bool is_made_up(Node value, const Texts& ids) {
  switch (value.kind()) {
    case json::Kind::boolean: return value.boolean() == false;
    case json::Kind::number: return value.number() == 0.0;
    case json::Kind::string: return looks_made_up(value.text()) && !ids.contains(value.text());
    case json::Kind::object: return value.size() == 0;
    case json::Kind::array:
      for (const Node item : value.items()) {
        if (item.is(json::Kind::string) && is_made_up(item, ids)) return true;
      }
      return value.size() == 0;
    default: return true;
  }
}

// Is a value what the mock had to be told, or made of it?
bool is_default(Node value) {
  const std::string_view block(mocked_block);
  const std::string text = json::to_text(value);
  return text.find(mocked_mark) != std::string::npos ||
         text.find(block.substr(0, block.find("::"))) != std::string::npos;
}

// Is the attribute configured in one of a list of blocks?
bool given(Node expressions, std::string_view attribute) {
  if (expressions["references"]) return true;  // one expression for the whole list
  if (expressions.is(json::Kind::object)) return static_cast<bool>(expressions[attribute]);
  for (const Node block : expressions.items()) {
    if (block[attribute]) return true;
  }
  return false;
}

// The members of an object, where `known` says of an attribute whether the mock's value counts.
template <class F>
Merged merge_object(Node after, Node marks, Node mocked, Node expressions, const Texts& ids, F counts);

// What the configuration gives as a whole, or block by block. What it gives may be nothing, then the mock makes it up.
Merged merge_given(Node after, Node marks, Node mocked, Node expressions, const Texts& ids) {
  if (mocked.absent() || is_default(mocked) || is_made_up(mocked, ids)) return as_it_is(after, marks);
  if (is_true(marks)) return {json::to_text(mocked), "false"};
  const bool blocks = marks.is(json::Kind::array) && after.is(json::Kind::array) && mocked.is(json::Kind::array);
  // Blocks of a set may stand in another order: then the mock's cannot be told apart.
  if (!blocks || after.size() != mocked.size() || marks.size() != after.size() || after.size() > 1) {
    const bool of_texts = blocks && !mocked.at(0).is(json::Kind::object);
    return of_texts ? Merged{json::to_text(mocked), "false"} : as_it_is(after, marks);
  }
  if (!after.at(0).is(json::Kind::object)) return {json::to_text(mocked), "false"};
  const Merged one = merge_object(after.at(0), marks.at(0), mocked.at(0), expressions, ids,
                                  [&](std::string_view name) { return given(expressions, name); });
  return {"[" + one.value + "]", "[" + one.unknown + "]"};
}

template <class F>
Merged merge_object(Node after, Node marks, Node mocked, Node expressions, const Texts& ids, F counts) {
  Merged all{"{", "{"};
  const auto add = [&](std::string_view name, const Merged& m) {
    for (auto& [to, part] : {std::pair(&all.value, &m.value), std::pair(&all.unknown, &m.unknown)}) {
      *to += (to->size() > 1 ? "," : "") + quoted(name) + ":" + *part;
    }
  };
  const auto one = [&](std::string_view name) {
    const Node mark = marks[name];
    const bool open = is_true(mark) || mark.is(json::Kind::array) || mark.is(json::Kind::object);
    const Node inner = expressions.is(json::Kind::array) ? expressions.at(0)[name] : expressions[name];
    if (!open && is_default(after[name])) return add(name, {"null", "true"});
    add(name,
        open && counts(name) ? merge_given(after[name], mark, mocked[name], inner, ids) : as_it_is(after[name], mark));
  };
  for (const json::Member m : after.members()) one(m.name());
  for (const json::Member m : marks.members()) {
    if (!after[m.name()]) one(m.name());
  }
  return {all.value + "}", all.unknown + "}"};
}

// The mocked values by address, and what names their resources.
struct Mocked {
  std::map<std::string, Node, std::less<>> values;
  Texts ids;
};

Mocked mocked_of(Node values) {
  Mocked all;
  std::vector<Node> open{values["root_module"]};
  while (!open.empty()) {
    const Node module = open.back();
    open.pop_back();
    for (const Node r : module["resources"].items()) {
      all.values.emplace(r["address"].text(), r["values"]);
      for (const json::Member m : r["values"].members()) {
        const bool names = r["mode"].text() == "data" || names_new(r["type"].text(), m.name());
        if (names && m.value.is(json::Kind::string)) all.ids.emplace(m.value.text());
      }
    }
    for (const Node child : module["child_modules"].items()) open.push_back(child);
  }
  return all;
}

std::string merged_change(Node entry, Node mocked, Node config, const Texts& ids) {
  const Node change = entry["change"];
  const std::string_view type = entry["type"].text();
  const Node expressions = config["expressions"];
  // An id that others are given must be the one that they are given.
  const auto counts = [&](std::string_view name) {
    return static_cast<bool>(expressions[name]) || names_new(type, name);
  };
  const Merged m = merge_object(change["after"], change["after_unknown"], mocked, expressions, ids, counts);
  std::string out = "{";
  for (const json::Member member : entry.members()) {
    if (member.name() != "change") out += quoted(member.name()) + ":" + json::to_text(member.value) + ",";
  }
  return out + R"("change":{"actions":)" + json::to_text(change["actions"]) + R"(,"before":)" +
         (change["before"] ? json::to_text(change["before"]) : "null") + R"(,"after":)" + m.value +
         R"(,"after_unknown":)" + m.unknown + "}}";
}

}  // namespace
}  // namespace terraform

std::string resolved_plan(json::Node plan, json::Node values) {
  const terraform::Mocked mocked = terraform::mocked_of(values);
  const terraform::Configuration configuration(plan);
  std::string out = R"({"format_version":"1.2","resource_changes":[)";
  bool first = true;
  for (const json::Node entry : plan["resource_changes"].items()) {
    out += first ? "\n" : ",\n";
    first = false;
    const auto found = mocked.values.find(entry["address"].text());
    const json::Node config = configuration.block(
        entry["module_address"].text(), std::string(entry["type"].text()) + "." + std::string(entry["name"].text()));
    out += found == mocked.values.end() || entry["mode"].text() == "data"
               ? json::to_text(entry)
               : terraform::merged_change(entry, found->second, config, mocked.ids);
  }
  out += "\n]";
  for (const char* member : {"terraform_version", "variables", "prior_state", "configuration"}) {
    if (plan[member]) out += ",\n\"" + std::string(member) + "\":" + json::to_text(plan[member]);
  }
  return out + "}\n";
}

}  // namespace sallyport::read
