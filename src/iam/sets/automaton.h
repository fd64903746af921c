// Automaton: which combinations of pattern lists can one text match, and the
// shortest text for each?
//
// A *language* is a union of patterns (the `Resource` list of one statement, say).
// The texts of a domain fall into *classes*: those that match the same languages. The
// automaton finds all classes that exist, by subset construction over all patterns at
// once, so what it does not list no text can do.
//
//   Automaton a({{"s3:Get*"}, {"s3:GetObject"}}, domain, symbols, limits);
//   a.classes()   {both: "s3:getobject"}, {first: "s3:get"}, {none: "x:x"}
//
// Idea: a state is a set of positions in patterns. Three rules keep it small: once a
// language's trailing `*` is reached all its other positions fall away; of a pattern
// only what stands behind its last star counts; a state branches only on letters that
// its own positions name, one more branch stands for all others.
//
// Cost: about one step per letter of the patterns; exponential only where stars of
// many languages really combine, and then cut off at `Limits`.
// Source: Rabin and Scott, "Finite Automata and Their Decision Problems", 1959.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "iam/sets/bits.h"
#include "iam/sets/letters.h"

namespace sallyport::iam::sets {

using Language = std::vector<Pattern>;

struct Limits {
  std::size_t positions = 3'000'000;  // of all states together, 4 bytes each
  std::size_t work = 30'000'000;      // positions looked at
  std::size_t classes = 5'000;
};

class Automaton {
 public:
  struct Class {
    Bits matches;      // by language
    std::string text;  // the shortest, not empty if there is such a one
  };

  // `domain`: the texts that exist; every text if it is empty. `symbols` must outlive
  // the automaton.
  Automaton(std::span<const Language> languages, const Language& domain, Symbols& symbols, const Limits& limits);

  // A limit was hit: what is there means nothing.
  bool exhausted() const { return exhausted_; }

  // In a deterministic order, shorter texts first.
  const std::vector<Class>& classes() const { return classes_; }

  // The number of the class of a text; classes().size() if it is outside the domain.
  std::size_t class_of(std::string_view text) const;

 private:
  using Position = std::uint32_t;
  struct Edge {
    Letter letter;  // `other_ascii`: all letters without an edge of their own
    std::uint32_t target;
  };
  struct State {
    std::size_t hash;
    std::uint32_t first, last;  // positions_[first, last)
    std::uint32_t edge_first, edge_last;
    std::uint32_t parent;
    Letter by;              // the letter that led here from `parent`
    std::uint32_t matches;  // number of its class; none: outside the domain
  };
  struct Found {
    std::uint32_t state;  // the class is reached from there ...
    Letter by;            // ... by this letter
  };
  static constexpr std::uint32_t none = UINT32_MAX;

  void add(const Language& language, std::uint32_t number);
  void close(Position p);
  void tidy();
  std::uint32_t intern(std::uint32_t parent, Letter by);
  void rehash();
  void expand(std::uint32_t state);
  void take(std::uint32_t state, Letter letter, std::span<const std::pair<Letter, Position>> literal);
  std::uint32_t class_number();
  const Edge* edge(const State& state, Letter letter) const;
  Letter example(const State& state, Letter letter) const;
  std::string text_to(const Found& found) const;
  void list_classes();

  Symbols& symbols_;
  Limits limits_;
  bool exhausted_ = false;
  std::size_t work_ = 0;
  bool bounded_ = false;  // there is a domain; its number is languages_
  std::uint32_t languages_ = 0;

  std::vector<Unit> units_;              // of all patterns, one after the other
  std::vector<std::uint32_t> language_;  // by position
  std::vector<Position> begin_;          // by position: where its pattern begins
  std::vector<Position> segment_;        // by position: where its segment begins
  std::vector<Position> always_;         // by language: the position that stands for "matches from now on"

  std::vector<State> states_;
  std::vector<Position> positions_;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> table_;  // states by their positions; none: free

  std::vector<Class> classes_;
  std::vector<Found> found_;  // by class number, until all are there
  std::unordered_map<Bits, std::uint32_t, BitsHash> numbers_;

  // Work space of one step.
  std::vector<Position> next_;
  std::vector<Position> wild_;
  std::vector<std::pair<Letter, Position>> literal_;
  std::vector<std::uint32_t> reached_;  // by language: the step in which `always_` was reached
  std::uint32_t step_ = 0;
};

}  // namespace sallyport::iam::sets
