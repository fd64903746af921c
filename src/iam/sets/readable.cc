#include "iam/sets/readable.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "iam/glob.h"
#include "iam/sets/cover.h"
#include "iam/sets/solver.h"

namespace sallyport::iam::sets {
namespace {

std::string quoted(const std::vector<std::string>& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += (i == 0 ? "`" : i + 1 == values.size() ? " or `" : ", `") + values[i] + "`";
  }
  return text;
}

const char* verb(Comparison comparison, const std::vector<std::string>& values) {
  const auto wild = [](const std::string& value) { return value.find_first_of("*?") != std::string::npos; };
  switch (comparison) {
    case Comparison::string_like:
    case Comparison::arn_like: return std::any_of(values.begin(), values.end(), wild) ? "like " : "";
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

// A template as policies write it.
std::string written(const Template& source) {
  std::string text;
  for (const TemplatePiece& piece : source.pieces) {
    if (piece.variable) {
      text +=
          "${" + std::string(piece.text) + (piece.has_default ? ", '" + std::string(piece.fallback) + "'" : "") + "}";
      continue;
    }
    for (const char c : piece.text) {
      const bool run = c == glob::any_run || c == glob::run_in_segment;
      text += run ? '*' : c == glob::any_char || c == glob::char_in_segment ? '?' : c;
    }
  }
  return show_symbols(text);
}

class Reader {
 public:
  explicit Reader(const Vocabulary& words) : words_(words), keys_(words.keys) {}

  // `there`: the key is surely in the request.
  std::string literal(Bdd::Variable v, bool value, bool there) const {
    if (v >= first_reading) {
      const Gap& gap = words_.registry.gaps[words_.unknowns.gap(v)];
      return std::string(value ? "" : "otherwise read: ") + "it hangs on " + gap.what;
    }
    if (v >= first_choice)
      return fits(words_.unknowns.choice(v)) + (value ? " fits " : " does not fit ") + what(words_.unknowns.choice(v));
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
    Bdd& bdd = words_.bdd;
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
  std::string fits(const Choice& choice) const {
    if (choice.of == Choice::Of::resource) return "the resource";
    const auto key =
        std::find_if(keys_.keys().begin(), keys_.keys().end(), [&](const Key& k) { return k.lower == choice.key; });
    return key == keys_.keys().end() ? choice.key : key->name;
  }
  static std::string what(const Choice& choice) {
    return choice.source == nullptr ? "a pattern without a value" : "`" + written(*choice.source) + "`";
  }

  std::string words_of(std::uint32_t key, const Bits& classes) const {
    for (Keys::Line l = 0; l < keys_.line_count(); ++l) {
      if (keys_.key_of(l) != key || !(keys_.sure(l) == classes)) continue;
      const Predicate& p = keys_.predicate(l);
      std::vector<std::string> values;
      for (const Text value : p.source.values) values.push_back(words_.registry.texts.string(value));
      return verb(p.op.comparison, values) + quoted(values);
    }
    return {};
  }

  const Vocabulary& words_;
  const Keys& keys_;
};

// "K is absent" in one way, "K is `x`" in another that is the same else: one way, "K is
// absent or `x`".
bool join_absent(std::vector<std::string>& way, const std::vector<std::string>& other) {
  if (way.size() != other.size()) return false;
  std::size_t at = way.size();
  for (std::size_t i = 0; i < way.size(); ++i) {
    if (way[i] == other[i]) continue;
    if (at != way.size()) return false;
    at = i;
  }
  constexpr std::string_view absent = " is absent";
  if (at == way.size() || !way[at].ends_with(absent)) return false;
  const std::string key = way[at].substr(0, way[at].size() - absent.size());
  const std::string begins = key + " is ";
  if (key.find(' ') != std::string::npos || !other[at].starts_with(begins)) return false;
  const std::string_view rest = std::string_view(other[at]).substr(begins.size());
  for (const std::string_view no : {"not ", "such as ", "absent", "there"}) {
    if (rest.starts_with(no)) return false;
  }
  way[at] += " or " + std::string(rest);
  return true;
}

bool join_absent(std::vector<std::vector<std::string>>& ways) {
  for (std::size_t i = 0; i < ways.size(); ++i) {
    for (std::size_t j = 0; j < ways.size(); ++j) {
      if (i == j || !join_absent(ways[i], ways[j])) continue;
      ways.erase(ways.begin() + static_cast<std::ptrdiff_t>(j));
      return true;
    }
  }
  return false;
}

}  // namespace

Conditions readable(const Vocabulary& words, Bdd::Node node, Bdd::Node given) {
  const Reader reader(words);
  Bdd& bdd = words.bdd;
  Conditions conditions;
  Solver solver(bdd, words.keys, 200'000);
  Path path;
  const Bdd::Node otherwise = bdd.without(given, node);
  if (!solver.solve(otherwise, Mode::possible, path) && !solver.exhausted()) {
    conditions.ways.emplace_back();
    return conditions;
  }
  const Bdd::Node wanted = bdd.both(node, given);
  const Bdd::Node possible = bdd.both(given, reader.possible(bdd.support(wanted)));
  const Bdd::Node lower = bdd.both(node, possible);
  const Bdd::Node upper = bdd.either(node, bdd.negation(possible));
  const Cover found = cover(bdd, lower, upper);
  conditions.complete = found.complete;
  for (const Product& product : found.products) {
    Bdd::Node all = given;
    for (const auto& [v, value] : product) {
      const Bdd::Node n = bdd.variable(v);
      all = bdd.both(all, value ? n : bdd.negation(n));
    }
    if (!solver.solve(all, Mode::possible, path) && !solver.exhausted()) continue;
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
  if (bdd.exhausted()) return {{}, false};
  while (join_absent(conditions.ways)) {
  }
  return conditions;
}

Conditions readable(Analysis& analysis, Bdd::Node node) {
  return readable({analysis.bdd(), analysis.keys(), analysis.unknowns(), analysis.registry()}, node);
}

}  // namespace sallyport::iam::sets
