// Keys: the condition keys that documents speak of, each one dimension of the
// requests, and their condition lines as functions.
//
// The values of a key fall into classes: those that no condition of the documents can
// tell apart. A single-valued key holds one value or is absent; a multivalued one is
// absent or holds any set of values. The functions' variables are, for each key, "it is
// there" and then, for sets X of classes, "its value is in X" (multivalued: "some value
// is in X"). What combinations of these exist, the solver knows (solver.h).
// Rules: MA-6, CO-1 to CO-6. Multivalued is what the facts call so; a key that they do
// not know is so if some condition on it has ForAllValues or ForAnyValue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/interval_set.h"
#include "iam/condition.h"
#include "iam/sets/bdd.h"
#include "iam/sets/facet.h"
#include "iam/sets/term.h"

namespace sallyport::iam::sets {

struct Key {
  std::string name;   // as first written
  std::string lower;  // how it compares
  bool multivalued = false;
  std::vector<std::string> values;  // one of each class
  Bits real;                        // classes that surely exist; the others are combinations of types that may
};

// What a variable of a key says.
struct KeyVariable {
  std::uint32_t key;
  bool presence;  // the key is there
  Bits in;        // else: a value is in these classes
};

class Keys {
 public:
  using Line = std::uint32_t;

  Keys(const TermMaker& maker, const TextPool& texts, const Limits& limits)
      : maker_(maker), texts_(texts), limits_(limits) {}

  // Takes note of a condition; equal ones are one line.
  Line add(const Condition& condition, bool variables);
  // The same of one that is compiled; the predicate must outlive this.
  Line add(const Predicate& predicate);
  // What is known of a key's value before: it is there; it is one of these addresses.
  // Of keys that no condition speaks of nothing is noted. Before `build`.
  void is_there(std::string_view key);
  void is_one_of(std::string_view key, const AddressSet& addresses);
  // Once all are there: makes classes and functions.
  void build();

  bool exhausted() const { return exhausted_; }
  Bdd::Node node(Line line) const { return lines_[line].node; }
  // "The key is there", of each key of which that is known.
  const std::vector<Bdd::Node>& there() const { return there_; }
  const std::vector<Key>& keys() const { return keys_; }
  const KeyVariable& variable(Bdd::Variable v) const { return variables_[v]; }
  // For showing conditions: a line as written, and the classes that it surely matches.
  const Predicate& predicate(Line line) const { return lines_[line].predicate; }
  const Bits& sure(Line line) const { return lines_[line].sure; }
  std::size_t line_count() const { return lines_.size(); }
  std::uint32_t key_of(Line line) const { return lines_[line].key; }

 private:
  struct LineOf {
    Predicate predicate;
    std::uint32_t key = 0;
    Term term;  // text facet
    Bdd::Node node = Bdd::no;
    Bits sure;
  };
  // One value, and what the lines make of it.
  struct Value {
    std::string text;
    const Bits* languages = nullptr;  // text facet
    std::vector<std::int8_t> typed;   // by line of the key: 1, 0, -1 not of the type
    bool real = true;
  };
  // What of a key's classes a line matches.
  struct Parts {
    Bits sure;
    std::vector<std::pair<Bits, Bdd::Node>> doubts;
    Bits unreadable;
  };

  Line add(std::string name, Predicate predicate);
  void build_key(std::uint32_t key);
  void keep_addresses(std::uint32_t key, const std::vector<Line>& lines, std::vector<Value>& values) const;
  std::vector<Value> values_of(std::uint32_t key, const std::vector<Line>& lines, const Automaton* automaton);
  void combine(const std::vector<Line>& lines, const Automaton* automaton, std::vector<Value>& values);
  Parts parts(const LineOf& line, std::size_t place, const std::vector<Value>& values) const;
  Bdd::Node line_node(std::uint32_t key, const LineOf& line, const Parts& parts, Bdd::Node present, const Bits& empty);
  Bdd::Node null_node(const LineOf& line, Bdd::Node absent) const;
  Bdd::Node in(std::uint32_t key, const Bits& classes);
  Bdd::Node single(std::uint32_t key, const LineOf& line, const Parts& parts, const Bits& empty);
  Bdd::Node multiple(std::uint32_t key, const LineOf& line, const Parts& parts, const Bits& empty);

  const TermMaker& maker_;
  const TextPool& texts_;
  Limits limits_;
  bool exhausted_ = false;
  std::vector<Key> keys_;
  std::map<std::string, std::uint32_t, std::less<>> key_numbers_;
  std::deque<LineOf> lines_;
  std::map<std::string, Line> line_numbers_;
  std::vector<KeyVariable> variables_;
  std::vector<std::uint32_t> known_there_;
  std::map<std::uint32_t, AddressSet> one_of_;
  std::vector<Bdd::Node> there_;
  std::vector<std::unordered_map<Bits, Bdd::Variable, BitsHash>> sets_;  // by key
};

}  // namespace sallyport::iam::sets
