// ArnPattern: an ARN with wildcards, matched part by part.
//
// Two callers, two rules. `Resource` elements (MA-2, MA-3): a wildcard stays in its
// part, except in the last part, where it matches colons too; a `*` at the very end
// reaches over everything that follows; a `*` that ends an earlier part may or may
// not reach beyond its colon: AWS does not say when, so where the readings differ
// the answer is `unknown`. `Arn*` condition operators (CO-4): the six parts are
// compared one by one. In `Resource` elements the service compares without case, however
// many parts the pattern has.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "iam/arena.h"
#include "iam/arn.h"
#include "iam/glob.h"
#include "iam/template.h"
#include "iam/why.h"

namespace sallyport::iam {

enum class ArnReading : std::uint8_t { resource, condition };

struct ArnPattern {
  Template text;               // the whole, for variables
  bool any = false;            // nothing but stars
  bool symbolic = false;       // holds a symbol
  bool whole = false;          // six parts that begin with `arn`
  bool plain_service = false;  // its service is a literal: an ARN of another one cannot match
  bool reaches = false;        // resource: a `*` ends a middle part
  bool odd = false;            // a variable before the fifth colon, a wildcard as the service
  Arn parts;                   // encoded; of a pattern without variables
  std::string_view strict;     // the whole, encoded so that wildcards keep to their parts
  std::string_view loose;      // the same, but a `*` that ends a part crosses colons
};

// Compiles `raw`. The views live as long as `raw` and `arena`.
ArnPattern compile_arn(std::string_view raw, ArnReading reading, bool variables, TextArena& arena);

// The ARN (or other text) that patterns are held against. It is split when somebody asks
// for its parts: most decisions look at no resource but `*`. Not to be shared by threads.
class ArnText {
 public:
  ArnText() = default;
  explicit ArnText(std::string_view arn) : text(arn), symbolic(glob::has_symbol(arn)) {}

  const Arn& parts() const {
    if (parts_.count == 0) parts_ = split_arn(text);
    return parts_;
  }
  // Its service is not written small.
  bool has_capital_service() const;

  std::string_view text;
  bool symbolic = false;  // holds a symbol

 private:
  mutable Arn parts_;
};
inline ArnText arn_text(std::string_view text) { return ArnText(text); }

// Does the pattern match? Fills variables from `context`. For resources a text `*`
// (an action without resource level) is matched by `*` alone. `null` variables
// match nothing. Cost: some tens of nanoseconds without variables.
Match matches(const ArnPattern& pattern, ArnReading reading, const ArnText& text, const Context& context,
              const Rules& rules, const Why& why);

}  // namespace sallyport::iam
