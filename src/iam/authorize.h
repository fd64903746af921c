// authorize: decides one self-contained request (model/authorize.h).
#pragma once

#include <deque>
#include <memory>

#include "base/result.h"
#include "iam/context.h"
#include "iam/decide.h"
#include "iam/policy.h"
#include "model/authorize.h"
#include "model/registry.h"

namespace sallyport::iam {

// A decision with what it points to. Movable; the registry must outlive it.
struct Authorized {
  Decision decision;
  std::deque<CompiledPolicy> policies;
};

// Never `conditional`: the context is complete. Errors: a principal that is none.
Result<Authorized> authorize(const AuthorizeCase& request, Registry& registry);

}  // namespace sallyport::iam
