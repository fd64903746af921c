// Term: a list of patterns of a policy (an `Action`, a `Resource`, the values of a
// condition) as languages: what it surely matches, and what it may match.
//
//   value(text) = always
//              or text in `sure`
//              or some doubt: text in its language, and its variable
//
// Languages are made here and numbered by the dimension that collects them.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "iam/arena.h"
#include "iam/arn_pattern.h"
#include "iam/rules.h"
#include "iam/sets/automaton.h"
#include "iam/sets/letters.h"
#include "iam/sets/unknowns.h"
#include "iam/template.h"
#include "model/condition_operator.h"

namespace sallyport::iam::sets {

struct Doubt {
  std::uint32_t language;
  Bdd::Node variable;
};

struct Term {
  // Of a text that matches the languages `matches`.
  Bdd::Node value(const Bits& matches, Bdd& bdd) const;

  bool always = false;
  std::optional<std::uint32_t> sure;
  std::vector<Doubt> doubts;
  // `NotResource` with a variable that may have no value: whether the statement
  // applies then AWS does not say.
  Bdd::Node voided = Bdd::no;
};

// The languages of one dimension; equal ones are one.
class Languages {
 public:
  std::uint32_t add(Language language);
  const std::vector<Language>& all() const { return all_; }

 private:
  std::vector<Language> all_;
  std::map<Language, std::uint32_t> numbers_;
};

// What makes terms: symbols and unknowns of the analysis.
struct TermMaker {
  Symbols& symbols;
  Unknowns& unknowns;
  const Rules& rules;
  TextArena& arena;
  std::deque<Template>& templates;  // those of `Resource` elements
  Bdd& bdd;
  // Many stars that end a part: what such patterns may match beyond their parts is then
  // told by their beginning alone, since all their combinations would be too many. The
  // doubt grows, so an answer may become `unknown`, never wrong.
  bool coarse = false;

  // Action patterns as written (MA-1). Texts must be in lower case.
  Term action(std::span<const std::string_view> patterns, Languages& languages) const;
  // `Resource` or (`negated`) `NotResource` (MA-2, MA-3).
  Term resource(std::span<const std::string_view> patterns, bool negated, bool variables, Languages& languages) const;
  // Values of a String or Arn operator (CO-3, CO-4, CO-6) on a key in lower case.
  // `values` are compiled and must outlive the term.
  Term texts(Comparison comparison, std::span<const Template* const> values, std::string_view key,
             Languages& languages) const;
  Term arns(std::span<const ArnPattern* const> values, std::string_view key, Languages& languages) const;

  // Texts of requests: `prefix:name` in lower case; an ARN or `*`.
  static Language action_domain();
  static Language resource_domain();
};

}  // namespace sallyport::iam::sets
