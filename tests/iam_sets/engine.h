// The engine's comparison of two documents given as JSON, and what the judges say of its witnesses.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "iam/sets/compare.h"
#include "library/iam/alone.h"
#include "library/solver/solver.h"
#include "read/policy/policy.h"

namespace sallyport {

struct Compared {
  std::string relation;  // `error: ...` where the engine gives none
  std::optional<iam::sets::Witness> more, less;
  std::string gaps;
};

// The whole way of the command but its files: text, reader, engine.
inline Compared engine_compare(const nlohmann::json& older, const nlohmann::json& newer, iam::PolicyType type) {
  Registry registry;
  Diagnostics diagnostics;
  const PolicyDocument before = read::read_policy_text(older.dump(), {}, "old", registry, diagnostics);
  const PolicyDocument after = read::read_policy_text(newer.dump(), {}, "new", registry, diagnostics);
  const auto compared = iam::sets::compare(before, after, type, registry);
  if (!compared) return {"error: " + compared.error().message, {}, {}, ""};
  Compared answer{iam::sets::name(compared->relation), compared->more, compared->less, ""};
  for (const GapId gap : compared->gaps) answer.gaps += registry.gaps[gap].what + "; ";
  return answer;
}

// Empty: the naive judge confirms that `with` allows the request and `without` does not.
inline std::string refuted(const iam::sets::Witness& witness, const nlohmann::json& with, const nlohmann::json& without,
                           naive::iam::PolicyKind kind) {
  const auto word = [](naive::iam::Kleene k) {
    return k == naive::iam::Kleene::yes ? "yes" : k == naive::iam::Kleene::no ? "no" : "unknown";
  };
  const naive::iam::Asked asked{witness.principal, witness.action, witness.resource, witness.context};
  const naive::iam::Kleene allowed = allows_alone(with, kind, asked), other = allows_alone(without, kind, asked);
  if (allowed == naive::iam::Kleene::yes && other == naive::iam::Kleene::no) return "";
  std::string said = std::string("allowed where it should be: ") + word(allowed) +
                     ", where it should not: " + word(other) + ": `" + witness.principal + "` `" + witness.action +
                     "` `" + witness.resource + "`";
  for (const auto& [key, values] : witness.context) {
    said += " " + key + "=";
    for (const std::string& value : values) said += "`" + value + "`";
  }
  return said;
}

// Does the engine contradict the solver? Empty: no. What the engine leaves unknown contradicts nothing;
// where readings of AWS's rules differ (`open`) it must claim no equality of what differs in one of them.
inline std::string contradiction(const Compared& engine, const solver::Verdict& verdict) {
  using solver::Answer;
  if (engine.relation == "unknown") return "";
  const bool more = engine.relation == "more" || engine.relation == "incomparable";
  const bool less = engine.relation == "less" || engine.relation == "incomparable";
  if (!more && !less && engine.relation != "equivalent") return "no relation: " + engine.relation;
  std::string said;
  const auto hold = [&](bool claim, Answer answer, const char* name) {
    if (answer == Answer::yes && !claim) said += std::string("the solver finds ") + name + ", the engine does not; ";
    if (answer == Answer::no && claim) said += std::string("the engine finds ") + name + ", the solver does not; ";
    if (answer == Answer::open && claim) said += std::string(name) + " is open, the engine claims it; ";
  };
  hold(more, verdict.more.answer, "more");
  hold(less, verdict.less.answer, "less");
  return said;
}

}  // namespace sallyport
