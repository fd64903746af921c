#include "iam/sets/keys.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <utility>

#include "facts/keys.h"
#include "iam/action.h"

namespace sallyport::iam::sets {
namespace {

bool known_multivalued(std::string_view key, bool quantified) {
  if (const facts::GlobalKey* global = facts::global_key(key)) return global->multivalued;
  if (const auto own = facts::condition_key(key.substr(0, key.find(':')), key)) return own->multivalued();
  return quantified;
}

}  // namespace

Keys::Line Keys::add(const Condition& condition, bool variables) {
  std::string name = lower_case(texts_.view(condition.op)) + "\n" + lower_case(texts_.view(condition.key));
  std::vector<std::string_view> values;
  for (const Text value : condition.values) values.push_back(texts_.view(value));
  std::sort(values.begin(), values.end());
  for (const std::string_view value : values) (name += "\n") += value;
  if (!variables) name += "\n\n";  // `${` is literal text there
  if (const auto known = line_numbers_.find(name); known != line_numbers_.end()) return known->second;
  return add(std::move(name), compile_condition(condition, texts_, variables, maker_.arena));
}

Keys::Line Keys::add(const Predicate& predicate) {
  std::string name = lower_case(texts_.view(predicate.source.op)) + "\n" + lower_case(predicate.key);
  for (const Text value : predicate.source.values) (name += "\n") += texts_.view(value);
  for (const Operand& operand : predicate.values) {
    const auto* text = std::get_if<Template>(&operand);
    const auto* arn = std::get_if<ArnPattern>(&operand);
    name += (text != nullptr && !text->pieces.empty()) || (arn != nullptr && !arn->text.pieces.empty()) ? "$" : "-";
  }
  if (const auto known = line_numbers_.find(name); known != line_numbers_.end()) return known->second;
  return add(std::move(name), predicate);
}

Keys::Line Keys::add(std::string name, Predicate predicate) {
  const auto number = static_cast<Line>(lines_.size());
  line_numbers_.emplace(std::move(name), number);
  LineOf& line = lines_.emplace_back();
  line.predicate = std::move(predicate);
  const std::string lower = lower_case(line.predicate.key);
  const auto [key, fresh] = key_numbers_.try_emplace(lower, static_cast<std::uint32_t>(keys_.size()));
  if (fresh) keys_.push_back({std::string(line.predicate.key), lower, false, {}, {}});
  line.key = key->second;
  return number;
}

void Keys::is_there(std::string_view key) {
  if (const auto known = key_numbers_.find(lower_case(key)); known != key_numbers_.end()) {
    known_there_.push_back(known->second);
  }
}

void Keys::is_one_of(std::string_view key, const AddressSet& addresses) {
  if (const auto known = key_numbers_.find(lower_case(key)); known != key_numbers_.end()) {
    known_there_.push_back(known->second);
    one_of_.insert_or_assign(known->second, addresses);
  }
}

void Keys::build() {
  sets_.resize(keys_.size());
  for (std::uint32_t k = 0; k < keys_.size() && !exhausted_; ++k) build_key(k);
}

void Keys::build_key(std::uint32_t key) {
  Key& k = keys_[key];
  std::vector<Line> lines;
  Languages languages;
  bool quantified = false;
  bool for_all = false;
  for (Line l = 0; l < lines_.size(); ++l) {
    LineOf& line = lines_[l];
    if (line.key != key) continue;
    lines.push_back(l);
    const Predicate& p = line.predicate;
    quantified = quantified || p.op.quantifier != Quantifier::one;
    for_all = for_all || p.op.quantifier == Quantifier::for_all_values;
    std::vector<const Template*> templates;
    std::vector<const ArnPattern*> arns;
    for (const Operand& operand : p.values) {
      if (const auto* t = std::get_if<Template>(&operand)) templates.push_back(t);
      if (const auto* a = std::get_if<ArnPattern>(&operand)) arns.push_back(a);
    }
    if (!templates.empty()) line.term = maker_.texts(p.op.comparison, templates, k.lower, languages);
    if (!arns.empty()) line.term = maker_.arns(arns, k.lower, languages);
  }
  k.multivalued = known_multivalued(k.name, quantified);
  // An empty value counts as none under ForAllValues.
  std::optional<std::uint32_t> empty_text;
  if (for_all) empty_text = languages.add({{finish}});
  std::unique_ptr<Automaton> automaton;
  if (!languages.all().empty()) {
    automaton = std::make_unique<Automaton>(languages.all(), Language{}, maker_.symbols, limits_);
    if (automaton->exhausted()) {
      exhausted_ = true;
      return;
    }
  }
  const std::vector<Value> values = values_of(key, lines, automaton.get());
  if (exhausted_) return;
  k.real = Bits(values.size());
  Bits empty(values.size());
  for (std::size_t v = 0; v < values.size(); ++v) {
    k.values.push_back(values[v].text);
    if (values[v].real) k.real.set(v);
    if (empty_text && values[v].languages != nullptr && values[v].languages->has(*empty_text)) empty.set(v);
  }
  variables_.push_back({key, true, {}});
  const Bdd::Node present = maker_.bdd.variable(static_cast<Bdd::Variable>(variables_.size() - 1));
  const bool there = std::find(known_there_.begin(), known_there_.end(), key) != known_there_.end();
  if (there) there_.push_back(present);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    LineOf& line = lines_[lines[i]];
    const Parts matched = parts(line, i, values);
    line.sure = matched.sure;
    line.node = line_node(key, line, matched, present, empty);
  }
}

