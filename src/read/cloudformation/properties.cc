#include "read/cloudformation/properties.h"

#include <algorithm>
#include <charconv>

#include "read/cloudformation/evaluate.h"
#include "read/cloudformation/identity.h"
#include "read/cloudformation/loops.h"
#include "read/policy/policy.h"

namespace sallyport::read::cloudformation {
namespace {

const Item empty_item;

std::string lower(std::string_view text) {
  std::string word(text);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

// Does a function stand anywhere in it? Depth is bounded by the parsers.
bool calls_any(Node node) {
  if (!call_of(node).name.empty()) return true;
  if (node.text().find("{{resolve:") != std::string_view::npos) return true;
  for (const Node entry : node.items()) {
    if (calls_any(entry)) return true;
  }
  for (const json::Member m : node.members()) {
    if (m.name() == "Fn::Transform" || is_loop(m.name()) || m.name() == "<<" || calls_any(m.value)) return true;
  }
  return false;
}

// Puts what `from` has into `into`: lists grow, objects are united, else what is there stays.
void unite(Item& into, const Item& from) {
  if (into.nothing()) {
    into = from;
  } else if (into.is(Item::Kind::list) && from.is(Item::Kind::list)) {
    into.items.insert(into.items.begin(), from.items.begin(), from.items.end());
  } else if (into.is(Item::Kind::object) && from.is(Item::Kind::object)) {
    for (std::size_t i = 0; i < from.names.size(); ++i) {
      const auto there = std::find(into.names.begin(), into.names.end(), from.names[i]);
      if (there == into.names.end()) {
        into.names.push_back(from.names[i]);
        into.items.push_back(from.items[i]);
      } else {
        unite(into.items[static_cast<std::size_t>(there - into.names.begin())], from.items[i]);
      }
    }
  }
}

// The properties, with those that SAM's section `Globals` gives to all of a sort.
Item with_globals(Work& work, const Resource& resource) {
  constexpr std::string_view sam = "AWS::Serverless::";
  Item own = evaluate(work, *resource.stack, resource.node["Properties"]);
  if (!resource.type.starts_with(sam)) return own;
  const Node globals = resource.stack->root()["Globals"][resource.type.substr(sam.size())];
  if (globals) unite(own, evaluate(work, *resource.stack, globals));
  return own;
}

std::string without_colons(std::string_view name) {
  std::string plain(name);
  std::replace(plain.begin(), plain.end(), ':', '.');
  return plain;
}

}  // namespace

Text any_text(Work& work, std::string_view name) { return work.registry.texts.anything(without_colons(name)); }
Text new_text(Work& work, std::string_view name) { return work.registry.texts.symbol(without_colons(name)); }

GapId no_region(Work& work) {
  return work.registry.gaps.add({GapKind::not_collected, "nothing says in which Region the stack is made",
                                 "give `AWS::Region` with `--parameters FILE`"});
}

GapId once_made(Work& work, const std::string& what, Origin origin) {
  return work.registry.gaps.add({GapKind::known_after_apply, what, "make the stack and collect the account", origin});
}

Properties::Properties(Work& work, const Resource& resource)
    : work_(work),
      resource_(resource),
      owned_(std::make_shared<Item>(with_globals(work, resource))),
      item_(owned_.get()) {}

bool Properties::gives(std::string_view name) const {
  const Item& i = item(name);
  switch (i.kind) {
    case Item::Kind::nothing: return static_cast<bool>(item_->gap);  // it may be among what is not known
    case Item::Kind::text: return !i.text.empty();
    case Item::Kind::list: return i.gap || !i.items.empty();
    case Item::Kind::object:
    case Item::Kind::unknown: return true;
  }
  return true;
}

bool Properties::may_be_another(Kind kind, Text text) const {
  if (!is_untold(registry().texts, text)) return false;
  const auto& base = work_.in_base;
  if (place().region.empty()) {
    const auto first = base.lower_bound({kind, Text()});
    if (first != base.end() && first->first == kind) return true;
  } else if (base.contains({kind, place().region}) || base.contains({kind, Text()})) {
    return true;
  }
  const auto beside = work_.made_beside.find(resource_.stack->top());
  return beside != work_.made_beside.end() && beside->second.contains(kind);
}

std::string Properties::any_beside(std::span<const std::string_view> known) const {
  if (item_->gap || item_->is(Item::Kind::unknown)) return "a property that is not known";
  for (const std::string& name : item_->names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) return name;
  }
  return {};
}

GapId Properties::gap(std::string_view name) const {
  if (item_->is(Item::Kind::unknown)) return item_->gap;
  const Item& i = item(name);
  if (i.is(Item::Kind::unknown)) return i.gap;
  if (i.is(Item::Kind::text) && registry().texts.has_symbol(i.text)) {
    return once_made(work_,
                     "`" + std::string(name) + "` of `" + resource_.address + "` is `" +
                         show_symbols(registry().view(i.text)) + "`, which is not known before the stack is made",
                     i.origin);
  }
  return once_made(work_,
                   "`" + std::string(name) + "` of `" + resource_.address + "` is not known before the stack is made",
                   origin());
}

GapId Properties::not_understood(std::string_view name) const {
  const std::string what = "`" + std::string(name) + "` of `" + resource_.address + "` is not understood";
  const Item& i = item(name);
  const Origin at = i.origin ? i.origin : origin();
  work_.say(Severity::warning, "bad-value", what, at);
  return registry().gaps.add({GapKind::not_readable, what, "correct the template", at});
}

Value<Text> Properties::text(std::string_view name) const {
  const Item& i = item(name);
  switch (i.kind) {
    case Item::Kind::nothing: return item_->is(Item::Kind::unknown) || item_->gap ? Value<Text>(item_->gap) : Text();
    case Item::Kind::text: return i.text;
    case Item::Kind::unknown: return i.gap;
    case Item::Kind::list:
    case Item::Kind::object: break;
  }
  return not_understood(name);
}

Value<bool> Properties::flag(std::string_view name, bool otherwise) const {
  const Value<Text> t = text(name);
  if (!t.known()) return t.gap();
  if (t->empty()) return otherwise;
  const std::string word = lower(registry().view(*t));
  if (word == "true") return true;
  if (word == "false") return false;
  return registry().texts.has_symbol(*t) ? gap(name) : not_understood(name);
}

Value<std::int64_t> Properties::number(std::string_view name, std::int64_t otherwise) const {
  const Value<Text> t = text(name);
  if (!t.known()) return t.gap();
  if (t->empty()) return otherwise;
  const std::string_view digits = registry().view(*t);
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (error == std::errc() && end == digits.data() + digits.size()) return n;
  return registry().texts.has_symbol(*t) ? gap(name) : not_understood(name);
}

Value<Prefix> Properties::prefix(std::string_view name) const {
  const Value<Text> t = text(name);
  if (!t.known()) return t.gap();
  if (registry().texts.has_symbol(*t)) return gap(name);
  const Result<Prefix> p = parse_prefix(registry().view(*t));
  return p ? Value<Prefix>(*p) : Value<Prefix>(not_understood(name));
}

Value<Address> Properties::address(std::string_view name) const {
  const Value<Text> t = text(name);
  if (!t.known()) return t.gap();
  if (registry().texts.has_symbol(*t)) return gap(name);
  const Result<Address> a = parse_address(registry().view(*t));
  return a ? Value<Address>(*a) : Value<Address>(not_understood(name));
}

List<Text> Properties::texts(std::string_view name) const {
  List<Text> list;
  const Item& i = item(name);
  if (i.nothing()) return list.open = item_->gap, list;
  if (i.is(Item::Kind::unknown)) return list.open = i.gap, list;
  if (i.is(Item::Kind::text)) {
    // A list that is not told (an attribute, a parameter) looks like a text; what is one
    // id is that one.
    const std::string_view view = registry().view(i.text);
    if (view.find("\xFE\xFF\xFE") != std::string_view::npos) {
      list.open = gap(name);
    } else if (!i.text.empty()) {
      list.items.push_back(i.text);
    }
    return list;
  }
  list.open = i.gap;
  if (i.is(Item::Kind::object)) return list.open = not_understood(name), list;
  for (const Item& entry : i.items) {
    if (entry.is(Item::Kind::text)) {
      list.items.push_back(entry.text);
    } else {
      list.open = entry.is(Item::Kind::unknown) ? entry.gap : not_understood(name);
    }
  }
  return list;
}

List<Properties> Properties::blocks(std::string_view name) const {
  List<Properties> list;
  const Item& i = item(name);
  if (i.nothing()) return list.open = item_->gap, list;
  if (i.is(Item::Kind::object)) return list.items.push_back(Properties(*this, i)), list;
  if (!i.is(Item::Kind::list)) {
    list.open = i.is(Item::Kind::unknown) ? i.gap : gap(name);
    return list;
  }
  list.open = i.gap;
  for (const Item& entry : i.items) {
    if (entry.is(Item::Kind::object)) {
      list.items.push_back(Properties(*this, entry));
    } else {
      list.open = entry.is(Item::Kind::unknown) ? entry.gap : not_understood(name);
    }
  }
  return list;
}

Properties Properties::block(std::string_view name, GapId& gap_of) const {
  const Item& i = item(name);
  if (i.is(Item::Kind::object)) return Properties(*this, i);
  if (i.nothing()) {
    if (item_->gap) gap_of = item_->gap;
  } else {
    gap_of = i.is(Item::Kind::unknown) ? i.gap : i.is(Item::Kind::text) ? gap(name) : not_understood(name);
  }
  return Properties(*this, empty_item);
}

Text Properties::own_text(std::string_view part) const { return own_symbol(work_, resource_, part); }

Head Properties::head(std::string_view fallback) const {
  Head head;
  head.account = place().account;
  head.region = place().region;
  head.origin = resource_.node.origin();
  std::string name;
  for (const Item& tag : (*owned_)["Tags"].items) {
    if (tag["Key"].text == registry().text("Name") && tag["Value"].is(Item::Kind::text)) {
      name = show_symbols(registry().view(tag["Value"].text));
    }
  }
  if (name.empty()) name = fallback;
  head.name = work_.text(name.empty() ? resource_.address : name);
  if (owned_->is(Item::Kind::unknown) || owned_->gap) head.gap = owned_->gap;
  return head;
}

Value<PolicyId> Properties::policy(std::string_view name, std::string_view id_text, std::string_view known_as) const {
  const Item& i = item(name);
  if (i.nothing()) return item_->gap ? Value<PolicyId>(item_->gap) : PolicyId();
  if (i.is(Item::Kind::unknown)) return i.gap;
  Policy row;
  row.id = registry().ids.get<PolicyId>(place().partition, work_.text(id_text));
  row.head.name = work_.text(show_symbols(known_as));
  row.head.account = place().account;
  row.head.origin = i.origin;
  const std::string label = "`" + std::string(name) + "` of `" + resource_.address + "`";
  // As it stands where nothing is computed: so every statement has its line.
  const Node written = item_ == owned_.get() ? resource_.node["Properties"][name] : Node();
  if (written && !calls_any(written)) {
    row.document = read_policy(written, label, registry(), work_.change.diagnostics);
  } else {
    std::string json;
    GapId gap_of;
    if (i.is(Item::Kind::text)) {
      if (registry().texts.has_symbol(i.text) && registry().view(i.text).find('{') == std::string_view::npos)
        return gap(name);
      json = registry().view(i.text);
    } else if (!to_json(i, registry().texts, json, gap_of)) {
      return gap_of;
    }
    row.document = read_policy_text(json, i.origin, label, registry(), work_.change.diagnostics);
  }
  const PolicyId put = row.id;
  work_.put(work_.change.put.policies, std::move(row));
  return put;
}

}  // namespace sallyport::read::cloudformation
