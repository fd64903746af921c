// One document, taken alone, and one request: the naive judge's word on it.
//
// A document allows a request if an Allow statement applies and no Deny does: what
// `policy compare` is about. Layers and accounts play no part.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "library/iam/naive_statement.h"

namespace sallyport::naive::iam {

struct Asked {
  std::string principal;  // empty: whoever
  std::string action, resource;
  std::vector<std::pair<std::string, std::vector<std::string>>> context;
};

inline Kleene allows_alone(const Json& document, PolicyKind kind, const Asked& asked) {
  Question question;
  for (const auto& [key, values] : asked.context) question.context[lower(key)] = values;
  question.action = asked.action;
  question.resource = asked.resource;
  const std::string who = asked.principal.empty() ? "arn:aws:iam::999900001111:user/nobody" : asked.principal;
  question.caller = read_caller({{"request", {{"principal", who}, {"action", asked.action}}}}, question.context);
  // An identity provider is one whatever the action is.
  if (who.find("-provider/") != std::string::npos) question.caller.sort = Sort::provider;
  const Says says = ask(document, kind, question);
  return both(says.allow, negation(says.deny));
}

}  // namespace sallyport::naive::iam
