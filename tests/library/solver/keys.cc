#include "library/solver/keys.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sallyport::solver {

namespace {

constexpr std::size_t most_slots = 6;

bool starts(const std::string& text, const char* start) { return text.rfind(start, 0) == 0; }

std::optional<Family> family_of(const std::string& base) {
  if (base == "null") return std::nullopt;
  if (base == "ipaddress") return Family::address;
  if (starts(base, "numeric")) return Family::number;
  if (starts(base, "date")) return Family::date;
  return Family::text;
}

}  // namespace

Operator read_operator(const std::string& written) {
  Operator op;
  op.base = lower_case(written);
  for (const auto& [name, quantifier] :
       {std::pair{"forallvalues:", Quantifier::all}, {"foranyvalue:", Quantifier::any}}) {
    if (!starts(op.base, name)) continue;
    op.quantifier = quantifier;
    op.base.erase(0, op.base.find(':') + 1);
  }
  const std::string tail = "ifexists";
  if (op.base.size() > tail.size() && op.base.compare(op.base.size() - tail.size(), tail.size(), tail) == 0) {
    op.if_exists = true;
    op.base.erase(op.base.size() - tail.size());
  }
  const std::size_t no = op.base.find("not");
  if (no != std::string::npos) {
    op.negated = true;
    op.base.erase(no, 3);
  }
  return op;
}

Keys::Keys(z3::context& z, const Json& older, const Json& newer) : z_(z) {
  scan(older);
  scan(newer);
  for (const auto& [name, use] : uses_) {
    Key key;
    key.name = name;
    for (const Family family : use.families) {
      if (family != use.families.front()) throw Unsupported("key `" + name + "` is tested as two types");
      key.family = family;
    }
    key.set = use.set;
    key.boolean = use.boolean;
    key.present = z.bool_const(("has " + name).c_str());
    std::size_t slots = 1;
    if (use.set) {
      slots = std::max<std::size_t>(1, use.tests.size() + use.plain.size());
      key.too_few = slots > most_slots;
      slots = std::min(slots, most_slots);
    }
    for (std::size_t i = 0; i < slots; ++i) {
      const std::string label = name + "#" + std::to_string(i);
      Slot slot{use.set ? z.bool_const(("in " + label).c_str()) : *key.present, {}, {}, {}, {}, {}};
      switch (key.family) {
        case Family::text: slot.text = z.constant(label.c_str(), z.string_sort()); break;
        case Family::number: slot.number = z.real_const(label.c_str()); break;
        case Family::date: slot.number = z.int_const(label.c_str()); break;
        case Family::address:
          slot.is_v6 = z.bool_const(("v6 " + label).c_str());
          slot.v4 = z.bv_const(("v4 " + label).c_str(), 32);
          slot.v6 = z.bv_const(("v6 bits " + label).c_str(), 128);
          break;
      }
      key.slots.push_back(slot);
    }
    keys_.emplace(name, key);
  }
}

void Keys::use(const std::string& name, const Operator& op, const Json& values) {
  Use& use = uses_[lower_case(name)];
  if (const std::optional<Family> family = family_of(op.base)) use.families.push_back(*family);
  use.set = use.set || op.quantifier != Quantifier::none;
  use.boolean = use.boolean || op.base == "bool";
  if (op.base == "null") return;
  const std::string test = op.base + values.dump();
  use.tests.insert(std::to_string(static_cast<int>(op.quantifier)) + std::to_string(op.negated) + test);
  if (op.quantifier == Quantifier::none) use.plain.insert(test);
}

void Keys::scan(const Json& document) {
  const Json statements = document.value("Statement", Json::array());
  const bool variables = document.value("Version", "2008-10-17") == "2012-10-17";
  const auto use_variables = [&](const std::string& text, std::size_t from) {
    for (const Piece& piece : read_pieces(text, variables, false, from)) {
      if (piece.kind != Piece::Kind::variable) continue;
      Use& used = uses_[piece.key];
      used.families.push_back(Family::text);
    }
  };
  for (const Json& statement : statements.is_array() ? statements : Json::array({statements})) {
    for (const char* element : {"Resource", "NotResource"}) {
      if (!statement.contains(element)) continue;
      for (const std::string& text : texts_of(statement[element])) use_variables(text, after_fifth_colon(text));
    }
    const Json condition = statement.value("Condition", Json::object());
    for (const auto& [written, tests] : condition.items()) {
      const Operator op = read_operator(written);
      for (const auto& [name, values] : tests.items()) {
        use(name, op, values);
        if (!starts(op.base, "string") && !starts(op.base, "arn")) continue;
        for (const std::string& text : texts_of(values)) use_variables(text, 0);
      }
    }
  }
}

bool Keys::too_few() const {
  return std::any_of(keys_.begin(), keys_.end(), [](const auto& entry) { return entry.second.too_few; });
}

z3::expr Keys::domain(const Texts& texts, bool core) const {
  z3::expr_vector all(z_);
  all.push_back(z_.bool_val(true));
  for (const auto& [name, key] : keys_) {
    for (std::size_t i = 0; i < key.slots.size(); ++i) {
      const Slot& slot = key.slots[i];
      if (key.set) all.push_back(z3::implies(slot.in, i == 0 ? *key.present : key.slots[i - 1].in));
      if (!core || !slot.text) continue;
      // Of empty texts in a set, and of what is neither true nor false, AWS does not say.
      if (key.set) all.push_back(*slot.text != texts.constant(""));
      if (key.boolean) all.push_back(*slot.text == texts.constant("true") || *slot.text == texts.constant("false"));
    }
  }
  return z3::mk_and(all);
}

}  // namespace sallyport::solver
