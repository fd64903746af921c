#include "iam/sets/automaton.h"

#include <algorithm>

namespace sallyport::iam::sets {
namespace {

bool is_wild(Unit u) { return is_run(u) || is_test(u); }

// Small letters before capitals, so that the texts that are found look usual.
constexpr Letter order(Letter l) { return (l >= 'A' && l <= 'Z') || (l >= 'a' && l <= 'z') ? l ^ 0x20U : l; }

bool accepts(Unit unit, Letter letter) {
  switch (unit) {
    case segment_run:
    case segment_one: return letter != ':';
    case not_ascii: return letter == other_foreign || (letter >= 0x80 && letter < symbol_letter);
    default: return true;
  }
}

}  // namespace

Automaton::Automaton(std::span<const Language> languages, const Language& domain, Symbols& symbols,
                     const Limits& limits)
    : symbols_(symbols),
      limits_(limits),
      bounded_(!domain.empty()),
      languages_(static_cast<std::uint32_t>(languages.size())) {
  always_.assign(languages.size() + 1, none);
  reached_.assign(languages.size() + 1, 0);
  for (std::uint32_t l = 0; l < languages_; ++l) add(languages[l], l);
  add(domain, languages_);
  rehash();
  ++step_;
  for (Position p = 0; p < units_.size(); ++p) {
    if (begin_[p] == p) close(p);
  }
  tidy();
  intern(none, 0);
  for (std::uint32_t s = 0; s < states_.size() && !exhausted_; ++s) expand(s);
  if (!exhausted_) list_classes();
}

void Automaton::add(const Language& language, std::uint32_t number) {
  for (const Pattern& pattern : language) {
    const auto begin = static_cast<Position>(units_.size());
    Position segment = begin;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const auto at = static_cast<Position>(units_.size());
      if (pattern[i] == run && pattern[i + 1] == finish && always_[number] == none) always_[number] = at;
      units_.push_back(pattern[i]);
      language_.push_back(number);
      begin_.push_back(begin);
      segment_.push_back(segment);
      if (pattern[i] == ':' || pattern[i] == run) segment = at + 1;
    }
  }
}

// Adds a position, and those that runs let pass by without a letter.
void Automaton::close(Position p) {
  for (;; ++p) {
    if (units_[p] == run && units_[p + 1] == finish) {
      const std::uint32_t l = language_[p];
      if (reached_[l] != step_) next_.push_back(always_[l]);
      reached_[l] = step_;
      return;
    }
    next_.push_back(p);
    if (!is_run(units_[p])) return;
  }
}

// Drops positions that others make superfluous.
void Automaton::tidy() {
  std::sort(next_.begin(), next_.end());
  next_.erase(std::unique(next_.begin(), next_.end()), next_.end());
  // From the back: behind a run, what stands before it in the pattern matches nothing more.
  std::size_t kept = next_.size();
  Position pattern = none;
  Position floor = 0;          // of this pattern, positions below do not count
  Position segment_floor = 0;  // nor those from here ...
  Position segment_end = 0;    // ... to here
  for (std::size_t i = next_.size(); i-- > 0;) {
    const Position p = next_[i];
    if (begin_[p] != pattern) {
      pattern = begin_[p];
      floor = segment_floor = segment_end = 0;
    }
    const bool done = reached_[language_[p]] == step_ && p != always_[language_[p]];
    if (done || p < floor || (p >= segment_floor && p < segment_end)) continue;
    if (units_[p] == run) floor = p;
    if (units_[p] == segment_run) {
      segment_floor = segment_[p];
      segment_end = p;
    }
    next_[--kept] = p;
  }
  next_.erase(next_.begin(), next_.begin() + static_cast<std::ptrdiff_t>(kept));
}

std::uint32_t Automaton::class_number() {
  Bits matches(languages_);
  bool inside = !bounded_;
  for (const Position p : next_) {
    const bool ends = units_[p] == finish || (units_[p] == run && units_[p + 1] == finish);
    if (!ends) continue;
    if (language_[p] == languages_) {
      inside = true;
    } else {
      matches.set(language_[p]);
    }
  }
  if (!inside) return none;
  const auto [it, added] = numbers_.try_emplace(std::move(matches), static_cast<std::uint32_t>(found_.size()));
  if (added) {
    classes_.push_back({it->first, {}});
    found_.push_back({none, 0});
    if (classes_.size() > limits_.classes) exhausted_ = true;
  }
  return it->second;
}

void Automaton::rehash() {
  table_.assign(std::max<std::size_t>(256, table_.size() * 2), none);
  for (std::uint32_t s = 0; s < states_.size(); ++s) {
    std::size_t at = states_[s].hash & (table_.size() - 1);
    while (table_[at] != none) at = (at + 1) & (table_.size() - 1);
    table_[at] = s;
  }
}

