// One formula to a solver: can it hold, and with which values?
//
// The encoding is written once, as expressions of z3. z3 4.8.12 needs seconds for what
// patterns such as `arn:aws:ec2:*:*:volume/*` give, and cvc5 1.0.3 milliseconds: so cvc5 gets the formula
// term by term where it was there at build time, and each judges the other.
#pragma once

#include <z3++.h>

#include <map>
#include <string>

namespace sallyport::solver {

struct Asked {
  z3::check_result found = z3::unknown;
  // Of each constant in the formula: `true`, `false`; the text (characters beyond ASCII stand as
  // `\x01`); a decimal number or a fraction `1/3`; the bits, highest first.
  std::map<std::string, std::string> values;
};

// `milliseconds`: 0 is no limit.
Asked ask_z3(const z3::expr& formula, unsigned milliseconds);

bool has_cvc5();
Asked ask_cvc5(const z3::expr& formula, unsigned milliseconds);  // without cvc5: unknown

}  // namespace sallyport::solver
