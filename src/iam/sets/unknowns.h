// Unknowns: what a request's own values do not decide, as variables of the functions.
//
// A *reading* is one way to understand what AWS does not say (or an id that does not
// exist yet): equal causes share one variable, so what both documents leave open in
// the same way makes no difference between them. A *choice* is what a policy variable
// (`${aws:username}`) makes of a pattern: the caller's keys decide it, equal templates
// are equal. Keys come before choices, choices before readings, so below the first
// reading nothing depends on the request any more.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/gap.h"
#include "iam/sets/bdd.h"
#include "iam/template.h"

namespace sallyport::iam::sets {

inline constexpr Bdd::Variable first_choice = 1U << 20;
inline constexpr Bdd::Variable first_reading = 1U << 21;

// A pattern with variables that matches or not as the caller's keys say.
struct Choice {
  enum class Of : std::uint8_t { resource, key };
  Of of = Of::resource;
  std::string key;  // lower case; of a condition
  const Template* source = nullptr;
};

class Unknowns {
 public:
  explicit Unknowns(Bdd& bdd) : bdd_(bdd) {}

  // One variable for each (what, text); `what` says in which way it is unknown.
  Bdd::Node reading(std::string_view what, std::string_view text, GapId gap);
  Bdd::Node choice(std::string_view what, std::string_view text, Choice choice);

  GapId gap(Bdd::Variable v) const { return readings_[v - first_reading]; }
  const Choice& choice(Bdd::Variable v) const { return choices_[v - first_choice]; }

 private:
  using Name = std::tuple<std::string, std::string>;
  Bdd& bdd_;
  std::map<Name, Bdd::Variable> names_;
  std::vector<GapId> readings_;
  std::vector<Choice> choices_;
};

}  // namespace sallyport::iam::sets