// The state of the positions in `next_`; `none` if no text of the domain passes it.
std::uint32_t Automaton::intern(std::uint32_t parent, Letter by) {
  // The domain's positions are the last.
  if (bounded_ && (next_.empty() || language_[next_.back()] != languages_)) return none;
  std::size_t hash = next_.size();
  for (const Position p : next_) hash = (hash ^ p) * 0x9E3779B97F4A7C15 ^ hash >> 31;
  hash ^= hash >> 29;
  std::size_t at = hash & (table_.size() - 1);
  for (; table_[at] != none; at = (at + 1) & (table_.size() - 1)) {
    const State& s = states_[table_[at]];
    if (s.hash == hash && s.last - s.first == next_.size() &&
        std::equal(next_.begin(), next_.end(), positions_.begin() + s.first)) {
      return table_[at];
    }
  }
  if (positions_.size() + next_.size() > limits_.positions) {
    exhausted_ = true;
    return none;
  }
  const auto number = static_cast<std::uint32_t>(states_.size());
  const auto first = static_cast<std::uint32_t>(positions_.size());
  positions_.insert(positions_.end(), next_.begin(), next_.end());
  states_.push_back({hash, first, static_cast<std::uint32_t>(positions_.size()), 0, 0, parent, by, class_number()});
  table_[at] = number;
  if (states_.size() * 2 > table_.size()) rehash();
  return number;
}

// The edge of `state` by `letter`: all runs and tests that accept it, and the
// positions that name it.
void Automaton::take(std::uint32_t state, Letter letter, std::span<const std::pair<Letter, Position>> literal) {
  ++step_;
  next_.clear();
  for (const auto& [named, p] : literal) close(p + 1);
  for (const Position p : wild_) {
    if (accepts(units_[p], letter)) close(is_run(units_[p]) ? p : p + 1);
  }
  work_ += next_.size() + wild_.size() + 1;
  if (work_ > limits_.work) exhausted_ = true;
  if (exhausted_) return;
  tidy();
  const std::uint32_t target = intern(state, letter);
  edges_.push_back({letter, target});
  if (target == none) return;
  const std::uint32_t number = states_[target].matches;
  if (number != none && found_[number].state == none) found_[number] = {state, letter};
}

void Automaton::expand(std::uint32_t state) {
  wild_.clear();
  literal_.clear();
  for (std::uint32_t i = states_[state].first; i < states_[state].last; ++i) {
    const Position p = positions_[i];
    const Unit u = units_[p];
    if (u == finish) continue;
    if (is_wild(u)) {
      wild_.push_back(p);
      if (u == segment_run || u == segment_one) literal_.emplace_back(':', none);
      if (u == not_ascii) literal_.emplace_back(other_foreign, none);
    } else if ((u & fold) != 0) {
      literal_.emplace_back(u & ~fold, p);
      literal_.emplace_back((u & ~fold) - 'a' + 'A', p);
    } else {
      literal_.emplace_back(u, p);
    }
  }
  std::sort(literal_.begin(), literal_.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? order(a.first) < order(b.first) : a.second < b.second;
  });
  const auto first = static_cast<std::uint32_t>(edges_.size());
  take(state, other_ascii, {});
  for (std::size_t i = 0; i < literal_.size() && !exhausted_;) {
    std::size_t end = i + 1;
    while (end < literal_.size() && literal_[end].first == literal_[i].first) ++end;
    std::size_t named = end;  // the markers of segments sort last
    while (named > i && literal_[named - 1].second == none) --named;
    take(state, literal_[i].first, {literal_.data() + i, named - i});
    i = end;
  }
  states_[state].edge_first = first;
  states_[state].edge_last = static_cast<std::uint32_t>(edges_.size());
}

const Automaton::Edge* Automaton::edge(const State& state, Letter letter) const {
  const Edge* begin = edges_.data() + state.edge_first;
  const Edge* end = edges_.data() + state.edge_last;
  const Edge* it =
      std::lower_bound(begin + 1, end, letter, [](const Edge& e, Letter l) { return order(e.letter) < order(l); });
  if (it != end && it->letter == letter) return it;
  if (letter >= 0x80 && letter < symbol_letter && end != begin && (end - 1)->letter == other_foreign) return end - 1;
  return begin;
}

// A letter that takes that edge.
Letter Automaton::example(const State& state, Letter letter) const {
  if (letter != other_ascii && letter != other_foreign) return letter;
  const Edge* begin = edges_.data() + state.edge_first;
  const auto free = [&](Letter l) {
    const Edge* e = edge(state, l);
    return e->letter == letter && (letter == other_foreign || e == begin);
  };
  if (letter == other_ascii) {
    for (const char c : std::string_view("xyzabcdefghijklmnopqrstuvw0123456789-_./")) {
      if (free(static_cast<Letter>(c))) return static_cast<Letter>(c);
    }
    for (Letter l = 0x21; l < 0x7F; ++l) {
      if (l != ':' && free(l)) return l;
    }
  }
  Letter l = 0xE9;
  while (!free(l)) ++l;
  return l;
}

std::string Automaton::text_to(const Found& found) const {
  std::vector<Letter> letters;
  letters.push_back(example(states_[found.state], found.by));
  for (std::uint32_t s = found.state; states_[s].parent != none; s = states_[s].parent) {
    letters.push_back(example(states_[states_[s].parent], states_[s].by));
  }
  std::string text;
  for (std::size_t i = letters.size(); i-- > 0;) append(text, letters[i], symbols_);
  return text;
}

void Automaton::list_classes() {
  // Only the empty text is in a class that no letter leads to.
  for (std::size_t n = 0; n < classes_.size(); ++n) {
    if (found_[n].state != none) classes_[n].text = text_to(found_[n]);
  }
}

std::size_t Automaton::class_of(std::string_view text) const {
  std::uint32_t s = states_.empty() ? none : 0;
  for (const Letter letter : letters_of(text, symbols_)) {
    if (s == none) break;
    s = edge(states_[s], letter)->target;
  }
  return s == none || states_[s].matches == none ? classes_.size() : states_[s].matches;
}

}  // namespace sallyport::iam::sets
