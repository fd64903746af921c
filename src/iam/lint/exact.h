// Exact: what the statements of a document do together, asked of the engine over sets of
// requests (iam/sets/). Relations of texts (relations.h) come first, since they say more
// clearly why; this answers where they do not. For the files of this folder only.
//
// A claim is made only where no request shows the contrary, in whatever way AWS may read
// what it leaves open. Statements of which something was not understood are left out: the
// claims below hold whatever else stands in the document.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "iam/lint/work.h"

namespace sallyport::iam::lint {

class Exact {
 public:
  explicit Exact(Work& work);
  ~Exact();

  // Of each statement that the outline has, by position. `true` is a claim.
  struct Claims {
    bool never = false;   // applies to no request
    bool denied = false;  // an Allow: whatever it allows, the document denies
    bool said = false;    // the rest of the document decides alike without it
  };
  // `told`: those of which enough was said; they support no claim of the last kind, and
  // get none. Cost: bounded, some milliseconds for the longest documents; beyond, no claims.
  std::vector<Claims> claims(const std::vector<bool>& told);

  // The statements (positions) that alone deny all that one allows; empty: only together.
  std::vector<std::size_t> denied_by(std::size_t statement);

 private:
  struct Made;
  Work& work_;
  std::unique_ptr<Made> made_;
};

// Does the document allow no request, of that service if one is given?
bool exactly_nothing(Work& work, std::string_view service);

// Do these statements, each a Deny of what is asked, deny every caller under every
// condition? Only their principals and conditions count.
bool deny_everybody(Work& work, const std::vector<const StatementView*>& statements);

}  // namespace sallyport::iam::lint
