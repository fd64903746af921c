// Beyond: permissions that no policy document holds and that are not read: a denial
// for lack of an Allow rests on their absence, and says so.
#pragma once

#include <string>
#include <vector>

#include "access/caller.h"
#include "access/thing.h"
#include "iam/decide.h"

namespace sallyport::access {

// Access control lists of a bucket, for callers of other accounts; grants of a key, for
// the operations that they can hold. Empty: the denial rests on nothing of that kind
// (a Deny stands whatever else allows). `decision` may be nullptr: some denial.
// Sources: S3 User Guide, about-object-ownership; KMS Developer Guide, grants.
std::vector<std::string> rests_on(const Cloud& cloud, const Caller& caller, const Thing& thing,
                                  const iam::Decision* decision);

}  // namespace sallyport::access
