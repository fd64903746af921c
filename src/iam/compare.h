// Comparing one value of a request with the values of a condition, by type.
#pragma once

#include <string>

#include "iam/condition.h"

namespace sallyport::iam {

struct RequestValue {
  const std::string& text;
  bool symbolic = false;  // may hold a symbol
};

// Does some value of the predicate match, its operator taken without `Not`? A value
// on either side that is not of the operator's type compares `unknown`.
Match matches_any(const Predicate& predicate, const RequestValue& value, const Context& context, const Rules& rules,
                  const Why& why);

}  // namespace sallyport::iam
