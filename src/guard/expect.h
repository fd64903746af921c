// Expect: runs expectations against a cloud: passed, or the difference.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "access/access.h"
#include "guard/check.h"
#include "model/expect.h"

namespace sallyport::guard {

struct Difference {
  std::string member;  // "verdict", "door", "layer" ...
  std::string expected;
  std::string got;
};

struct Tried {
  const Expectation* expectation = nullptr;
  std::string question;  // "reach alpha5 -> s3delta tcp 443"
  std::vector<Difference> differences;
  // The question itself could not be asked: a name that nothing has.
  std::optional<Error> error;
  std::optional<net::Answer> flow;           // reach
  std::optional<access::CanAnswer> request;  // can
  bool passed() const { return differences.empty() && !error; }
};

// What `authorize` says of one self-contained request; asked of the room that reads it.
struct Authorized {
  std::string decision;
  std::vector<std::pair<std::string, std::string>> layers;
  std::vector<std::string> by;  // layers that decided
};
using Authorize = std::function<Result<Authorized>(std::string_view json)>;
// What `policy compare` says of two files.
using Compare = std::function<Result<std::string>(const std::string& old_file, const std::string& new_file)>;

// Runs a case's expectations in their order, on the cloud that `access` stands on.
// The result points into `one`. Where an expectation needs a function that was not
// given, the answer is an error, never a pass.
std::vector<Tried> run(const Case& one, const access::Access& access, const Authorize& authorize = {},
                       const Compare& compare = {});

// The same for a case without a cloud (`authorize` and `compare` only).
std::vector<Tried> run(const Case& one, const Authorize& authorize, const Compare& compare);

}  // namespace sallyport::guard