// Leaves only values of which some address of the key's can be.
void Keys::keep_addresses(std::uint32_t key, const std::vector<Line>& lines, std::vector<Value>& values) const {
  const auto all = one_of_.find(key);
  if (all == one_of_.end()) return;
  std::erase_if(values, [&](Value& value) {
    AddressSet left = all->second;
    for (std::size_t i = 0; i < lines.size() && !left.empty(); ++i) {
      const Predicate& p = lines_[lines[i]].predicate;
      if (p.op.comparison != Comparison::ip_address) continue;
      AddressSet named;
      for (const Operand& operand : p.values) {
        if (const auto* prefix = std::get_if<Prefix>(&operand)) named = named | set_of(*prefix);
      }
      left = value.typed[i] == 1 ? left & named : value.typed[i] == 0 ? left - named : AddressSet();
    }
    if (!left.empty()) value.text = to_string(left.front());
    return left.empty();
  });
}

std::vector<Keys::Value> Keys::values_of(std::uint32_t key, const std::vector<Line>& lines,
                                         const Automaton* automaton) {
  std::array<std::vector<const Operand*>, facet_count> operands;
  std::array<bool, facet_count> used{};
  for (const Line l : lines) {
    const Predicate& p = lines_[l].predicate;
    const Facet facet = facet_of(p.op.comparison);
    if (facet == Facet::text) continue;
    used[static_cast<std::size_t>(facet)] = true;
    for (const Operand& operand : p.values) operands[static_cast<std::size_t>(facet)].push_back(&operand);
  }
  std::vector<Value> values;
  std::vector<std::string> texts;
  if (automaton != nullptr) {
    for (const Automaton::Class& c : automaton->classes()) texts.push_back(c.text);
  }
  std::size_t facets = automaton != nullptr ? 1 : 0;
  for (std::size_t f = 1; f < facet_count; ++f) {
    if (!used[f]) continue;
    ++facets;
    for (std::string& text : samples(static_cast<Facet>(f), operands[f])) texts.push_back(std::move(text));
  }
  if (facets == 0) texts.emplace_back("x");  // only Null speaks of it
  const bool typed = facets > (automaton != nullptr ? 1U : 0U);
  std::set<std::pair<const Bits*, std::vector<std::int8_t>>> seen;
  for (std::string& text : texts) {
    Value value;
    if (automaton != nullptr) value.languages = &automaton->classes()[automaton->class_of(text)].matches;
    if (typed) {
      for (const Line l : lines) {
        const Predicate& p = lines_[l].predicate;
        std::optional<bool> m = false;
        if (facet_of(p.op.comparison) != Facet::text) m = matches_any_of(p.op.comparison, text, p.values);
        value.typed.push_back(!m ? std::int8_t{-1} : static_cast<std::int8_t>(*m));
      }
    } else {
      value.typed.assign(lines.size(), 0);
    }
    value.text = std::move(text);
    if (typed && !seen.emplace(value.languages, value.typed).second) continue;
    values.push_back(std::move(value));
  }
  if (facets > 1) combine(lines, automaton, values);
  if (facets == 1 && used[static_cast<std::size_t>(Facet::address)]) keep_addresses(key, lines, values);
  return values;
}

