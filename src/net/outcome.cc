#include "net/outcome.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/result.h"

namespace sallyport::net {
namespace {

constexpr std::array decided{Verdict::public_, Verdict::private_, Verdict::blocked};

template <class T>
void sort_distinct(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

// What decides the flow comes first.
int rank(const Outcome& o) {
  switch (verdict_of(o.may)) {
    case Verdict::public_: return 0;
    case Verdict::unknown: return 1;
    case Verdict::private_: return 2;
    case Verdict::blocked: return 3;
  }
  return 3;
}

bool only(May may, Verdict v) { return may == May(v); }

// All that the alternatives together may turn out to be.
May possible(const Outcomes& alternatives) {
  May may;
  const auto any_has = [&](Verdict v) {
    return std::any_of(alternatives.begin(), alternatives.end(), [v](const Outcome& o) { return o.may.has(v); });
  };
  const bool forced_public = std::any_of(alternatives.begin(), alternatives.end(),
                                         [](const Outcome& o) { return only(o.may, Verdict::public_); });
  const bool all_may_block = std::all_of(alternatives.begin(), alternatives.end(),
                                         [](const Outcome& o) { return o.may.has(Verdict::blocked); });
  if (any_has(Verdict::public_)) may = may | Verdict::public_;
  if (!forced_public && any_has(Verdict::private_)) may = may | Verdict::private_;
  if (!forced_public && all_may_block) may = may | Verdict::blocked;
  return may;
}

}  // namespace

Verdict verdict_of(May may) {
  for (const Verdict v : decided) {
    if (only(may, v)) return v;
  }
  return Verdict::unknown;
}

Outcome refused(Reason reason) {
  Outcome end;
  end.may = Verdict::blocked;
  end.reason = std::move(reason);
  return end;
}

Outcome either(Outcomes outcomes) {
  SP_ASSERT(!outcomes.empty());
  const auto first = std::min_element(outcomes.begin(), outcomes.end(),
                                      [](const Outcome& a, const Outcome& b) { return rank(a) < rank(b); });
  Outcome result = *first;
  result.passages.clear();
  for (const Outcome& o : outcomes) {
    result.may = result.may | o.may;
    result.trail.doubts.insert(result.trail.doubts.end(), o.trail.doubts.begin(), o.trail.doubts.end());
    result.trail.reads.insert(result.trail.reads.end(), o.trail.reads.begin(), o.trail.reads.end());
    result.passages.insert(result.passages.end(), o.passages.begin(), o.passages.end());
  }
  if (outcomes.size() > 1) {
    for (Passage& passage : result.passages) passage.certain = false;
  }
  return result;
}

Answer unite(Outcomes alternatives) {
  SP_ASSERT(!alternatives.empty());
  std::stable_sort(alternatives.begin(), alternatives.end(),
                   [](const Outcome& a, const Outcome& b) { return rank(a) < rank(b); });
  Answer answer;
  Outcome& first = alternatives.front();
  answer.verdict = verdict_of(first.may);
  answer.may = answer.verdict == Verdict::unknown ? possible(alternatives) : May(answer.verdict);
  answer.degraded = answer.verdict == Verdict::private_ &&
                    std::any_of(alternatives.begin(), alternatives.end(),
                                [](const Outcome& o) { return only(o.may, Verdict::blocked); });
  for (Outcome& o : alternatives) {
    if (answer.verdict == Verdict::unknown && verdict_of(o.may) == Verdict::unknown) {
      answer.gaps.insert(answer.gaps.end(), o.trail.doubts.begin(), o.trail.doubts.end());
    }
    answer.reads.insert(answer.reads.end(), o.trail.reads.begin(), o.trail.reads.end());
    for (std::string& assumption : o.trail.assumptions) answer.assumptions.push_back(std::move(assumption));
    for (Passage& passage : o.passages) {
      if (verdict_of(o.may) == Verdict::unknown) passage.certain = false;
      if (std::find(answer.passages.begin(), answer.passages.end(), passage) == answer.passages.end()) {
        answer.passages.push_back(std::move(passage));
      }
    }
  }
  answer.reason = std::move(first.reason);
  answer.hops = std::move(first.trail.hops);
  if (answer.has_door()) {
    answer.doors = std::move(first.trail.doors);
    if (answer.doors.empty()) answer.doors.push_back({DoorKind::local, {}});
    answer.door = naming_door(answer.doors);
  }
  sort_distinct(answer.gaps);
  sort_distinct(answer.reads);
  sort_distinct(answer.assumptions);
  return answer;
}

Outcome as_one(Outcomes alternatives) {
  Outcome one;
  for (const Outcome& o : alternatives) {
    one.passages.insert(one.passages.end(), o.passages.begin(), o.passages.end());
  }
  Answer a = unite(std::move(alternatives));
  one.may = a.may;
  one.trail = {std::move(a.hops), std::move(a.doors), std::move(a.gaps), std::move(a.reads), std::move(a.assumptions)};
  one.reason = std::move(a.reason);
  return one;
}

}  // namespace sallyport::net
