// The engine's answer to one line of `authorize`, in the judge's form.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "iam/authorize.h"
#include "library/iam/naive.h"
#include "read/authorize/authorize.h"
#include "read/json/parse.h"

namespace sallyport {

// The whole way of the command: text, reader, engine. An error is a decision `error: ...`.
inline naive::iam::Answer engine_answer(const nlohmann::json& line) {
  const auto tree = read::json::parse(line.dump());
  if (!tree) return {"error: " + tree.error().message, {}};
  Registry registry;
  Diagnostics diagnostics;
  const auto request = read::read_authorize(tree->root(), registry, diagnostics);
  if (!request) return {"error: " + request.error().message, {}};
  const auto authorized = iam::authorize(*request, registry);
  if (!authorized) return {"error: " + authorized.error().message, {}};
  naive::iam::Answer answer{iam::name(authorized->decision.outcome), {}};
  // The shorter way to the same outcome.
  const auto alone = iam::Authorizer(registry).outcome(*request);
  if (!alone || *alone != authorized->decision.outcome) answer.decision += " with reasons, else without";
  for (std::size_t i = 0; i < iam::layer_count; ++i) {
    const iam::Say say = authorized->decision.layers[i];
    if (say != iam::Say::absent) answer.layers[iam::name(static_cast<iam::Layer>(i))] = iam::name(say);
  }
  return answer;
}

// What differs: the decision, or a layer of which both speak. Empty: nothing.
inline std::string difference(const naive::iam::Answer& judge, const naive::iam::Answer& engine) {
  std::string what;
  if (judge.decision != engine.decision) what = "decision: judge " + judge.decision + ", engine " + engine.decision;
  for (const auto& [layer, says] : judge.layers) {
    const auto found = engine.layers.find(layer);
    if (found == engine.layers.end() || found->second == says) continue;
    what += (what.empty() ? "" : "; ") + layer + ": judge " + says + ", engine " + found->second;
  }
  return what;
}

}  // namespace sallyport
