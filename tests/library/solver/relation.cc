#include "library/solver/solver.h"

namespace sallyport::solver {

std::string relation(const Verdict& verdict) {
  const Answer more = verdict.more.answer, less = verdict.less.answer;
  if (more == Answer::skipped || less == Answer::skipped) return "skipped";
  if (more == Answer::open || less == Answer::open) return "open";
  if (more == Answer::yes) return less == Answer::yes ? "incomparable" : "more";
  return less == Answer::yes ? "less" : "equivalent";
}

}  // namespace sallyport::solver
