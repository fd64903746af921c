// Bdd: Boolean functions over numbered variables, as reduced ordered decision
// diagrams (Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986).
//
// Equal functions are equal numbers, so "are these the same" is one comparison. An
// instance serves one analysis: nodes are never freed. Its budget bounds nodes; once
// that is used up, `exhausted()` is set, results mean nothing, and whoever asks
// answers `unknown`.
//
//   Bdd bdd(10'000);
//   Bdd::Node f = bdd.both(bdd.variable(3), bdd.negation(bdd.variable(7)));
//
// Cost: an operation is at most the product of its operands' sizes. Recursion is as
// deep as there are variables on a path, of which `variable` takes `variable_limit`.
//
// C++ leaves the order open in which the operands of one call are made, and compilers
// differ: whoever makes two nodes or numbers two variables does it in two statements,
// so that the same input gives the same numbers everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sallyport::iam::sets {

class Bdd {
 public:
  using Node = std::uint32_t;
  using Variable = std::uint32_t;
  static constexpr Node no = 0;
  static constexpr Node yes = 1;
  static constexpr std::size_t variable_limit = 4'000;

  explicit Bdd(std::size_t budget) : budget_(budget) {}

  // The function that is true where `v` is. Smaller numbers stand nearer to the root.
  Node variable(Variable v);
  Node both(Node a, Node b);
  Node either(Node a, Node b) {
    const Node neither_a = negation(a);
    const Node neither_b = negation(b);
    return negation(both(neither_a, neither_b));
  }
  Node negation(Node a);
  Node without(Node a, Node b) { return both(a, negation(b)); }
  // `then` where `condition` is true, else `otherwise`.
  Node choose(Node condition, Node then, Node otherwise) {
    const Node one = both(condition, then);
    const Node other = both(negation(condition), otherwise);
    return either(one, other);
  }

  // The root's variable and what is left where it is true or false. Not of `no`, `yes`.
  Variable top(Node n) const { return nodes_[n - 2].variable; }
  Node high(Node n) const { return nodes_[n - 2].high; }
  Node low(Node n) const { return nodes_[n - 2].low; }
  // What is left of `n` where `v`, not below its root's variable, has that value.
  Node cofactor(Node n, Variable v, bool value) const {
    if (n <= yes || top(n) != v) return n;
    return value ? high(n) : low(n);
  }

  // The variables that the function depends on, ascending.
  std::vector<Variable> support(Node n) const;

  bool exhausted() const { return exhausted_; }
  std::size_t size() const { return nodes_.size(); }

 private:
  struct Entry {
    Variable variable;
    Node high, low;
  };
  struct Cached {
    Node a = 0, b = 0, result = 0;
  };
  Node make(Variable v, Node high, Node low);
  void grow();

  std::size_t budget_;
  std::size_t variables_ = 0;
  bool exhausted_ = false;
  std::vector<Entry> nodes_;        // the node n is nodes_[n - 2]
  std::vector<Node> table_;         // open addressing; 0: free
  std::vector<Cached> both_cache_;  // direct-mapped, lossy
  std::vector<Node> negation_;      // by node; 0: not computed
};

}  // namespace sallyport::iam::sets
