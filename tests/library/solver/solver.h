// The independent judge of `policy compare`: two policy documents as a question to SMT solvers.
//
// WHY IT EXISTS. The engine answers sets of requests by atoms and Boolean functions of its own.
// This judge writes the rules (MA, CO, EV-6) down as formulas over one request, whose
// action, resource, caller and condition keys are free, and asks whether some request is
// allowed by the one document and not by the other. It shares no code with the engine.
//
//   solver::Verdict v = solver::compare(older, newer, solver::Place::identity);
//   if (v.more.answer == solver::Answer::yes) show(v.more.witness->action);
//
// A document allows a request if an Allow statement applies and no Deny does. Requests are all
// texts (an action is `prefix:name`); each key is independently absent or one value, or any
// set of values if `ForAllValues` or `ForAnyValue` tests it.
//
// Where AWS leaves a reading open (three.h), `yes` means under every reading, `no` under none,
// `open` anything else. The same holds for requests at the edge, of which one may doubt
// whether they are any: an action without name, a resource that is no ARN, a value of Bool that is no
// Boolean: a `yes` is shown without them, a `no` with them.
//
// Without z3 at build time `available()` is false and all answers are `skipped`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sallyport::solver {

// Where the documents stand: identity (also SCP, boundary, session: no Principal), resource
// (also RCP), or an endpoint, which may be of either type (EP-2).
enum class Place { identity, resource, endpoint };

bool available();
std::string names();  // of the solvers: `z3`, `cvc5 and z3`

// Whom to ask. `either`: cvc5, and z3 where that does not answer in time.
enum class Solver { either, z3, cvc5 };

enum class Answer { yes, no, open, skipped };

struct Request {
  std::string principal, action, resource;
  std::vector<std::pair<std::string, std::vector<std::string>>> context;
};

struct Direction {
  Answer answer = Answer::skipped;
  std::optional<Request> witness;  // of `yes`; none where a value cannot be written as a text
  std::string why;                 // skipped: the time limit, or what the encoding does not cover
};

struct Verdict {
  Direction more;  // some request is allowed by the newer document and not by the older one
  Direction less;
};

// `milliseconds`: for each question to a solver; there are up to four. 0: no limit.
Verdict compare(const nlohmann::json& older, const nlohmann::json& newer, Place place, unsigned milliseconds,
                Solver solver = Solver::either);

// The word of DESIGN.md for both directions, or `open`, `skipped`.
std::string relation(const Verdict& verdict);

}  // namespace sallyport::solver