// Where conditions read a key as two types, a value that falls so under one and so
// under the other may exist although no sample does.
void Keys::combine(const std::vector<Line>& lines, const Automaton*, std::vector<Value>& values) {
  std::array<std::set<std::vector<std::int8_t>>, facet_count> ways;
  std::set<const Bits*> texts;
  std::set<std::pair<const Bits*, std::vector<std::int8_t>>> seen;
  const auto facet = [&](std::size_t i) { return facet_of(lines_[lines[i]].predicate.op.comparison); };
  for (const Value& value : values) {
    seen.emplace(value.languages, value.typed);
    texts.insert(value.languages);
    for (std::size_t f = 1; f < facet_count; ++f) {
      std::vector<std::int8_t> way(lines.size(), 0);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (facet(i) == static_cast<Facet>(f)) way[i] = value.typed[i];
      }
      ways[f].insert(std::move(way));
    }
  }
  std::vector<std::vector<std::int8_t>> all{std::vector<std::int8_t>(lines.size(), 0)};
  for (std::size_t f = 1; f < facet_count; ++f) {
    std::vector<std::vector<std::int8_t>> next;
    for (const auto& one : all) {
      for (const auto& way : ways[f]) {
        std::vector<std::int8_t> sum = one;
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = static_cast<std::int8_t>(sum[i] + way[i]);
        next.push_back(std::move(sum));
      }
    }
    all = std::move(next);
    if (all.size() > limits_.classes) {
      exhausted_ = true;
      return;
    }
  }
  // In the order of the values, not of addresses.
  std::vector<const Bits*> ordered;
  for (const Value& value : values) {
    if (texts.erase(value.languages) != 0) ordered.push_back(value.languages);
  }
  for (const Bits* text : ordered) {
    for (const auto& way : all) {
      if (!seen.emplace(text, way).second) continue;
      values.push_back({"", text, way, false});
      if (values.size() > limits_.classes) {
        exhausted_ = true;
        return;
      }
    }
  }
}

Keys::Parts Keys::parts(const LineOf& line, std::size_t place, const std::vector<Value>& values) const {
  Parts parts{Bits(values.size()), {}, Bits(values.size())};
  const Predicate& p = line.predicate;
  const auto all_that = [&](const auto& test) {
    Bits set(values.size());
    for (std::size_t v = 0; v < values.size(); ++v) {
      if (test(values[v])) set.set(v);
    }
    return set;
  };
  if (facet_of(p.op.comparison) == Facet::text) {
    const Term& term = line.term;
    if (term.sure) {
      parts.sure = all_that([&](const Value& v) { return v.languages != nullptr && v.languages->has(*term.sure); });
    }
    for (const Doubt& doubt : term.doubts) {
      parts.doubts.emplace_back(
          all_that([&](const Value& v) { return v.languages != nullptr && v.languages->has(doubt.language); }),
          doubt.variable);
    }
    return parts;
  }
  parts.sure = all_that([&](const Value& v) { return v.typed[place] == 1; });
  parts.unreadable = all_that([&](const Value& v) { return v.typed[place] == -1; });
  const std::string key = lower_case(p.key);
  for (std::size_t i = 0; i < p.values.size(); ++i) {
    if (!std::holds_alternative<Unreadable>(p.values[i])) continue;
    parts.doubts.emplace_back(all_that([](const Value&) { return true; }),
                              maker_.unknowns.reading(std::string(name(facet_of(p.op.comparison))) + " operand " + key,
                                                      texts_.view(p.source.values[i]), maker_.rules.unreadable_value));
  }
  return parts;
}

