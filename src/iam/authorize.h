// authorize: decides one self-contained request (model/authorize.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "iam/context.h"
#include "iam/decide.h"
#include "iam/policy.h"
#include "model/authorize.h"
#include "model/registry.h"

namespace sallyport::iam {

// A decision with the policies that only this request has. Movable; the authorizer
// that made it and its registry must outlive it.
struct Authorized {
  Decision decision;
  std::vector<std::unique_ptr<const CompiledPolicy>> policies;
};

// Decides many requests. What all of them share is made once: the gaps of what AWS
// leaves open, and the compiled form of each document that the reader keeps because
// requests repeat it (AuthorizeDocument::number). One thread, and one reader.
class Authorizer {
 public:
  explicit Authorizer(Registry& registry) : registry_(registry), engine_(registry.gaps) {}

  // Never `conditional`: the context is complete. Errors: a principal that is none.
  Result<Authorized> decide(AuthorizeCase request);
  // The outcome alone, by the shorter way of sweeps (Engine::outcome): the tests hold both
  // against each other.
  Result<Outcome> outcome(AuthorizeCase request);

 private:
  friend class Arrangement;
  template <class Answer>
  Result<void> ask(AuthorizeCase& request, Authorized& authorized, Answer answer);

  Registry& registry_;
  Engine engine_;
  std::vector<std::unique_ptr<const CompiledPolicy>> kept_;  // by number, with and without its index in the label
};

// A single request.
Result<Authorized> authorize(const AuthorizeCase& request, Registry& registry);

}  // namespace sallyport::iam
