#include "read/cloudformation/evaluate.h"

#include "facts/regions.h"
#include "read/cloudformation/exports.h"
#include "read/cloudformation/identity.h"
#include "read/cloudformation/loops.h"

namespace sallyport::read::cloudformation {
namespace {

constexpr int deepest = 300;

constexpr const char* not_at_hand = "what `Fn::Transform` brings along, a macro or an included file, is not at hand";

// Counts one level of evaluation, and a step.
class Level {
 public:
  explicit Level(Work& work) : work_(work) { ++work_.depth, ++work_.steps; }
  ~Level() { --work_.depth; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  bool too_much() const { return work_.depth > deepest || work_.steps > work_.step_limit; }

 private:
  Work& work_;
};

Item make(Item::Kind kind, Origin origin) {
  Item item;
  item.kind = kind;
  item.origin = origin;
  return item;
}

Item anything(Work& work, const std::string& what, Origin origin) { return text_item(any_text(work, what), origin); }

// `a, b` of a list parameter.
Item list_of(Work& work, Text text, Origin origin) {
  Item list = make(Item::Kind::list, origin);
  std::vector<std::string> parts;
  if (!split_text(work, text, ",", parts)) {
    return unknown_item(work.registry.gaps.add({GapKind::not_collected, "a list of which the template tells no parts",
                                                "give the parameter with `--parameters`", origin}),
                        origin);
  }
  for (const std::string& part : parts) {
    const std::size_t first = part.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    list.items.push_back(text_item(work.text(part.substr(first, part.find_last_not_of(' ') - first + 1)), origin));
  }
  return list;
}

Item no_value(Work& work, Stack& stack, std::string_view name, bool list, Node node, std::string_view at = {}) {
  const std::string full = stack.full(name) + (at.empty() ? "" : " at " + std::string(at));
  if (!list) return anything(work, full, node.origin());
  return unknown_item(work.registry.gaps.add({GapKind::not_collected, "the parameter `" + full + "` has no value",
                                              "give it with `--parameters FILE`", node.origin()}),
                      node.origin());
}

// What the parent gives a nested stack is evaluated when it is asked for.
void give(Work& work, Stack& stack, std::string_view name) {
  if (stack.parent == nullptr || stack.arguments.contains(name)) return;
  const Node node = stack.given[name];
  if (node) stack.arguments.insert_or_assign(std::string(name), evaluate(work, *stack.parent, node));
}

// The value of a parameter: given, else its default. Parameters that name a value in
// Systems Manager are texts that may be anything.
Item parameter(Work& work, Stack& stack, std::string_view name, Node node) {
  const std::string_view type = node["Type"].text();
  const bool list = type == "CommaDelimitedList" || type.find("List<") != std::string_view::npos;
  if (type.starts_with("AWS::SSM::Parameter::Value<")) {
    give(work, stack, name);
    const auto given = stack.arguments.find(name);
    const bool told = given != stack.arguments.end() && given->second.is(Item::Kind::text);
    const std::string at =
        told ? show_symbols(work.registry.view(given->second.text)) : std::string(node["Default"].scalar());
    return no_value(work, stack, name, list, node, at);
  }
  give(work, stack, name);
  if (const auto given = stack.arguments.find(name); given != stack.arguments.end()) {
    if (list && given->second.is(Item::Kind::text)) return list_of(work, given->second.text, given->second.origin);
    return given->second;
  }
  const Node fallback = node["Default"];
  if (fallback.absent()) return no_value(work, stack, name, list, node);
  if (list) return list_of(work, work.text(fallback.scalar()), fallback.origin());
  return text_item(work.text(fallback.scalar()), fallback.origin());
}

Item pseudo(Work& work, Stack& stack, std::string_view name, Origin origin) {
  if (name == "AWS::NoValue") return Item();
  const auto given = stack.arguments.find(name);
  if (given != stack.arguments.end()) return given->second;
  if (name == "AWS::Region") {
    return stack.place.region.empty() ? text_item(any_text(work, "region"), origin)
                                      : text_item(stack.place.region, origin);
  }
  if (name == "AWS::AccountId") return text_item(account_of(work, stack), origin);
  if (name == "AWS::Partition") return text_item(stack.place.partition, origin);
  if (name == "AWS::URLSuffix") {
    const facts::Partition* partition = facts::partition(work.registry.view(stack.place.partition));
    return text_item(work.text(partition == nullptr ? "amazonaws.com" : partition->dns), origin);
  }
  if (name == "AWS::StackName" && !stack.stack_name.empty()) return text_item(work.text(stack.stack_name), origin);
  return anything(work, stack.full(name), origin);
}

Item ref(Work& work, Stack& stack, std::string_view name, Origin origin) {
  if (name.starts_with("AWS::")) return pseudo(work, stack, name, origin);
  if (const Node node = stack.root()["Parameters"][name]) {
    Item item = parameter(work, stack, name, node);
    item.origin = origin;
    return item;
  }
  if (const Resource* resource = stack.find(name)) return ref_to(work, *resource, origin);
  if (stack.root()["Resources"][name] || stack.sam_role(name) != nullptr) {
    if (const Resource* function = stack.sam_role(name)) return sam_role_ref(work, *function, {}, origin);
    // Its condition is not met: only a branch that is not taken may name it.
    return unknown_item(work.registry.gaps.add({GapKind::not_readable,
                                                "`" + stack.full(name) + "` is named, and its condition is not met",
                                                "correct the template", origin}),
                        origin);
  }
  // The API that SAM makes for events of functions that name none.
  if (name == "ServerlessRestApi" || name == "ServerlessHttpApi") {
    return text_item(new_text(work, stack.full(name)), origin);
  }
  return bad_call(work, "nothing is called `" + std::string(name) + "` in the template", origin);
}

Item get_att(Work& work, Stack& stack, std::string_view name, std::string_view attribute, Origin origin) {
  if (const auto nested = stack.nested.find(name); nested != stack.nested.end() && attribute.starts_with("Outputs.")) {
    const Node output = nested->second->root()["Outputs"][attribute.substr(8)];
    if (output) return evaluate(work, *nested->second, output["Value"]);
  }
  if (const Resource* resource = stack.find(name)) return attribute_of(work, *resource, attribute, origin);
  if (const Resource* function = stack.sam_role(name)) return sam_role_ref(work, *function, attribute, origin);
  if (stack.root()["Resources"][name]) return ref(work, stack, name, origin);
  return bad_call(work, "`GetAtt` names `" + std::string(name) + "`, which is not in the template", origin);
}

// `Vpc.CidrBlock` or `[Vpc, CidrBlock]`
Item call_get_att(Work& work, Stack& stack, Node node) {
  if (node.is(json::Kind::string)) {
    const std::string_view text = node.text();
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return bad_call(work, "`GetAtt` without an attribute", node.origin());
    return get_att(work, stack, text.substr(0, dot), text.substr(dot + 1), node.origin());
  }
  if (node.size() < 2 || !node.is(json::Kind::array))
    return bad_call(work, "`GetAtt` without an attribute", node.origin());
  std::string attribute;
  std::size_t number = 0;
  for (const Node part : node.items()) {
    if (number++ == 0) continue;
    const Item item = evaluate(work, stack, part);
    if (!item.is(Item::Kind::text)) return bad_call(work, "`GetAtt` with an attribute that is no text", node.origin());
    attribute += (attribute.empty() ? "" : ".") + work.registry.texts.string(item.text);
  }
  return get_att(work, stack, node.at(0).text(), attribute, node.origin());
}

// `${Vpc}`, `${Vpc.CidrBlock}`, `${AWS::Region}`, `${!literal}`, and names of the map.
Item call_sub(Work& work, Stack& stack, Node node) {
  const Node pattern = node.is(json::Kind::array) ? node.at(0) : node;
  const Node map = node.is(json::Kind::array) ? node.at(1) : Node();
  if (!pattern.is(json::Kind::string)) return bad_call(work, "`Sub` without a text", node.origin());
  std::string_view text = pattern.text();
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find("${");
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    std::string_view name = text.substr(open + 2, close - open - 2);
    text.remove_prefix(close + 1);
    if (name.starts_with('!')) {
      out += "${" + std::string(name.substr(1)) + "}";
      continue;
    }
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    const std::size_t dot = name.find('.');
    Item part = map[name] ? evaluate(work, stack, map[name])
                : dot == std::string_view::npos
                    ? ref(work, stack, name, node.origin())
                    : get_att(work, stack, name.substr(0, dot), name.substr(dot + 1), node.origin());
    if (part.is(Item::Kind::unknown)) return part;
    if (!part.is(Item::Kind::text)) return bad_call(work, "`${" + std::string(name) + "}` is no text", node.origin());
    out += work.registry.view(part.text);
    if (out.size() > text_limit) return bad_call(work, "a text grows too long", node.origin());
  }
  out += text;
  work.steps += out.size() / 64;
  return text_item(work.text(out), node.origin());
}

Item call_if(Work& work, Stack& stack, Node node) {
  if (node.size() != 3) return bad_call(work, "`If` needs a condition and two values", node.origin());
  const std::string_view name = node.at(0).text();
  const Truth truth = condition(work, stack, name);
  if (truth == Truth::yes) return evaluate(work, stack, node.at(1));
  if (truth == Truth::no) return evaluate(work, stack, node.at(2));
  Item yes = evaluate(work, stack, node.at(1));
  const Item no = evaluate(work, stack, node.at(2));
  if (same(yes, no, work.registry.texts) == Truth::yes) return yes;
  return unknown_item(undecided(work, stack, name, node.origin()), node.origin());
}

Item call_find(Work& work, Stack& stack, Node node) {
  if (node.size() < 3) return bad_call(work, "`FindInMap` needs a map and two keys", node.origin());
  Node found = stack.root()["Mappings"];
  std::string asked;
  for (std::size_t i = 0; i < 3; ++i) {
    const Item key = evaluate(work, stack, node.at(i));
    if (key.is(Item::Kind::unknown)) return key;
    if (!key.is(Item::Kind::text)) return bad_call(work, "a key of `FindInMap` is no text", node.origin());
    if (work.registry.texts.has_symbol(key.text)) {
      return unknown_item(
          work.registry.gaps.add({GapKind::not_collected,
                                  "a mapping is looked up by `" + show_symbols(work.registry.view(key.text)) + "`",
                                  "give the value with `--parameters FILE`", node.origin()}),
          node.origin());
    }
    asked += (i == 0 ? "" : ".") + work.registry.texts.string(key.text);
    found = found[work.registry.view(key.text)];
  }
  if (found) return evaluate(work, stack, found);
  if (const Node fallback = node.at(3)["DefaultValue"]) return evaluate(work, stack, fallback);
  return bad_call(work, "no mapping has `" + asked + "`", node.origin());
}

Item call_import(Work& work, Stack& stack, const Item& name, Origin origin) {
  if (!name.is(Item::Kind::text)) return name;
  const Export found = find_export(work, stack, name.text);
  if (found.stack != nullptr) return evaluate(work, *found.stack, found.value);
  work.say(Severity::note, "not-exported",
           "no template given exports `" + show_symbols(work.registry.view(name.text)) + "`", origin);
  return anything(work, "export " + work.registry.texts.string(name.text), origin);
}

// A text with `{{resolve:...}}` holds what is looked up when the stack is made.
Item literal(Work& work, Node node) {
  const std::string_view text = node.scalar();
  std::string out;
  std::string_view rest = text;
  for (std::size_t open = rest.find("{{resolve:"); open != std::string_view::npos; open = rest.find("{{resolve:")) {
    const std::size_t close = rest.find("}}", open);
    if (close == std::string_view::npos) break;
    out += rest.substr(0, open);
    out += work.registry.view(any_text(work, rest.substr(open + 2, close - open - 2)));
    rest.remove_prefix(close + 2);
  }
  out += rest;
  Item item = text_item(work.text(out), node.origin());
  item.was = node.kind();
  return item;
}

// `{"Fn::Join": [...]}`, whatever tag the node itself has.
Call long_call(Node node) {
  if (!node.is(json::Kind::object) || node.size() != 1) return {};
  const json::Member only = *node.members().begin();
  if (only.name() == "Ref" || only.name().starts_with("Fn::")) return {std::string(only.name()), only.value, false};
  return {};
}

Item call(Work& work, Stack& stack, const Call& c) {
  const Node node = c.argument;
  const std::string_view name = c.name;
  if (name == "Ref") return ref(work, stack, node.text(), node.origin());
  if (name == "Fn::GetAtt") return call_get_att(work, stack, node);
  if (name == "Fn::Sub") return call_sub(work, stack, node);
  if (name == "Fn::If") return call_if(work, stack, node);
  if (name == "Fn::FindInMap") return call_find(work, stack, node);
  const auto argument = [&] { return c.tagged ? evaluate_untagged(work, stack, node) : evaluate(work, stack, node); };
  if (name == "Fn::ImportValue") return call_import(work, stack, argument(), node.origin());
  if (name == "Fn::Join") return join(work, argument(), node.origin());
  if (name == "Fn::Split") return split(work, argument(), node.origin());
  if (name == "Fn::Select") return select(work, argument(), node.origin());
  if (name == "Fn::Cidr") return cidr(work, argument(), node.origin());
  if (name == "Fn::Base64") return base64(work, argument(), node.origin());
  if (name == "Fn::GetAZs") {
    const Item region = argument();
    const bool own = region.nothing() || (region.is(Item::Kind::text) && region.text.empty());
    return zones_of(work, own ? pseudo(work, stack, "AWS::Region", node.origin()) : region, node.origin());
  }
  if (name == "Fn::Length" && node) {
    const Item list = argument();
    if (list.is(Item::Kind::list) && !list.gap)
      return text_item(work.text(std::to_string(list.items.size())), node.origin());
    if (list.is(Item::Kind::unknown)) return list;
  }
  if (name == "Fn::ToJsonString") {
    std::string json;
    GapId gap;
    if (to_json(argument(), work.registry.texts, json, gap)) return text_item(work.text(json), node.origin());
    return unknown_item(gap, node.origin());
  }
  if (c.name == "Fn::Transform") return bad_call(work, not_at_hand, node.origin());
  return bad_call(work, "the function `" + c.name + "` is not known", node.origin());
}

}  // namespace

Call call_of(Node node) {
  if (const std::string_view tag = node.tag(); tag.starts_with('!')) {
    if (tag == "!Ref" || tag == "!Condition") return {std::string(tag.substr(1)), node, true};
    return {"Fn::" + std::string(tag.substr(1)), node, true};
  }
  return long_call(node);
}

GapId undecided(Work& work, const Stack& stack, std::string_view name, Origin origin) {
  return work.registry.gaps.add({GapKind::not_collected,
                                 "the condition `" + stack.full(name) + "` depends on what is not given",
                                 "give the parameters with `--parameters FILE`", origin});
}

Item evaluate(Work& work, Stack& stack, Node node) {
  const Call c = call_of(node);
  const Level level(work);
  if (level.too_much()) {
    return unknown_item(work.registry.gaps.add({GapKind::not_modelled, "the template refers to itself, or is too deep",
                                                "take the reference apart", node.origin()}),
                        node.origin());
  }
  return c.name.empty() ? evaluate_untagged(work, stack, node) : call(work, stack, c);
}

Item evaluate_untagged(Work& work, Stack& stack, Node node) {
  switch (node.kind()) {
    case json::Kind::none:
    case json::Kind::null: return {};
    case json::Kind::boolean:
    case json::Kind::number:
    case json::Kind::string: return literal(work, node);
    case json::Kind::sealed: break;
    case json::Kind::array: {
      Item list = make(Item::Kind::list, node.origin());
      for (const Node entry : node.items()) {
        Item item = evaluate(work, stack, entry);
        if (!item.nothing()) list.items.push_back(std::move(item));
      }
      return list;
    }
    case json::Kind::object: {
      if (const Call c = long_call(node); !c.name.empty()) return call(work, stack, c);
      Item object = make(Item::Kind::object, node.origin());
      for (const json::Member m : node.members()) {
        if (m.name() == "Fn::Transform" || is_loop(m.name())) {
          const bool included = m.name() == "Fn::Transform";
          const std::string what = included ? not_at_hand : "`" + std::string(m.name()) + "` is not evaluated";
          object.gap = bad_call(work, what, m.key.origin()).gap;
          continue;
        }
        Item item = evaluate(work, stack, m.value);
        if (m.name() == "<<") {  // YAML's merge: what is said beside it counts more
          for (std::size_t i = 0; i < item.names.size(); ++i) {
            if (node[item.names[i]]) continue;
            object.names.push_back(item.names[i]);
            object.items.push_back(item.items[i]);
          }
          continue;
        }
        if (item.nothing()) continue;
        object.names.emplace_back(m.name());
        object.items.push_back(std::move(item));
      }
      return object;
    }
  }
  return bad_call(work, "a value is not understood", node.origin());
}

Item property(Work& work, const Resource& resource, std::string_view name) {
  return evaluate(work, *resource.stack, resource.node["Properties"][name]);
}

Item bad_call(Work& work, const std::string& what, Origin origin) {
  work.say(Severity::warning, "bad-template", what, origin);
  return unknown_item(work.registry.gaps.add({GapKind::not_readable, what, "correct the template", origin}), origin);
}

}  // namespace sallyport::read::cloudformation
