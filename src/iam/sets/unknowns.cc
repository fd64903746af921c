#include "iam/sets/unknowns.h"

#include <utility>

namespace sallyport::iam::sets {

Bdd::Node Unknowns::reading(std::string_view what, std::string_view text, GapId gap) {
  const auto next = first_reading + static_cast<Bdd::Variable>(readings_.size());
  const auto [it, added] = names_.try_emplace({std::string(what), std::string(text)}, next);
  if (added) readings_.push_back(gap);
  return bdd_.variable(it->second);
}

Bdd::Node Unknowns::choice(std::string_view what, std::string_view text, Choice choice) {
  const auto next = first_choice + static_cast<Bdd::Variable>(choices_.size());
  const auto [it, added] = names_.try_emplace({std::string(what), std::string(text)}, next);
  if (added) choices_.push_back(std::move(choice));
  return bdd_.variable(it->second);
}

}  // namespace sallyport::iam::sets
