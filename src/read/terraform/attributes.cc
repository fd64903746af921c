#include "read/terraform/attributes.h"

#include <algorithm>

#include "read/terraform/reading.h"

namespace sallyport::read::terraform {
namespace {

bool is_true(Node node) { return node.boolean().value_or(false); }

// Is anything in it known after apply? Depth is bounded by the parser.
bool any_unknown(Node marks) {
  if (is_true(marks)) return true;
  for (const Node item : marks.items()) {
    if (any_unknown(item)) return true;
  }
  for (const json::Member m : marks.members()) {
    if (any_unknown(m.value)) return true;
  }
  return false;
}

}  // namespace

Block::Block(Work& work, const Resource& resource)
    : work_(work),
      resource_(resource),
      place_(place_of(work, resource)),
      values_(resource.values),
      unknown_(resource.unknown),
      expression_(resource.config["expressions"]) {}

Block::Block(const Block& outer, Node values, Node unknown, Node expression, std::vector<Node> candidates, bool flat)
    : work_(outer.work_),
      resource_(outer.resource_),
      place_(outer.place_),
      values_(values),
      unknown_(unknown),
      expression_(expression),
      candidates_(std::move(candidates)),
      flat_(flat) {}

Block::Block(Work& work, const Resource& resource, Arguments& table) : Block(work, resource) {
  if (table.take(values_, unknown_, expression_)) table_ = &table;
}

Argument Block::find(std::string_view attribute) const {
  if (table_ != nullptr) return table_->of(attribute);
  const bool own = candidates_.empty() && !flat_;
  return {values_[attribute], unknown_[attribute], own ? expression_[attribute] : Node()};
}

bool Block::configured(const Argument& argument, std::string_view attribute) const {
  // Without a configuration it cannot be told apart: then it counts as configured.
  if (flat_ || !resource_.config) return true;
  if (candidates_.empty()) return static_cast<bool>(argument.expression);
  return std::any_of(candidates_.begin(), candidates_.end(), [&](Node e) { return static_cast<bool>(e[attribute]); });
}

Node Block::expression(const Argument& argument) const {
  if (!candidates_.empty()) return {};
  return flat_ ? expression_ : argument.expression;
}

Has Block::has(const Argument& argument, std::string_view attribute) const {
  const auto [value, mark, _] = argument;
  if (is_true(mark)) return configured(argument, attribute) ? Has::unknown : Has::computed;
  if (!value.absent()) return Has::value;
  if (resource_.only_known && !value) return configured(argument, attribute) ? Has::unknown : Has::computed;
  return any_unknown(mark) ? Has::unknown : Has::nothing;
}

Node Block::node(std::string_view attribute) const {
  const Argument argument = find(attribute);
  return has(argument, attribute) == Has::value ? argument.value : Node();
}

bool Block::gives_any(std::string_view attribute) const {
  const Argument argument = find(attribute);
  const Has h = has(argument, attribute);
  if (h != Has::value) return h == Has::unknown;
  const Node value = argument.value;
  if (value.is(json::Kind::string)) return !value.text().empty();
  return !value.is(json::Kind::array) || value.size() > 0;
}

std::optional<Text> Block::own_id(std::string_view attribute) const {
  const Value<Text> id = meaning(work_, resource_, attribute);
  if (id.known() && !id->empty()) return *id;
  // What `aws_default_vpc` and its like take over is not in any VPC that is new.
  if (!resource_.type.starts_with("aws_default_")) {
    work_.left_out = id.known() ? not_understood(attribute) : id.gap();
  }
  work_.say(Severity::warning, "unknown-id",
            work_.document.is_plan()
                ? "which object `" + resource_.address + "` is, is not known yet: it is left out"
                : "the state shows no `" + std::string(attribute) + "` of `" + resource_.address + "`: it is left out",
            origin());
  return std::nullopt;
}

GapId Block::gap(std::string_view attribute) const { return after_apply(work_, resource_, attribute); }

GapId Block::not_understood(std::string_view attribute) const {
  const Node value = raw(attribute);
  constexpr std::size_t enough = 60;
  const std::string written(value.scalar().empty() ? value.text() : value.scalar());
  const std::string what = "`" + std::string(attribute) + "` of `" + resource_.address + "` is " +
                           (value.absent()    ? std::string("missing")
                            : written.empty() ? std::string("not understood")
                                              : "not understood: `" + written.substr(0, enough) + "`");
  work_.say(Severity::warning, "bad-value", what, value ? value.origin() : origin());
  return registry().gaps.add({GapKind::not_readable, what, "make the plan again", origin()});
}

Value<Text> Block::text(std::string_view attribute) const { return text(find(attribute), attribute); }

Value<Text> Block::text(const Argument& argument, std::string_view attribute) const {
  switch (has(argument, attribute)) {
    case Has::nothing: return Text();
    case Has::computed:
    case Has::unknown: return gap(attribute);
    case Has::value: break;
  }
  const Node value = argument.value;
  if (value.is(json::Kind::string)) return work_.text(value.text());
  if (!value.scalar().empty()) return work_.text(value.scalar());
  return not_understood(attribute);
}

Value<bool> Block::flag(std::string_view attribute, bool otherwise) const {
  const Argument argument = find(attribute);
  switch (has(argument, attribute)) {
    case Has::nothing:
    case Has::computed: return otherwise;
    case Has::unknown: return gap(attribute);
    case Has::value: break;
  }
  const Node value = argument.value;
  if (const auto b = value.boolean()) return *b;
  if (value.text() == "true") return true;  // as old states write it
  if (value.text() == "false") return false;
  return not_understood(attribute);
}

template <class T, class F>
Value<T> Block::parsed(std::string_view attribute, F parse) const {
  const Argument argument = find(attribute);
  const Has h = has(argument, attribute);
  if (h == Has::computed || h == Has::unknown) return gap(attribute);
  const Result<T> read = parse(argument.value.scalar());
  return read ? Value<T>(*read) : Value<T>(not_understood(attribute));
}

Value<Prefix> Block::prefix(std::string_view attribute) const { return parsed<Prefix>(attribute, parse_prefix); }

Value<Address> Block::address(std::string_view attribute) const { return parsed<Address>(attribute, parse_address); }

Value<Text> Block::named(std::string_view attribute, Kind kind) const {
  const Argument argument = find(attribute);
  if (has(argument, attribute) != Has::unknown) return text(argument, attribute);
  const Node e = expression(argument);
  return e ? read_one(work_, resource_, attribute, e, kind, 0, flat_) : Value<Text>(gap(attribute));
}

std::vector<Text> Block::candidate_texts(std::string_view attribute, Kind kind) const {
  const Node e = flat_ ? Node() : expression(find(attribute));
  return e ? read_candidates(work_, resource_, e, kind) : std::vector<Text>();
}

const Resource* Block::only_source(std::string_view attribute, std::string_view type) const {
  const Argument argument = find(attribute);
  if (has(argument, attribute) != Has::unknown) return nullptr;
  const Node e = expression(argument);
  if (!e) return nullptr;
  const Sources sources = sources_of(work_.document, resource_, e);
  const Resource* found = nullptr;
  for (const Source& source : sources.list) {
    const bool is_known = !source.attribute.empty() && !source.resource->values[source.attribute].absent();
    if (source.resource->data || source.resource->type != type || !source.resource->stays()) {
      // What else is not known yet may be what gives the value. (Of a scope: all that stands there.)
      if (!is_known && !sources.by_scope) return nullptr;
      continue;
    }
    if (found != nullptr && found != source.resource) return nullptr;
    found = source.resource;
  }
  return sources.opaque ? nullptr : found;
}

const Resource* Block::named_resource(std::string_view attribute, std::string_view type,
                                      std::initializer_list<std::string_view> by) const {
  if (const Resource* r = only_source(attribute, type)) return r;
  const Value<Text> wanted = text(attribute);
  if (!wanted.known() || wanted->empty()) return nullptr;
  // Names are unique within an account and Region only.
  const Resource* found = nullptr;
  for (const Resource* r : work_.document.of_type(type)) {
    const bool is_it = r->stays() && std::any_of(by.begin(), by.end(), [&](std::string_view own) {
                         return r->values[own].text() == registry().view(*wanted);
                       });
    if (!is_it) continue;
    const Place there = place_of(work_, *r);
    if (there.region != place_.region || there.account != place_.account) continue;
    if (found != nullptr) return nullptr;
    found = r;
  }
  return found;
}

List<Text> Block::named_list(std::string_view attribute, Kind kind, bool only_new) const {
  List<Text> list;
  const Argument argument = find(attribute);
  const Has h = has(argument, attribute);
  if (h == Has::nothing) return list;
  if (h == Has::computed) return {{}, gap(attribute)};
  const Node e = expression(argument);
  const Node values = argument.value;
  if (is_true(argument.mark) || (h == Has::unknown && !values.is(json::Kind::array))) {
    if (!e) return {{}, gap(attribute)};
    list = read_many(work_, resource_, attribute, e, kind, flat_);
    if (!only_new && !list.open) list.open = gap(attribute);
    return list;
  }
  if (!values.is(json::Kind::array)) return {{}, not_understood(attribute)};
  std::size_t missing = 0;
  const Node marks = argument.mark;
  auto mark = marks.items().begin();
  for (const Node item : values.items()) {
    const bool unknown = mark != marks.items().end() && is_true(*mark);
    if (mark != marks.items().end()) ++mark;
    if (unknown) {
      ++missing;
    } else if (!item.scalar().empty()) {
      list.items.push_back(work_.text(item.scalar()));
    } else if (!item.absent()) {
      list.open = not_understood(attribute);
    }
  }
  if (missing == 0) return list;
  // As many objects as elements that are not known: those are they.
  const List<Text> rest = e ? read_many(work_, resource_, attribute, e, kind, flat_) : List<Text>{{}, gap(attribute)};
  List<Text> fresh;
  for (const Text t : rest) {
    if (std::find(list.begin(), list.end(), t) == list.end()) fresh.items.push_back(t);
  }
  if (rest.open || fresh.size() != missing) {
    list.open = gap(attribute);
  } else {
    list.items.insert(list.items.end(), fresh.begin(), fresh.end());
  }
  return list;
}

List<Block> Block::blocks(std::string_view attribute) const {
  List<Block> list;
  const Argument argument = find(attribute);
  const auto [values, marks, _] = argument;
  if (has(argument, attribute) == Has::unknown && !values.is(json::Kind::array) && !values.is(json::Kind::object)) {
    list.open = gap(attribute);
    return list;
  }
  if (values.is(json::Kind::object)) {
    const Node e = expression(argument);
    const bool flat = flat_ || !e || e["references"] || e["constant_value"];
    list.items.push_back(Block(*this, values, marks, e, {}, flat));
    return list;
  }
  if (!values.is(json::Kind::array)) {
    if (!values.absent()) list.open = not_understood(attribute);
    return list;
  }
  const Node e = expression(argument);
  // Without an expression the blocks are `dynamic` ones, of which nothing is shown.
  const bool flat = flat_ || !e.is(json::Kind::array);
  auto mark = marks.items().begin();
  for (const Node item : values.items()) {
    Node unknown;
    if (mark != marks.items().end()) unknown = *mark, ++mark;
    Node own;
    std::vector<Node> candidates;
    if (flat) {
      own = e;
    } else if (e.size() == 1) {
      own = e.at(0);
    } else {
      // Blocks of a set stand in another order than in the configuration.
      for (const Node candidate : e.items()) {
        if (candidates.size() < 16) candidates.push_back(candidate);
      }
    }
    if (is_true(unknown) || !item.is(json::Kind::object)) {
      list.open = is_true(unknown) ? gap(attribute) : not_understood(attribute);
      continue;
    }
    list.items.push_back(Block(*this, item, unknown, own, std::move(candidates), flat));
  }
  return list;
}

Head Block::head(std::string_view fallback) const {
  Head head;
  head.account = place_.account;
  head.region = place_.region;
  head.origin = origin();
  std::string_view name;
  for (const char* member : {"tags", "tags_all"}) {
    const Node tags = table_ == nullptr ? resource_.values[member] : table_->of(member).value;
    if (name.empty()) name = tags["Name"].text();
  }
  if (name.empty()) name = fallback;
  head.name = work_.text(name.empty() ? std::string_view(resource_.address) : name);
  return head;
}

}  // namespace sallyport::read::terraform
