#include "iam/sets/solver.h"

#include <algorithm>

#include "iam/sets/unknowns.h"

namespace sallyport::iam::sets {

bool Solver::solve(Bdd::Node n, Mode mode, Path& path) {
  path = {};
  return from(n, mode, path);
}

// `n` stands at the border of a key: nothing of what was before matters to it.
bool Solver::from(Bdd::Node n, Mode mode, Path& path) {
  if (n == Bdd::no || ++steps_ > budget_) return false;
  if (n == Bdd::yes || bdd_.top(n) >= first_reading) {
    path.rest = n;
    return n == Bdd::yes || mode == Mode::possible;
  }
  std::unordered_set<Bdd::Node>& failed = failed_[static_cast<std::size_t>(mode)];
  if (failed.find(n) != failed.end()) return false;
  const Bdd::Variable v = bdd_.top(n);
  if (v >= first_choice) {
    for (const bool value : {false, true}) {
      path.choices.emplace_back(v, value);
      if (from(value ? bdd_.high(n) : bdd_.low(n), mode, path)) return true;
      path.choices.pop_back();
    }
  } else {
    const std::uint32_t key = keys_.variable(v).key;
    const Key& k = keys_.keys()[key];
    Inside at{key, true, k.real, {}};
    if (mode == Mode::possible) {
      at.may = Bits(k.values.size());
      for (std::size_t c = 0; c < k.values.size(); ++c) at.may.set(c);
    }
    if (inside(n, mode, at, path)) return true;
  }
  failed.insert(n);
  return false;
}

// False: no value, or set of values, is left.
bool Solver::narrow(Inside& at, const KeyVariable& v, bool value) const {
  const bool multivalued = keys_.keys()[at.key].multivalued;
  if (v.presence) {
    at.present = value;
    if (value) return true;
    at.may = Bits(keys_.keys()[at.key].values.size());
    return true;
  }
  if (!multivalued) {
    if (!at.present) return !value;
    if (value) {
      at.may &= v.in;
    } else {
      at.may.remove(v.in);
    }
    return !at.may.none();
  }
  if (value) {
    at.must.push_back(&v.in);
  } else {
    at.may.remove(v.in);
  }
  return std::all_of(at.must.begin(), at.must.end(), [&](const Bits* set) { return set->overlaps(at.may); });
}

bool Solver::inside(Bdd::Node n, Mode mode, const Inside& at, Path& path) {
  if (++steps_ > budget_) return false;
  const bool border = n <= Bdd::yes || bdd_.top(n) >= first_choice || keys_.variable(bdd_.top(n)).key != at.key;
  if (border) {
    const bool combined = path.combined;
    path.keys.push_back(held(at, path));
    if (from(n, mode, path)) return true;
    path.keys.pop_back();
    path.combined = combined;
    return false;
  }
  const KeyVariable& v = keys_.variable(bdd_.top(n));
  for (const bool value : {!v.presence, v.presence}) {
    const Bdd::Node next = value ? bdd_.high(n) : bdd_.low(n);
    if (next == Bdd::no) continue;
    Inside narrowed = at;
    if (narrow(narrowed, v, value) && inside(next, mode, narrowed, path)) return true;
  }
  return false;
}

// A value, or set of values, that is left; real ones first.
Held Solver::held(const Inside& at, Path& path) const {
  const Key& k = keys_.keys()[at.key];
  Held held{at.key, at.present, {}};
  if (!at.present) return held;
  const auto pick = [&](const Bits* wanted) {
    Bits set = at.may;
    if (wanted != nullptr) set &= *wanted;
    if (set.none()) return;
    Bits real = set;
    real &= k.real;
    if (real.none()) path.combined = true;
    const std::size_t c = real.none() ? set.first() : real.first();
    if (std::find(held.classes.begin(), held.classes.end(), c) == held.classes.end()) held.classes.push_back(c);
  };
  for (const Bits* set : at.must) {
    const bool touched = std::any_of(held.classes.begin(), held.classes.end(), [&](auto c) { return set->has(c); });
    if (!touched) pick(set);
  }
  if (held.classes.empty()) pick(nullptr);
  return held;
}

}  // namespace sallyport::iam::sets
