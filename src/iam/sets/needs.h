// Needs: under which conditions a conditional decision turns out `allowed`, in words.
//
//   Needs needs(registry);
//   const auto c = needs.of(decision.needs, contexts);
//   if (c->never()) ...   // what single layers leave open no request can fulfil together
//
// Exact: the request is allowed in each of the ways, and in no other; readable.h says how
// ways are written. Keys of which the context says more than "open" (there; one of some
// addresses) are taken so.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "iam/context.h"
#include "iam/formula.h"
#include "iam/sets/readable.h"
#include "model/registry.h"

namespace sallyport::iam::sets {

class Needs {
 public:
  explicit Needs(Registry& registry) : registry_(registry) {}

  // `contexts`: under which the decision was made; several where the ways of a request
  // are taken together. Equal questions share one answer.
  // Cost: some fifty microseconds, and less than one for a question that was asked before.
  std::shared_ptr<const Conditions> of(const Formula& formula, std::span<const Context* const> contexts);

 private:
  Registry& registry_;
  std::map<std::string, std::shared_ptr<const Conditions>> known_;
};

}  // namespace sallyport::iam::sets
