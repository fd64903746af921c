// The `Condition` of a statement, for the solver judge: rules MA-6 and CO-1 .. CO-6.
#pragma once

#include "library/solver/keys.h"

namespace sallyport::solver {

struct Conditions {
  z3::context& z;
  const Texts& texts;
  const Keys& keys;

  // `variables`: the document's Version is 2012-10-17. Throws Unsupported.
  Three hold(const Json& condition, bool variables) const;
  // An element of Resource or NotResource: does it match?
  Three resource(const z3::expr& resource, const std::string& written, bool variables) const;

 private:
  Three test(const Operator& op, const Key& key, const std::vector<std::string>& values, bool variables) const;
  Three null(const Key& key, const std::vector<std::string>& values) const;
  Three matches(const std::string& base, const Slot& slot, const std::string& value, bool variables) const;
  Three address(const Slot& slot, const std::string& block) const;
  Three compare(const std::string& relation, const Slot& slot, const std::optional<z3::expr>& value,
                const std::string& written) const;
  // The values of the variables, in order, and whether all of them have one.
  z3::expr values_of(const Pieces& pieces, std::vector<z3::expr>& values) const;
};

}  // namespace sallyport::solver