// "A value is in these classes."
Bdd::Node Keys::in(std::uint32_t key, const Bits& classes) {
  if (classes.none()) return Bdd::no;
  const Key& k = keys_[key];
  auto& known = sets_[key];
  if (!k.multivalued) {
    // One value is in a set or in all the rest: one variable for both.
    Bits rest(k.values.size());
    for (std::size_t v = 0; v < k.values.size(); ++v) {
      if (!classes.has(v)) rest.set(v);
    }
    if (rest.none()) return Bdd::yes;
    if (const auto it = known.find(rest); it != known.end())
      return maker_.bdd.negation(maker_.bdd.variable(it->second));
  }
  const auto [it, added] = known.try_emplace(classes, static_cast<Bdd::Variable>(variables_.size()));
  if (added) variables_.push_back({key, false, classes});
  return maker_.bdd.variable(it->second);
}

Bdd::Node Keys::null_node(const LineOf& line, Bdd::Node absent) const {
  Bdd& bdd = maker_.bdd;
  Bdd::Node any = Bdd::no;
  for (std::size_t i = 0; i < line.predicate.values.size(); ++i) {
    const bool* wanted = std::get_if<bool>(&line.predicate.values[i]);
    any = bdd.either(any, wanted == nullptr
                              ? maker_.unknowns.reading("null operand", texts_.view(line.predicate.source.values[i]),
                                                        maker_.rules.unreadable_value)
                          : *wanted ? absent
                                    : bdd.negation(absent));
  }
  return any;
}

Bdd::Node Keys::line_node(std::uint32_t key, const LineOf& line, const Parts& parts, Bdd::Node present,
                          const Bits& empty) {
  Bdd& bdd = maker_.bdd;
  const ConditionOperator& op = line.predicate.op;
  const Key& k = keys_[key];
  if (!line.predicate.known_operator) {
    return maker_.unknowns.reading("operator", texts_.view(line.predicate.source.op), maker_.rules.variable);
  }
  if (op.comparison == Comparison::null) {
    Bdd::Node absent = bdd.negation(present);
    if (k.multivalued) {  // an empty list: present, or null
      Bits all(k.values.size());
      for (std::size_t v = 0; v < k.values.size(); ++v) all.set(v);
      const Bdd::Node holds_none = bdd.negation(in(key, all));
      absent =
          bdd.either(absent, bdd.both(holds_none, maker_.unknowns.reading("null", k.lower, maker_.rules.empty_value)));
    }
    return null_node(line, absent);
  }
  const Bdd::Node test = k.multivalued ? multiple(key, line, parts, empty) : single(key, line, parts, empty);
  // CO-1, CO-2: what a missing key gives.
  const bool missing =
      op.quantifier == Quantifier::for_all_values || op.if_exists || (op.quantifier == Quantifier::one && op.negated);
  return missing ? bdd.either(bdd.negation(present), test) : bdd.both(present, test);
}

