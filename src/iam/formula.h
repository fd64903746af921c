// Formula: what a conditional decision hangs on, as a function of its open conditions.
//
// `by` and `conditions` of a Decision list statements; how they work together (an Allow
// of the caller's policy and one of the resource's: both, or either?) the formula says:
//
//   allowed exactly where it is true; a condition line is true where it holds
//
// It is written in postfix, so that whoever evaluates it needs a stack and no recursion:
//
//   {line 0} {line 1} {negation} {both}        the first holds and the second does not
//
// `iam/sets/needs.h` puts it in words.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "iam/arn_pattern.h"
#include "iam/condition.h"
#include "iam/rules.h"

namespace sallyport::iam {

struct Judgement;
struct Trace;

struct Formula {
  enum class Kind : std::uint8_t { yes, no, line, pattern, both, either, negation };
  struct Step {
    Kind kind;
    std::uint32_t number = 0;  // line: in `lines`; pattern: in `patterns`
    friend bool operator==(const Step&, const Step&) = default;
  };
  // Empty: what it hangs on cannot be said in terms of conditions alone.
  std::vector<Step> steps;
  std::vector<const Predicate*> lines;      // each once; they live as long as their policies
  std::vector<const ArnPattern*> patterns;  // of `Resource`, with variables that the caller fills
  friend bool operator==(const Formula&, const Formula&) = default;
};

// Of a judgement whose result is conditional, and the trace that it left. Cost: the hits
// of the trace; what is decided is no part of it.
Formula formula(const Judgement& judgement, std::string_view resource, const Context& context, const Rules& rules,
                const Trace& trace);

// True wherever both are; empty if one is.
Formula both(const Formula& a, const Formula& b);

}  // namespace sallyport::iam
