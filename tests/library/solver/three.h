// Three: a statement about one request as a solver sees it, where AWS leaves a reading open.
//
// `low` holds under every reading, `high` under some. `chosen` holds under the reading
// that the free constants `reading ...` stand for; one constant per place in the rules
// and text, so that two documents with the same text are read alike. Always
// low => chosen => high; where AWS leaves nothing open all three are one expression.
#pragma once

#include <z3++.h>

#include <vector>

namespace sallyport::solver {

struct Three {
  z3::expr low, high, chosen;

  static Three sure(const z3::expr& e) { return {e, e, e}; }
  static Three sure(z3::context& z, bool b) { return sure(z.bool_val(b)); }
};

inline Three operator!(const Three& t) { return {!t.high, !t.low, !t.chosen}; }
inline Three operator&&(const Three& a, const Three& b) {
  return {a.low && b.low, a.high && b.high, a.chosen && b.chosen};
}
inline Three operator||(const Three& a, const Three& b) {
  return {a.low || b.low, a.high || b.high, a.chosen || b.chosen};
}
inline Three either(const z3::expr& c, const Three& a, const Three& b) {
  return {z3::ite(c, a.low, b.low), z3::ite(c, a.high, b.high), z3::ite(c, a.chosen, b.chosen)};
}

// `all` of none is true, `any` of none is false.
inline Three all(z3::context& z, const std::vector<Three>& list) {
  z3::expr_vector low(z), high(z), chosen(z);
  for (const Three& t : list) low.push_back(t.low), high.push_back(t.high), chosen.push_back(t.chosen);
  return {z3::mk_and(low), z3::mk_and(high), z3::mk_and(chosen)};
}
inline Three any(z3::context& z, const std::vector<Three>& list) {
  z3::expr_vector low(z), high(z), chosen(z);
  for (const Three& t : list) low.push_back(t.low), high.push_back(t.high), chosen.push_back(t.chosen);
  return {z3::mk_or(low), z3::mk_or(high), z3::mk_or(chosen)};
}

// What AWS leaves open: `narrow` surely, `wide` (which includes `narrow`) if `place` is read so.
inline Three open(const z3::expr& narrow, const z3::expr& wide, const std::string& place) {
  const z3::expr reading = narrow.ctx().bool_const(("reading " + place).c_str());
  return {narrow, wide, narrow || (reading && wide)};
}
inline Three open(z3::context& z, const std::string& place) { return open(z.bool_val(false), z.bool_val(true), place); }

}  // namespace sallyport::solver
