// What conditions do where their key is missing (CO-1, CO-2).
//
// Source: IAM User Guide, reference_policies_elements_condition_operators: a negated operator
// holds for a missing key, and so does `ForAllValues`; in an `Allow` that is seldom meant.
#include <algorithm>
#include <array>

#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"
#include "iam/values.h"

namespace sallyport::iam::lint {

bool needs_key(const Line& line) {
  if (line.op.comparison == Comparison::null) {
    return line.values.size() == 1 && parse_boolean(line.values.front().text) == false;
  }
  return !line.op.negated && !line.op.if_exists && line.op.quantifier != Quantifier::for_all_values;
}

bool needs_key(const StatementView& s, std::string_view key) {
  return std::any_of(s.conditions.begin(), s.conditions.end(),
                     [&](const Line& line) { return equals_ignoring_case(line.key, key) && needs_key(line); });
}

namespace {

// Keys that every request has, by AWS's page of global condition keys.
constexpr std::array always_there = {
    std::string_view("aws:CurrentTime"),      std::string_view("aws:EpochTime"),
    std::string_view("aws:PrincipalAccount"), std::string_view("aws:RequestedRegion"),
    std::string_view("aws:SecureTransport"),  std::string_view("aws:ViaAWSService"),
};
// Those of every signed request, so of every one to which an identity's policy applies.
constexpr std::array of_identities = {
    std::string_view("aws:PrincipalArn"),
    std::string_view("aws:PrincipalIsAWSService"),
    std::string_view("aws:PrincipalType"),
    std::string_view("aws:userid"),
};

bool may_be_missing(const Work& work, std::string_view key) {
  const auto is = [&](std::string_view other) { return equals_ignoring_case(other, key); };
  if (std::any_of(always_there.begin(), always_there.end(), is)) return false;
  return !work.for_identities() || std::none_of(of_identities.begin(), of_identities.end(), is);
}

void look(Work& work, const StatementView& s, const Line& line) {
  if (line.op.comparison == Comparison::null) return;
  if (!line.op.negated && line.op.quantifier != Quantifier::for_all_values) return;
  if (!work.spend(s.conditions.size()) || needs_key(s, line.key)) return;
  if (!known_key(line.key)) return;
  const bool missing = may_be_missing(work, line.key);
  if (s.allows() && missing && line.op.quantifier == Quantifier::for_all_values) {
    work.found("all-values-allow", line.at,
               quote(line.op_name) + " holds where " + quote(line.key) +
                   " is missing: the statement allows such requests, too; add `\"Null\": {\"" + std::string(line.key) +
                   "\": \"false\"}`",
               &s, true);
  } else if (s.allows() && missing && line.op.negated && !line.op.if_exists) {
    work.found("negated-allow", line.at,
               quote(line.op_name) + " holds where " + quote(line.key) +
                   " is missing: the statement allows such requests, too",
               &s, true);
  }
  const bool pattern = line.op.comparison == Comparison::string_like || line.op.comparison == Comparison::arn_like;
  if (!line.op.negated || !pattern) return;
  for (const Word& value : line.values) {
    if (!only_stars(value.text)) continue;
    work.found(
        "negated-star", value.at,
        missing ? quote(line.op_name) + " with `*` holds only where " + quote(line.key) + " is missing; `Null` says so"
                : quote(line.op_name) + " with `*` never holds: every request has " + quote(line.key),
        &s);
  }
}

}  // namespace

void check_missing(Work& work) {
  for (const StatementView& s : work.outline().statements) {
    for (const Line& line : s.conditions) look(work, s, line);
  }
}

}  // namespace sallyport::iam::lint
