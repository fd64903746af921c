#include "library/solver/solver.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "library/solver/conditions.h"
#include "library/solver/principals.h"
#include "library/solver/witness.h"

namespace sallyport::solver {

namespace {

class Question {
 public:
  Question(const Json& older, const Json& newer, Place place)
      : texts_(z_),
        keys_(z_, older, newer),
        principals_(z_, place, older, newer),
        actions_(z_, texts_, older, newer),
        resource_(z_.constant("resource", z_.string_sort())),
        older_(allows(older)),
        newer_(allows(newer)),
        free_letter_(letter_of_neither(older, newer)) {}

  Direction ask(bool more, unsigned milliseconds, Solver solver) {
    const Three& with = more ? newer_ : older_;
    const Three& without = more ? older_ : newer_;
    Direction direction;
    Asked asked = put(domain(true) && with.low && !without.high, milliseconds, solver);
    if (asked.found == z3::sat) {
      direction.answer = Answer::yes;
      direction.witness = witness(asked, {actions_, resource_, principals_, keys_, free_letter_});
      return direction;
    }
    if (asked.found == z3::unsat) asked = put(domain(false) && with.chosen && !without.chosen, milliseconds, solver);
    if (asked.found == z3::unknown) {
      direction.why = "time limit";
    } else if (asked.found == z3::sat) {
      direction.answer = Answer::open;
    } else if (keys_.too_few()) {
      direction.why = "a set of too many values";
    } else {
      direction.answer = Answer::no;
    }
    return direction;
  }

 private:
  static Asked put(const z3::expr& formula, unsigned milliseconds, Solver solver) {
    if (solver == Solver::z3 || !has_cvc5()) return ask_z3(formula, milliseconds);
    const Asked asked = ask_cvc5(formula, milliseconds);
    return asked.found == z3::unknown && solver == Solver::either ? ask_z3(formula, milliseconds) : asked;
  }

  z3::expr domain(bool core) const {
    return actions_.domain(core) && keys_.domain(texts_, core) && principals_.domain(core);
  }

  Three element(const Json& statement, const char* name, bool variables) {
    const std::string negated = std::string("Not") + name;
    const bool inverse = statement.contains(negated);
    if (!inverse && !statement.contains(name)) return open(z_, std::string("no ") + name);
    const std::vector<std::string> patterns = texts_of(statement[inverse ? negated : name]);
    if (patterns.empty()) return open(z_, std::string("empty ") + name);
    const Conditions conditions{z_, texts_, keys_};
    std::vector<Three> list;
    for (const std::string& pattern : patterns) {
      list.push_back(std::string(name) == "Action" ? actions_.matches(pattern)
                                                   : conditions.resource(resource_, pattern, variables));
    }
    const Three listed = any(z_, list);
    return inverse ? !listed : listed;
  }

  Three allows(const Json& document) {
    const bool variables = document.value("Version", "2008-10-17") == "2012-10-17";
    const Json statements = document.value("Statement", Json::array());
    const Conditions conditions{z_, texts_, keys_};
    std::vector<Three> allow, deny;
    for (const Json& statement : statements.is_array() ? statements : Json::array({statements})) {
      const Three applies = all(z_, {principals_.means(statement), element(statement, "Action", variables),
                                     element(statement, "Resource", variables),
                                     conditions.hold(statement.value("Condition", Json::object()), variables)});
      (statement.at("Effect") == "Deny" ? deny : allow).push_back(applies);
    }
    return any(z_, allow) && !any(z_, deny);
  }

  z3::context z_;
  Texts texts_;
  Keys keys_;
  Principals principals_;
  Actions actions_;
  z3::expr resource_;
  Three older_, newer_;
  char free_letter_;
};

}  // namespace

bool available() { return true; }
std::string names() { return has_cvc5() ? "cvc5 and z3" : "z3"; }

Verdict compare(const Json& older, const Json& newer, Place place, unsigned milliseconds, Solver solver) {
  Verdict verdict;
  try {
    Question question(older, newer, place);
    verdict.more = question.ask(true, milliseconds, solver);
    verdict.less = question.ask(false, milliseconds, solver);
  } catch (const Unsupported& missing) {
    verdict.more.why = verdict.less.why = missing.what();
  } catch (const z3::exception& broken) {
    verdict = {};
    verdict.more.why = verdict.less.why = std::string("z3: ") + broken.msg();
  }
  return verdict;
}

}  // namespace sallyport::solver
