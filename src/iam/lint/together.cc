// What statements do together: several that leave nothing of one, conditions that no request
// fulfils. Where texts alone decide, `never.cc` and `covered.cc` say it, and why.
//
// Source: IAM User Guide, reference_policies_evaluation-logic.
#include <algorithm>

#include "iam/lint/exact.h"
#include "iam/lint/relations.h"

namespace sallyport::iam::lint {
namespace {

// "statement 2", "statements 2 and 3"; many are not listed.
std::string listed(const Outline& parts, const std::vector<std::size_t>& positions) {
  constexpr std::size_t most = 4;
  if (positions.empty() || positions.size() > most) return "other statements";
  std::string text = positions.size() == 1 ? "statement " : "statements ";
  for (std::size_t i = 0; i < positions.size(); ++i) {
    text += i == 0 ? "" : i + 1 == positions.size() ? " and " : ", ";
    text += std::to_string(parts.statements[positions[i]].number);
  }
  return text;
}

}  // namespace

void check_together(Work& work) {
  const auto& list = work.outline().statements;
  const auto conditions = [](const StatementView& s) { return !s.conditions.empty(); };
  if (list.empty() || std::none_of(list.begin(), list.end(), conditions)) {
    if (list.size() < 3) return;  // two without conditions are compared by their texts
  }
  std::vector<bool> told;
  std::vector<std::size_t> denies;
  for (std::size_t i = 0; i < list.size(); ++i) {
    told.push_back(work.is_found({"never-applies", "always-denied", "adds-nothing"}, list[i].number));
    if (list[i].denies()) denies.push_back(i);
  }
  Exact exact(work);
  const std::vector<Exact::Claims> claims = exact.claims(told);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const StatementView& s = list[i];
    if (claims[i].never) {
      work.found("never-applies", s.condition_at, "the statement never applies: no request fulfils all its conditions",
                 &s);
    } else if (claims[i].denied) {
      const std::vector<std::size_t> alone = exact.denied_by(i);
      const bool one = !alone.empty();
      work.found("always-denied", s.at,
                 "all that the statement allows is denied by " +
                     listed(work.outline(), one ? std::vector{alone.front()} : denies) + (one ? "" : " together"),
                 &s);
    } else if (claims[i].said) {
      work.found("adds-nothing", s.at, "without it the document decides every request alike", &s);
    }
  }
}

}  // namespace sallyport::iam::lint
