#include "iam/condition.h"

#include <algorithm>
#include <optional>

#include "base/wildcard.h"
#include "iam/compare.h"
#include "iam/glob.h"

namespace sallyport::iam {
namespace {

template <class T>
Operand operand(std::optional<T> value) {
  return value ? Operand(*std::move(value)) : Operand(Unreadable{});
}

Operand compile_value(Comparison comparison, std::string_view raw, bool variables, TextArena& arena) {
  switch (comparison) {
    case Comparison::string_equals:
    case Comparison::string_equals_ignore_case: return parse_template(raw, Wildcards::none, variables, arena);
    case Comparison::string_like: return parse_template(raw, Wildcards::anywhere, variables, arena);
    case Comparison::numeric_equals:
    case Comparison::numeric_less:
    case Comparison::numeric_less_equals:
    case Comparison::numeric_greater:
    case Comparison::numeric_greater_equals: return operand(parse_decimal(raw));
    case Comparison::date_equals:
    case Comparison::date_less:
    case Comparison::date_less_equals:
    case Comparison::date_greater:
    case Comparison::date_greater_equals: return operand(parse_moment(raw));
    case Comparison::boolean:
      // The operators' page allows variables with Bool, the variables' page does not.
      if (variables && raw.find("${") != std::string_view::npos) return Unreadable{};
      return operand(parse_boolean(raw));
    case Comparison::null: return operand(parse_boolean(raw));
    case Comparison::binary_equals: return operand(parse_base64(raw));
    case Comparison::ip_address: {
      const auto prefix = parse_prefix(raw);
      return prefix ? Operand(*prefix) : Operand(Unreadable{});
    }
    case Comparison::arn_like: return compile_arn(raw, ArnReading::condition, variables, arena);
  }
  return Unreadable{};
}

bool literal(const Operand& operand) {
  const auto* text = std::get_if<Template>(&operand);
  return text != nullptr && text->pieces.empty() && !text->broken && !text->symbolic;
}

// `Null`: is the key absent? An empty list counts as present here and as null
// there, so it stays open.
Match null_holds(const Predicate& predicate, const KeyValue& value, const Rules& rules, const Why& why) {
  Match absent = Match::no;
  switch (value.state) {
    case KeyState::absent: absent = Match::yes; break;
    case KeyState::known: absent = value.values.empty() ? why.unknown(rules.empty_value) : Match::no; break;
    case KeyState::addresses: break;
    case KeyState::open: absent = value.present ? Match::no : Match::conditional; break;
    case KeyState::unknown: absent = value.present ? Match::no : why.unknown(value.gap); break;
  }
  Match any = Match::no;
  for (const Operand& wanted : predicate.values) {
    const bool* b = std::get_if<bool>(&wanted);
    any = any | (b == nullptr ? why.unknown(rules.unreadable_value) : *b ? absent : !absent);
  }
  return any;
}

// CO-1: what a key that is not there gives.
Match missing(const ConditionOperator& op) {
  if (op.quantifier == Quantifier::for_all_values || op.if_exists) return Match::yes;
  return match(op.quantifier == Quantifier::one && op.negated);
}

// One value of the request against all of the policy: one must match, or, negated,
// none may (MA-6).
Match one_value(const Predicate& predicate, const std::string& value, bool symbolic, const Context& context,
                const Rules& rules, const Why& why) {
  const Match any = matches_any(predicate, {value, symbolic}, context, rules, why);
  return predicate.op.negated ? !any : any;
}

Match known(const Predicate& predicate, const KeyValue& value, const Context& context, const Rules& rules,
            const Why& why) {
  const ConditionOperator& op = predicate.op;
  const auto test = [&](const std::string& v) { return one_value(predicate, v, value.symbolic, context, rules, why); };
  switch (op.quantifier) {
    case Quantifier::for_all_values: {
      Match all = Match::yes;
      for (const std::string& v : value.values) all = all & test(v);
      // "or if the key values resolve to a null data set, such as an empty string"
      const bool null = std::all_of(value.values.begin(), value.values.end(), [](const auto& v) { return v.empty(); });
      return null && all != Match::yes ? why.unknown(rules.empty_value) : all;
    }
    case Quantifier::for_any_value: {
      Match any = Match::no;
      for (const std::string& v : value.values) any = any | test(v);
      return any;
    }
    case Quantifier::one: break;
  }
  if (value.values.empty()) return match(op.negated);
  Match first = test(value.values.front());
  for (std::size_t i = 1; i < value.values.size(); ++i) {
    if (test(value.values[i]) != first) return why.unknown(rules.multivalued);
  }
  return first;
}

// One address out of a set: the set decides if all of it agrees.
Match one_of(const Predicate& predicate, const KeyValue& value, const Context& context, const Rules& rules,
             const Why& why) {
  const AddressSet& set = value.addresses;
  const auto undecided = [&] { return value.by_caller ? Match::conditional : why.unknown(value.gap); };
  const auto& list = set.intervals();
  Match any = Match::no;
  if (list.size() == 1 && list.front().first == list.front().last) {
    any = matches_any(predicate, {to_string(list.front().first), false}, context, rules, why);
  } else if (predicate.op.comparison != Comparison::ip_address || set.empty()) {
    any = undecided();
  } else {
    AddressSet wanted;
    bool readable = true;
    for (const Operand& operand : predicate.values) {
      const Prefix* prefix = std::get_if<Prefix>(&operand);
      readable = readable && prefix != nullptr;
      if (prefix != nullptr) wanted = wanted | set_of(*prefix);
    }
    if (wanted.contains(set)) {
      any = Match::yes;
    } else if (!readable) {
      any = why.unknown(rules.unreadable_value);
    } else if (wanted.overlaps(set)) {
      any = undecided();
    }
  }
  return predicate.op.negated ? !any : any;
}

}  // namespace

Predicate compile_condition(const Condition& condition, const TextPool& texts, bool variables, TextArena& arena) {
  Predicate p;
  p.source = condition;
  p.key = texts.view(condition.key);
  p.hash = key_hash(p.key);
  const auto op = parse_operator(texts.view(condition.op));
  p.known_operator = op.has_value();
  if (!op) return p;
  p.op = *op;
  p.values.reserve(condition.values.size());
  for (const Text value : condition.values) {
    p.values.push_back(compile_value(p.op.comparison, texts.view(value), variables, arena));
  }
  p.literal = p.op.comparison == Comparison::string_equals && std::all_of(p.values.begin(), p.values.end(), literal);
  return p;
}

Match holds(const Predicate& predicate, const Context& context, const Rules& rules, const Why& why) {
  // The statement's own gap says why; see policy.h of the model.
  if (!predicate.known_operator) return Match::unknown;
  const KeyValue& value = context.find(predicate.hash, predicate.key);
  if (predicate.op.comparison == Comparison::null) return null_holds(predicate, value, rules, why);
  switch (value.state) {
    case KeyState::absent: return missing(predicate.op);
    case KeyState::known: return known(predicate, value, context, rules, why);
    case KeyState::open: return Match::conditional;
    case KeyState::unknown: return why.unknown(value.gap);
    case KeyState::addresses: return one_of(predicate, value, context, rules, why);
  }
  return Match::unknown;
}

std::string show(const Predicate& predicate, const TextPool& texts) {
  std::string shown = texts.string(predicate.source.op) + " " + texts.string(predicate.source.key) + ":";
  const char* separator = " ";
  for (const Text value : predicate.source.values) {
    shown += separator + texts.string(value);
    separator = ", ";
  }
  return show_symbols(shown);
}

}  // namespace sallyport::iam
