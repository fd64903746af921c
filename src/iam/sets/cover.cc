#include "iam/sets/cover.h"

#include <algorithm>

namespace sallyport::iam::sets {
namespace {

class Maker {
 public:
  Maker(Bdd& bdd, std::size_t most) : bdd_(bdd), most_(most) {}
  Cover cover;

  // The function of the products that it adds. Depth: one level a variable.
  Bdd::Node add(Bdd::Node lower, Bdd::Node upper) {
    if (lower == Bdd::no || bdd_.exhausted()) return Bdd::no;
    if (upper == Bdd::yes) {
      if (cover.products.size() < most_) {
        cover.products.push_back(product_);
      } else {
        cover.complete = false;
      }
      return Bdd::yes;
    }
    Bdd::Variable v = lower > Bdd::yes ? bdd_.top(lower) : bdd_.top(upper);
    if (lower > Bdd::yes && upper > Bdd::yes) v = std::min(v, bdd_.top(upper));
    const Bdd::Node lower0 = bdd_.cofactor(lower, v, false);
    const Bdd::Node lower1 = bdd_.cofactor(lower, v, true);
    const Bdd::Node upper0 = bdd_.cofactor(upper, v, false);
    const Bdd::Node upper1 = bdd_.cofactor(upper, v, true);
    // What only one side of the variable can hold needs its literal.
    const Bdd::Node f0 = with(v, false, bdd_.without(lower0, upper1), upper0);
    const Bdd::Node f1 = with(v, true, bdd_.without(lower1, upper0), upper1);
    const Bdd::Node left0 = bdd_.without(lower0, f0);
    const Bdd::Node left1 = bdd_.without(lower1, f1);
    const Bdd::Node rest = bdd_.either(left0, left1);
    const Bdd::Node both = add(rest, bdd_.both(upper0, upper1));
    return bdd_.either(both, bdd_.choose(bdd_.variable(v), f1, f0));
  }

 private:
  Bdd::Node with(Bdd::Variable v, bool value, Bdd::Node lower, Bdd::Node upper) {
    product_.emplace_back(v, value);
    const Bdd::Node f = add(lower, upper);
    product_.pop_back();
    return f;
  }

  Bdd& bdd_;
  std::size_t most_;
  Product product_;
};

}  // namespace

Cover cover(Bdd& bdd, Bdd::Node lower, Bdd::Node upper, std::size_t most) {
  Maker maker(bdd, most);
  maker.add(lower, upper);
  if (bdd.exhausted()) maker.cover.complete = false;
  return std::move(maker.cover);
}

}  // namespace sallyport::iam::sets
