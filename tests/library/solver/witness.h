// A request as texts, from the values that a solver found.
#pragma once

#include "library/solver/actions.h"
#include "library/solver/ask.h"
#include "library/solver/keys.h"
#include "library/solver/principals.h"

namespace sallyport::solver {

struct Variables {
  const Actions& actions;
  const z3::expr& resource;
  const Principals& principals;
  const Keys& keys;
  char free_letter;  // one that stands in neither document, for characters beyond ASCII
};

char letter_of_neither(const Json& older, const Json& newer);

// None where a value has no text: a number of endless digits.
std::optional<Request> witness(const Asked& asked, const Variables& variables);

}  // namespace sallyport::solver
