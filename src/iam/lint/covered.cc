// Statements that add nothing: another one says all of it, or denies all of it.
//
// Source: IAM User Guide, reference_policies_evaluation-logic (a Deny wins; statements of a
// document are joined by "or").
#include <algorithm>

#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/patterns.h"
#include "iam/lint/relations.h"

namespace sallyport::iam::lint {
namespace {

bool action_within(std::string_view inner, std::string_view outer) {
  return only_stars(outer) || within(lower(inner), lower(outer));
}

// A `*` that ends a middle part of an ARN may or may not reach beyond its colon (MA-3). An
// inner pattern without a star, or an outer one that is a star or ends with the only one, is
// read alike both ways.
bool resource_within(std::string_view inner, std::string_view outer) {
  if (inner == outer || only_stars(outer)) return true;
  if (inner.find('$') != std::string_view::npos || outer.find('$') != std::string_view::npos) return false;
  const std::size_t star = outer.find_first_of("*?");
  if (star == std::string_view::npos) return false;
  // All wildcards of the outer pattern stand behind the fifth colon.
  if (std::count(outer.begin(), outer.begin() + static_cast<std::ptrdiff_t>(star), ':') < 5) return false;
  const std::size_t other = inner.find_first_of("*?");
  if (other != std::string_view::npos &&
      std::count(inner.begin(), inner.begin() + static_cast<std::ptrdiff_t>(other), ':') < 5) {
    return false;
  }
  return within(inner, outer);
}

template <class Inside>
bool all_within(Work& work, const std::vector<Word>& inner, const std::vector<Word>& outer, Inside inside) {
  const auto length = [](const std::vector<Word>& list) {
    std::size_t sum = 0;
    for (const Word& w : list) sum += w.text.size();
    return sum;
  };
  // Comparing two patterns costs at most the product of their lengths.
  if (!work.spend(inner.size() * outer.size() + length(inner) * length(outer) / 64)) return false;
  return std::all_of(inner.begin(), inner.end(), [&](const Word& x) {
    return std::any_of(outer.begin(), outer.end(), [&](const Word& y) { return inside(x.text, y.text); });
  });
}

// The same words, in any order.
bool same_words(const std::vector<Word>& a, const std::vector<Word>& b) {
  const auto sorted = [](const std::vector<Word>& list) {
    std::vector<std::string_view> out;
    for (const Word& w : list) out.push_back(w.text);
    std::sort(out.begin(), out.end());
    return out;
  };
  return sorted(a) == sorted(b);
}

bool actions_within(Work& work, const StatementView& s, const StatementView& other) {
  if (other.plain_action()) {
    const bool every =
        std::any_of(other.actions.begin(), other.actions.end(), [](const Word& w) { return only_stars(w.text); });
    if (every) return true;
    return s.plain_action() && all_within(work, s.actions, other.actions, action_within);
  }
  return !s.plain_action() && same_words(s.actions, other.actions);
}

bool resources_within(Work& work, const StatementView& s, const StatementView& other) {
  if (!other.names_resources()) return true;
  if (other.plain_resource()) {
    const bool every =
        std::any_of(other.resources.begin(), other.resources.end(), [](const Word& w) { return only_stars(w.text); });
    if (every) return true;
    return s.plain_resource() && all_within(work, s.resources, other.resources, resource_within);
  }
  return s.not_resource_at != 0 && same_words(s.resources, other.resources);
}

// By the letter: a principal that is named and one that `*` stands for are granted in
// different ways (docs/internals/iam.md, "A resource policy grants in one of four ways").
bool principals_within(const StatementView& s, const StatementView& other) {
  if (s.names_principals() != other.names_principals()) return false;
  if ((s.principal_at != 0) != (other.principal_at != 0)) return false;
  const auto in = [](const std::vector<PrincipalWord>& list, const PrincipalWord& p) {
    return std::any_of(list.begin(), list.end(),
                       [&](const PrincipalWord& q) { return q.kind == p.kind && q.text == p.text; });
  };
  const auto all = [&](const auto& a, const auto& b) {
    return a.size() * b.size() <= 100'000 &&
           std::all_of(a.begin(), a.end(), [&](const PrincipalWord& p) { return in(b, p); });
  };
  if (!all(s.principals, other.principals)) return false;
  return s.principal_at != 0 || all(other.principals, s.principals);
}

// Each line of `other` stands in `s`, too.
bool conditions_within(const StatementView& s, const StatementView& other) {
  if (s.conditions.size() * other.conditions.size() > 10'000) return false;
  return std::all_of(other.conditions.begin(), other.conditions.end(), [&](const Line& wanted) {
    return std::any_of(s.conditions.begin(), s.conditions.end(), [&](const Line& line) {
      return line.op == wanted.op && equals_ignoring_case(line.key, wanted.key) &&
             same_words(line.values, wanted.values);
    });
  });
}

}  // namespace

bool said_by(Work& work, const StatementView& s, const StatementView& other) {
  return !s.open && !other.open && s.effect == other.effect && principals_within(s, other) &&
         conditions_within(s, other) && actions_within(work, s, other) && resources_within(work, s, other);
}

bool denied_by(Work& work, const StatementView& s, const StatementView& deny) {
  if (s.open || deny.open || !deny.denies() || !deny.conditions.empty()) return false;
  const bool all = !deny.names_principals() || deny.everybody();
  return all && actions_within(work, s, deny) && resources_within(work, s, deny);
}

void check_covered(Work& work) {
  const auto& list = work.outline().statements;
  for (const StatementView& s : list) {
    for (const StatementView& other : list) {
      if (&s == &other || !work.spend(1)) continue;
      if (s.allows() && denied_by(work, s, other)) {
        work.found("always-denied", s.at,
                   "all that the statement allows is denied by statement " + std::to_string(other.number), &s);
        break;
      }
      // Of two that say the same the later one is told.
      if (said_by(work, s, other) && (s.number > other.number || !said_by(work, other, s))) {
        work.found("adds-nothing", s.at, "statement " + std::to_string(other.number) + " says all of it", &s);
        break;
      }
    }
    if (work.out_of_steps()) {
      work.undecided("adds-nothing", work.outline().statement_at,
                     "too many statements to compare each with all others");
      return;
    }
  }
}

}  // namespace sallyport::iam::lint
