// Solver: is there a request that makes a function true?
//
// It walks the diagram key by key and keeps, for the key it is in, only what can
// still be: the classes that one value may be in, or the classes that a set of values
// may touch. So what it finds is real, and what it does not find does not exist.
// What fails below a node once fails always: nodes are asked once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

#include "iam/sets/bdd.h"
#include "iam/sets/keys.h"

namespace sallyport::iam::sets {

// How much must be certain. `sure`: true in every reading of what AWS does not say.
// `possible`: in some.
enum class Mode : std::uint8_t { sure, possible };

// A key as a request has it: absent, or with values of these classes.
struct Held {
  std::uint32_t key;
  bool present;
  std::vector<std::size_t> classes;
};

struct Path {
  std::vector<Held> keys;                               // those that matter
  std::vector<std::pair<Bdd::Variable, bool>> choices;  // what variables of patterns must do
  bool combined = false;                                // only possible: it rests on a value that no sample shows
  Bdd::Node rest = Bdd::no;                             // what is left: a function of readings
};

class Solver {
 public:
  Solver(const Bdd& bdd, const Keys& keys, std::size_t budget) : bdd_(bdd), keys_(keys), budget_(budget) {}

  // Fills `path` with the first that it finds.
  bool solve(Bdd::Node n, Mode mode, Path& path);

  bool exhausted() const { return steps_ > budget_; }

 private:
  // What is known of the key that the walk is in.
  struct Inside {
    std::uint32_t key;
    bool present = true;
    Bits may;                       // single: classes of its value; multivalued: those it may touch
    std::vector<const Bits*> must;  // multivalued: it touches each of them
  };
  bool from(Bdd::Node n, Mode mode, Path& path);
  bool inside(Bdd::Node n, Mode mode, const Inside& at, Path& path);
  bool narrow(Inside& at, const KeyVariable& v, bool value) const;
  Held held(const Inside& at, Path& path) const;

  const Bdd& bdd_;
  const Keys& keys_;
  std::size_t budget_;
  std::size_t steps_ = 0;
  std::unordered_set<Bdd::Node> failed_[2];  // by mode
};

}  // namespace sallyport::iam::sets
