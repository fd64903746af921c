#include <set>
#include <vector>

#include "library/solver/ask.h"

namespace sallyport::solver {

namespace {

std::vector<z3::expr> constants_of(const z3::expr& formula) {
  std::vector<z3::expr> found, open = {formula};
  std::set<unsigned> seen;
  while (!open.empty()) {
    const z3::expr next = open.back();
    open.pop_back();
    if (!next.is_app() || !seen.insert(next.id()).second) continue;
    if (next.is_const() && next.decl().decl_kind() == Z3_OP_UNINTERPRETED) found.push_back(next);
    for (unsigned i = 0; i < next.num_args(); ++i) open.push_back(next.arg(i));
  }
  return found;
}

// z3 writes a character that is not printable as `\u{7f}`.
std::string unescaped(const std::string& escaped) {
  std::string text;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    const std::size_t close = escaped.find('}', i);
    if (escaped.compare(i, 3, "\\u{") != 0 || close == std::string::npos) {
      text += escaped[i];
      continue;
    }
    const unsigned long code = std::stoul(escaped.substr(i + 3, close - i - 3), nullptr, 16);
    text += code > 0 && code < 128 ? static_cast<char>(code) : '\x01';
    i = close;
  }
  return text;
}

}  // namespace

Asked ask_z3(const z3::expr& formula, unsigned milliseconds) {
  z3::solver solver(formula.ctx());
  if (milliseconds > 0) {
    z3::params limits(formula.ctx());
    limits.set("timeout", milliseconds);
    solver.set(limits);
  }
  solver.add(formula);
  Asked asked;
  asked.found = solver.check();
  if (asked.found != z3::sat) return asked;
  const z3::model model = solver.get_model();
  for (const z3::expr& constant : constants_of(formula)) {
    const z3::expr value = model.eval(constant, true);
    std::string text;
    if (value.is_bool()) {
      text = value.is_true() ? "true" : "false";
    } else if (value.is_string_value()) {
      text = unescaped(value.get_escaped_string());
    } else if (value.is_bv()) {
      for (unsigned bit = value.get_sort().bv_size(); bit-- > 0;) {
        text += model.eval(value.extract(bit, bit), true).get_numeral_uint() == 1 ? '1' : '0';
      }
    } else if (value.is_numeral()) {
      text = Z3_get_numeral_string(value.ctx(), value);
    } else {
      continue;
    }
    asked.values[constant.decl().name().str()] = text;
  }
  return asked;
}

}  // namespace sallyport::solver
