#include "iam/sets/bdd.h"

#include <algorithm>
#include <utility>

namespace sallyport::iam::sets {
namespace {

std::size_t mix(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t h = a * 0x9E3779B97F4A7C15 ^ b * 0xC2B2AE3D27D4EB4F ^ c * 0x165667B19E3779F9;
  h ^= h >> 32;
  return static_cast<std::size_t>(h * 0xD6E8FEB86659FD93 >> 7);
}

}  // namespace

Bdd::Node Bdd::variable(Variable v) {
  const std::size_t before = nodes_.size();
  const Node n = make(v, yes, no);
  if (nodes_.size() > before && ++variables_ > variable_limit) exhausted_ = true;
  return n;
}

void Bdd::grow() {
  table_.assign(std::max<std::size_t>(128, table_.size() * 2), 0);
  for (Node n = 2; n < nodes_.size() + 2; ++n) {
    const Entry& e = nodes_[n - 2];
    std::size_t at = mix(e.variable, e.high, e.low) & (table_.size() - 1);
    while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
    table_[at] = n;
  }
  both_cache_.assign(table_.size(), {});
}

Bdd::Node Bdd::make(Variable v, Node high, Node low) {
  if (high == low) return high;
  if ((nodes_.size() + 1) * 2 > table_.size()) grow();
  std::size_t at = mix(v, high, low) & (table_.size() - 1);
  for (; table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
    const Entry& e = nodes_[table_[at] - 2];
    if (e.variable == v && e.high == high && e.low == low) return table_[at];
  }
  if (nodes_.size() >= budget_) {
    exhausted_ = true;
    return no;
  }
  nodes_.push_back({v, high, low});
  negation_.push_back(0);
  return table_[at] = static_cast<Node>(nodes_.size() + 1);
}

Bdd::Node Bdd::negation(Node a) {
  if (a <= yes) return a == no ? yes : no;
  if (negation_[a - 2] != 0 || exhausted_) return negation_[a - 2];
  const Entry e = nodes_[a - 2];
  const Node high = negation(e.high);
  const Node low = negation(e.low);
  const Node result = make(e.variable, high, low);
  negation_[a - 2] = result;
  if (result > yes) negation_[result - 2] = a;
  return result;
}

Bdd::Node Bdd::both(Node a, Node b) {
  if (a == b || b == yes) return a;
  if (a == yes) return b;
  if (a == no || b == no || exhausted_) return no;
  if (a > b) std::swap(a, b);
  const std::size_t hash = mix(a, b, 0);
  if (const Cached& c = both_cache_[hash & (both_cache_.size() - 1)]; c.a == a && c.b == b) return c.result;
  const Variable v = std::min(top(a), top(b));
  const Node high = both(cofactor(a, v, true), cofactor(b, v, true));
  const Node low = both(cofactor(a, v, false), cofactor(b, v, false));
  const Node result = make(v, high, low);
  both_cache_[hash & (both_cache_.size() - 1)] = {a, b, result};  // the table may have grown
  return result;
}

std::vector<Bdd::Variable> Bdd::support(Node n) const {
  std::vector<Variable> variables;
  std::vector<Node> open{n};
  std::vector<bool> marked(nodes_.size() + 2, false);
  while (!open.empty()) {
    const Node m = open.back();
    open.pop_back();
    if (m <= yes || marked[m]) continue;
    marked[m] = true;
    variables.push_back(top(m));
    open.push_back(high(m));
    open.push_back(low(m));
  }
  std::sort(variables.begin(), variables.end());
  variables.erase(std::unique(variables.begin(), variables.end()), variables.end());
  return variables;
}

}  // namespace sallyport::iam::sets
