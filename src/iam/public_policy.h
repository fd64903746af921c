// Is a resource policy "public", as S3 Block Public Access means it?
//
// Public: an Allow for everybody, unless a condition fixes who (account, organization,
// ARN, user id) or whence (address range, VPC, endpoint) without wildcards or
// variables. One public statement makes the whole policy public. `unknown` where the
// page does not say: an operator or a key that it does not mention, beside others
// that it does.
// Source: S3 User Guide, access-control-block-public-access, "The meaning of public".
#pragma once

#include "base/truth.h"
#include "iam/statement.h"

namespace sallyport::iam {

Truth grants_public(const CompiledStatement& statement, const TextPool& texts);

}  // namespace sallyport::iam
