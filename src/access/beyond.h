// Beyond: what a denial for lack of an Allow has to say beside its layers: permissions
// that no policy document holds and that are not read, on whose absence it rests; and
// which side had to allow.
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

// The same as causes of not knowing, for those who take no assumption (`--strict`).
std::vector<GapId> whether(const Cloud& cloud, const std::vector<std::string>& rests);

// Why an Allow had to come from where it is missing, for people; empty where the layers
// say it all (identity policies of one account), and of a denial by a Deny.
std::string why_missing(const Caller& caller, const Thing& thing, const iam::Decision& decision);

}  // namespace sallyport::access
