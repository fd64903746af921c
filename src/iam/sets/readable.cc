#include "iam/sets/readable.h"

#include <utility>

#include "iam/sets/cover.h"

namespace sallyport::iam::sets {
namespace {

std::string quoted(const std::vector<std::string>& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += (i == 0 ? "`" : i + 1 == values.size() ? " or `" : ", `") + values[i] + "`";
  }
  return text;
}

const char* verb(Comparison comparison) {
  switch (comparison) {
    case Comparison::string_like:
    case Comparison::arn_like: return "like ";
    case Comparison::ip_address: return "in ";
    case Comparison::numeric_less:
    case Comparison::date_less: return "less than ";
    case Comparison::numeric_less_equals:
    case Comparison::date_less_equals: return "at most ";
    case Comparison::numeric_greater:
    case Comparison::date_greater: return "greater than ";
    case Comparison::numeric_greater_equals:
    case Comparison::date_greater_equals: return "at least ";
    case Comparison::string_equals_ignore_case: return "in any case ";
    default: return "";
  }
}

class Reader {
 public:
  explicit Reader(Analysis& analysis) : analysis_(analysis), keys_(analysis.keys()) {}

  // `there`: the key is surely in the request.
  std::string literal(Bdd::Variable v, bool value, bool there) const {
    if (v >= first_reading) {
      const Gap& gap = analysis_.registry().gaps[analysis_.unknowns().gap(v)];
      return std::string(value ? "" : "otherwise read: ") + "it hangs on " + gap.what;
    }
    if (v >= first_choice) return std::string("a policy variable ") + (value ? "fits" : "does not fit");
    const KeyVariable& of = keys_.variable(v);
    const Key& key = keys_.keys()[of.key];
    if (of.presence) return key.name + (value ? " is there" : " is absent");
    Bits rest(key.values.size());
    for (std::size_t c = 0; c < key.values.size(); ++c) {
      if (!of.in.has(c)) rest.set(c);
    }
    // In the words of a condition, if one matches just these values, or all others.
    if (const std::string words = words_of(of.key, of.in); !words.empty()) {
      if (!key.multivalued) return key.name + (value ? " is " : " is not ") + words;
      return (value ? "some value of " : "no value of ") + key.name + " is " + words;
    }
    if (const std::string words = words_of(of.key, rest); !words.empty()) {
      if (!key.multivalued) return key.name + (value ? " is not " : there ? " is " : " is absent or ") + words;
      return (value ? "some value of " + key.name + " is not " : "all values of " + key.name + " are ") + words;
    }
    std::vector<std::string> values;
    for (std::size_t c = 0; c < key.values.size(); ++c) {
      if (of.in.has(c)) values.push_back(key.values[c]);
    }
    if (key.multivalued)
      return (value ? "some value of " : "no value of ") + key.name + " is such as " + quoted(values);
    return key.name + (value ? " is such as " : " is not such as ") + quoted(values);
  }

  // The key that the literal says to be there, whatever else it says; none: UINT32_MAX.
  std::uint32_t says_there(Bdd::Variable v, bool value) const {
    if (v >= first_choice || !value || !keys_.variable(v).presence) return UINT32_MAX;
    return keys_.variable(v).key;
  }

  // Does the literal, put in words, say that the key has one of some values?
  bool names_a_value(Bdd::Variable v, std::uint32_t key) const {
    if (v >= first_choice || keys_.variable(v).presence || keys_.variable(v).key != key) return false;
    const KeyVariable& of = keys_.variable(v);
    if (keys_.keys()[key].multivalued || !words_of(key, of.in).empty()) return false;
    Bits rest(keys_.keys()[key].values.size());
    for (std::size_t c = 0; c < keys_.keys()[key].values.size(); ++c) {
      if (!of.in.has(c)) rest.set(c);
    }
    return !words_of(key, rest).empty();
  }

  // What of the variables cannot be together, or must.
  Bdd::Node possible(const std::vector<Bdd::Variable>& support) const {
    Bdd& bdd = analysis_.bdd();
    Bdd::Node all = Bdd::yes;
    const auto require = [&](Bdd::Node n) { all = bdd.both(all, n); };
    for (const Bdd::Variable a : support) {
      if (a >= first_choice || keys_.variable(a).presence) continue;
      const KeyVariable& one = keys_.variable(a);
      const Bdd::Node na = bdd.variable(a);
      for (const Bdd::Variable b : support) {
        if (b >= first_choice || b == a || keys_.variable(b).key != one.key) continue;
        const KeyVariable& two = keys_.variable(b);
        const Bdd::Node nb = bdd.variable(b);
        if (two.presence) {
          require(bdd.either(bdd.negation(na), nb));  // a value is there
          continue;
        }
        const bool single = !keys_.keys()[one.key].multivalued;
        if (single && !one.in.overlaps(two.in)) require(bdd.negation(bdd.both(na, nb)));
        Bits outside = one.in;
        outside.remove(two.in);
        if (outside.none()) require(bdd.either(bdd.negation(na), nb));
      }
    }
    return all;
  }

 private:
  std::string words_of(std::uint32_t key, const Bits& classes) const {
    for (Keys::Line l = 0; l < keys_.line_count(); ++l) {
      if (keys_.key_of(l) != key || !(keys_.sure(l) == classes)) continue;
      const Predicate& p = keys_.predicate(l);
      std::vector<std::string> values;
      for (const Text value : p.source.values) values.push_back(analysis_.registry().texts.string(value));
      return verb(p.op.comparison) + quoted(values);
    }
    return {};
  }

  Analysis& analysis_;
  const Keys& keys_;
};

}  // namespace

Conditions readable(Analysis& analysis, Bdd::Node node) {
  const Reader reader(analysis);
  Bdd& bdd = analysis.bdd();
  const Bdd::Node possible = reader.possible(bdd.support(node));
  const Bdd::Node lower = bdd.both(node, possible);
  const Bdd::Node upper = bdd.either(node, bdd.negation(possible));
  const Cover found = cover(bdd, lower, upper);
  Conditions conditions;
  conditions.complete = found.complete;
  for (const Product& product : found.products) {
    std::vector<std::string>& way = conditions.ways.emplace_back();
    for (const auto& [v, value] : product) {
      bool there = false;
      bool implied = false;  // "is there" beside "is `true`"
      for (const auto& [other, also] : product) {
        const std::uint32_t key = reader.says_there(other, also);
        there = there || (key != UINT32_MAX && reader.names_a_value(v, key));
        const std::uint32_t own = reader.says_there(v, value);
        implied = implied || (own != UINT32_MAX && !also && reader.names_a_value(other, own));
      }
      if (!implied) way.push_back(reader.literal(v, value, there));
    }
  }
  return conditions;
}

}  // namespace sallyport::iam::sets
