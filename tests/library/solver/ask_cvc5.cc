#ifdef SALLYPORT_CVC5
#include <cvc5/cvc5.h>

#include <stdexcept>
#include <unordered_map>
#include <vector>
#endif

#include "library/solver/ask.h"

namespace sallyport::solver {

#ifdef SALLYPORT_CVC5

namespace {

using cvc5::Kind;
using cvc5::Term;

class Translator {
 public:
  explicit Translator(cvc5::Solver& solver) : solver_(solver) {}

  Term term(const z3::expr& e) {
    const auto found = done_.find(e.id());
    if (found != done_.end()) return found->second;
    std::vector<Term> arguments;
    if (!e.is_string_value()) {
      for (unsigned i = 0; i < e.num_args(); ++i) arguments.push_back(term(e.arg(i)));
    }
    const Term made = make(e, arguments);
    done_.emplace(e.id(), made);
    return made;
  }

  const std::vector<std::pair<std::string, Term>>& constants() const { return constants_; }

 private:
  Term make(const z3::expr& e, const std::vector<Term>& arguments) {
    if (e.is_string_value()) return solver_.mkString(e.get_escaped_string(), true);
    if (e.is_numeral()) {
      const std::string number = Z3_get_numeral_string(e.ctx(), e);
      if (e.is_int()) return solver_.mkInteger(number);
      if (e.is_real()) return solver_.mkReal(number);
      return solver_.mkBitVector(e.get_sort().bv_size(), number, 10);
    }
    const Z3_decl_kind kind = e.decl().decl_kind();
    switch (kind) {
      case Z3_OP_TRUE: return solver_.mkTrue();
      case Z3_OP_FALSE: return solver_.mkFalse();
      case Z3_OP_UNINTERPRETED: return constant(e);
      case Z3_OP_RE_FULL_SET: return solver_.mkRegexpAll();
      case Z3_OP_AND:
      case Z3_OP_OR:
        if (arguments.empty()) return solver_.mkBoolean(kind == Z3_OP_AND);
        if (arguments.size() == 1) return arguments[0];
        return solver_.mkTerm(kind == Z3_OP_AND ? Kind::AND : Kind::OR, arguments);
      case Z3_OP_EXTRACT: {
        const auto bound = [&](unsigned i) {
          return static_cast<std::uint32_t>(Z3_get_decl_int_parameter(e.ctx(), e.decl(), i));
        };
        return solver_.mkTerm(solver_.mkOp(Kind::BITVECTOR_EXTRACT, {bound(0), bound(1)}), arguments);
      }
      default: return solver_.mkTerm(kind_of(kind, e.decl().name().str()), arguments);
    }
  }

  static Kind kind_of(Z3_decl_kind kind, const std::string& name) {
    switch (kind) {
      case Z3_OP_EQ: return Kind::EQUAL;
      case Z3_OP_DISTINCT: return Kind::DISTINCT;
      case Z3_OP_ITE: return Kind::ITE;
      case Z3_OP_NOT: return Kind::NOT;
      case Z3_OP_IMPLIES: return Kind::IMPLIES;
      case Z3_OP_LE: return Kind::LEQ;
      case Z3_OP_GE: return Kind::GEQ;
      case Z3_OP_LT: return Kind::LT;
      case Z3_OP_GT: return Kind::GT;
      case Z3_OP_ADD: return Kind::ADD;
      case Z3_OP_SUB: return Kind::SUB;
      case Z3_OP_SEQ_CONCAT: return Kind::STRING_CONCAT;
      case Z3_OP_SEQ_PREFIX: return Kind::STRING_PREFIX;
      case Z3_OP_SEQ_SUFFIX: return Kind::STRING_SUFFIX;
      case Z3_OP_SEQ_CONTAINS: return Kind::STRING_CONTAINS;
      case Z3_OP_SEQ_EXTRACT: return Kind::STRING_SUBSTR;
      case Z3_OP_SEQ_LENGTH: return Kind::STRING_LENGTH;
      case Z3_OP_SEQ_TO_RE: return Kind::STRING_TO_REGEXP;
      case Z3_OP_SEQ_IN_RE: return Kind::STRING_IN_REGEXP;
      case Z3_OP_RE_STAR: return Kind::REGEXP_STAR;
      case Z3_OP_RE_CONCAT: return Kind::REGEXP_CONCAT;
      case Z3_OP_RE_UNION: return Kind::REGEXP_UNION;
      case Z3_OP_RE_RANGE: return Kind::REGEXP_RANGE;
      case Z3_OP_INTERNAL:  // z3 4.8.12 has no number for it
        if (name == "re.range") return Kind::REGEXP_RANGE;
        [[fallthrough]];
      default: throw std::runtime_error("no term of cvc5 for `" + name + "`");
    }
  }

  Term constant(const z3::expr& e) {
    const z3::sort sort = e.get_sort();
    cvc5::Sort type = solver_.getStringSort();
    if (sort.is_bool()) type = solver_.getBooleanSort();
    if (sort.is_int()) type = solver_.getIntegerSort();
    if (sort.is_real()) type = solver_.getRealSort();
    if (sort.is_bv()) type = solver_.mkBitVectorSort(sort.bv_size());
    const Term made = solver_.mkConst(type, e.decl().name().str());
    constants_.emplace_back(e.decl().name().str(), made);
    return made;
  }

  cvc5::Solver& solver_;
  std::unordered_map<unsigned, Term> done_;
  std::vector<std::pair<std::string, Term>> constants_;
};

std::string text_of(const Term& value) {
  if (value.isBooleanValue()) return value.getBooleanValue() ? "true" : "false";
  if (value.isBitVectorValue()) return value.getBitVectorValue(2);
  if (value.isIntegerValue()) return value.getIntegerValue();
  if (value.isRealValue()) return value.getRealValue();
  std::string text;
  if (value.isStringValue()) {
    for (const wchar_t c : value.getStringValue()) text += c > 0 && c < 128 ? static_cast<char>(c) : '\x01';
  }
  return text;
}

}  // namespace

bool has_cvc5() { return true; }

Asked ask_cvc5(const z3::expr& formula, unsigned milliseconds) {
  Asked asked;
  try {
    cvc5::Solver solver;
    solver.setLogic("ALL");
    solver.setOption("strings-exp", "true");
    solver.setOption("produce-models", "true");
    if (milliseconds > 0) solver.setOption("tlimit-per", std::to_string(milliseconds));
    Translator translator(solver);
    solver.assertFormula(translator.term(formula));
    const cvc5::Result result = solver.checkSat();
    asked.found = result.isSat() ? z3::sat : result.isUnsat() ? z3::unsat : z3::unknown;
    if (asked.found != z3::sat) return asked;
    for (const auto& [name, term] : translator.constants()) asked.values[name] = text_of(solver.getValue(term));
  } catch (const std::exception&) {
    asked.found = z3::unknown;  // an operator that was not foreseen, or the time limit on the way
  }
  return asked;
}

#else

bool has_cvc5() { return false; }
Asked ask_cvc5(const z3::expr&, unsigned) { return {}; }

#endif

}  // namespace sallyport::solver

// A library of cvc5's keeps some bytes from its start to the end of the process. Asked by
// LeakSanitizer, where that is linked.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: the sanitizer's name
extern "C" const char* __lsan_default_suppressions() { return "leak:libcln\nleak:libcvc5\nleak:libz3\n"; }
extern "C" const char* __lsan_default_options();  // NOLINT: the sanitizer's name
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
