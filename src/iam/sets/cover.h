// Cover: a function as few products of few literals.
//
// An irredundant sum of products between two bounds (S. Minato, "Fast Generation of
// Prime-Irredundant Covers from Binary Decision Diagrams", 1993; the algorithm of
// E. Morreale). What lies between the bounds is of no matter, so a literal that others
// imply falls away when the combinations that cannot be are left free.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "iam/sets/bdd.h"

namespace sallyport::iam::sets {

using Product = std::vector<std::pair<Bdd::Variable, bool>>;  // in the order of variables

struct Cover {
  std::vector<Product> products;  // none: false; one that is empty: true
  bool complete = true;           // false: there were more than `most`
};

// At least `lower`, at most `upper`; `lower` must imply `upper`.
Cover cover(Bdd& bdd, Bdd::Node lower, Bdd::Node upper, std::size_t most = 64);

}  // namespace sallyport::iam::sets