// The line on a key that is there with one value.
Bdd::Node Keys::single(std::uint32_t key, const LineOf& line, const Parts& parts, const Bits& empty) {
  Bdd& bdd = maker_.bdd;
  const ConditionOperator& op = line.predicate.op;
  const std::string& lower = keys_[key].lower;
  Bdd::Node match = in(key, parts.sure);
  for (const auto& [set, variable] : parts.doubts) match = bdd.either(match, bdd.both(in(key, set), variable));
  if (!parts.unreadable.none()) {
    const std::string what = std::string(name(facet_of(op.comparison))) + (op.negated ? " negated" : " value");
    const Bdd::Node there = in(key, parts.unreadable);
    const Bdd::Node reading = maker_.unknowns.reading(what, lower, maker_.rules.unreadable_value);
    match = bdd.either(match, bdd.both(there, reading));
  }
  Bdd::Node test = op.negated ? bdd.negation(match) : match;
  if (op.quantifier == Quantifier::for_all_values && !empty.none()) {
    const Bdd::Node there = in(key, empty);
    const Bdd::Node reading = maker_.unknowns.reading("empty", lower, maker_.rules.empty_value);
    test = bdd.either(test, bdd.both(there, reading));
  }
  return test;
}

// The line on a key that is there with a set of values.
Bdd::Node Keys::multiple(std::uint32_t key, const LineOf& line, const Parts& parts, const Bits& empty) {
  Bdd& bdd = maker_.bdd;
  const ConditionOperator& op = line.predicate.op;
  const Key& k = keys_[key];
  const std::size_t size = k.values.size();
  Bits maybe = parts.sure;
  maybe |= parts.unreadable;
  for (const auto& [set, variable] : parts.doubts) maybe |= set;
  const auto rest_of = [&](const Bits& set) {
    Bits rest(size);
    for (std::size_t v = 0; v < size; ++v) {
      if (!set.has(v)) rest.set(v);
    }
    return rest;
  };
  Bdd::Node some = in(key, parts.sure);       // some value matches
  Bdd::Node other = in(key, rest_of(maybe));  // some value does not
  if (!(maybe == parts.sure)) {
    std::string text;
    for (const Text value : line.predicate.source.values) (text += texts_.view(value)) += '\n';
    const std::string what = lower_case(texts_.view(line.predicate.source.op)) + " " + k.lower;
    const GapId gap = !parts.unreadable.none() ? maker_.rules.unreadable_value : maker_.rules.variable;
    const Bdd::Node may = in(key, maybe);
    const Bdd::Node read_some = maker_.unknowns.reading(what + " some", text, gap);
    some = bdd.either(some, bdd.both(may, read_some));
    const Bdd::Node may_not = in(key, rest_of(parts.sure));
    const Bdd::Node read_other = maker_.unknowns.reading(what + " other", text, gap);
    other = bdd.either(other, bdd.both(may_not, read_other));
  }
  const Bdd::Node fits = op.negated ? other : some;
  const Bdd::Node fails = op.negated ? some : other;
  switch (op.quantifier) {
    case Quantifier::for_any_value: return fits;
    case Quantifier::for_all_values: {
      Bdd::Node all = bdd.negation(fails);
      if (!empty.none()) {  // nothing but empty values
        const Bdd::Node some_empty = in(key, empty);
        const Bdd::Node some_filled = in(key, rest_of(empty));
        const Bdd::Node only = bdd.without(some_empty, some_filled);
        const Bdd::Node reading = maker_.unknowns.reading("empty", k.lower, maker_.rules.empty_value);
        all = bdd.either(all, bdd.both(only, reading));
      }
      return all;
    }
    case Quantifier::one: break;
  }
  // Several values without a quantifier: any, or all.
  const Bdd::Node any =
      maker_.unknowns.reading(op.negated ? "several negated" : "several", k.lower, maker_.rules.multivalued);
  const Bdd::Node all = bdd.negation(fails);
  const Bdd::Node holds_none = bdd.both(bdd.negation(fits), all);
  return bdd.either(bdd.both(fits, bdd.either(all, any)), op.negated ? holds_none : Bdd::no);
}

}  // namespace sallyport::iam::sets
