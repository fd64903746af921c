// Template: a text of a policy that may hold variables, `${aws:username}`.
//
// Without variables it is one pattern, ready to match. With them it is a list of
// pieces that a request's context fills in; what is filled in is literal text.
// `${*}`, `${?}` and `${$}` are the characters themselves. Only version 2012-10-17
// knows variables; before, they are literal text (CO-6).
// Source: IAM User Guide, reference_policies_variables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "iam/arena.h"
#include "iam/context.h"
#include "iam/rules.h"
#include "iam/why.h"

namespace sallyport::iam {

struct TemplatePiece {
  std::string_view text;  // fixed: as encoded by iam/glob.h; variable: the key
  bool variable = false;
  bool has_default = false;
  bool list = false;  // a key that holds several values in a request: AWS knows no such variables
  std::uint32_t hash = 0;
  std::string_view fallback;
};

struct Template {
  std::string_view fixed;             // the encoded pattern, if there are no variables
  std::vector<TemplatePiece> pieces;  // empty: no variables
  bool wildcard = false;              // holds some
  bool symbolic = false;              // a fixed part holds a symbol
  bool broken = false;                // `${` without end, or an empty or malformed name
};

enum class Wildcards : std::uint8_t { none, anywhere };

// Reads `raw`. `wildcards`: whether `*` and `?` mean something; `variables`: whether
// `${...}` does. The template views into `raw` and `arena`.
Template parse_template(std::string_view raw, Wildcards wildcards, bool variables, TextArena& arena);

// What filling in gave. `null`: some variable has no value and no default ("the
// value is effectively null. There is no equal or like value").
// `conditional`, `unknown`: the text holds `glob::anything` where a value is missing.
enum class Filled : std::uint8_t { text, conditional, unknown, null };

// Fills `out` (encoded). Cost: one look-up a variable.
Filled fill(const Template& source, const Context& context, const Rules& rules, const Why& why, std::string& out);

}  // namespace sallyport::iam
