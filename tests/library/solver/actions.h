// Actions for the solver judge (MA-1): a prefix of finitely many, and a name of any letters.
//
// The prefixes are those that the two documents write, and one that neither does. Actions
// compare without case: the name is in lower case. (No formula keeps capital letters out of it: to all
// patterns they are letters that no pattern has, and `witness` replaces them by such a letter.)
#pragma once

#include <string>
#include <vector>

#include "library/solver/texts.h"

namespace sallyport::solver {

class Actions {
 public:
  Actions(z3::context& z, const Texts& texts, const Json& older, const Json& newer);

  // An element of Action or NotAction. Throws Unsupported for `s*:GetObject`.
  Three matches(const std::string& pattern) const;
  z3::expr domain(bool core) const;

  const z3::expr& prefix() const { return prefix_; }
  const z3::expr& name() const { return name_; }
  const std::string& prefix_text(int number) const { return prefixes_[static_cast<std::size_t>(number)]; }

 private:
  void scan(const Json& document);

  z3::context& z_;
  const Texts& texts_;
  std::vector<std::string> prefixes_;
  z3::expr prefix_, name_;
};

}  // namespace sallyport::solver
