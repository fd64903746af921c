// Is a resource policy "public", as S3 Block Public Access means it?
//
// Public: an Allow for everybody, unless a condition fixes who (account, organization,
// ARN, user id) or whence (address range, VPC, endpoint) without wildcards or
// variables. One public statement makes the whole policy public.
// Source: S3 User Guide, access-control-block-public-access, "The meaning of public".
#pragma once

#include "base/truth.h"
#include "iam/statement.h"

namespace sallyport::iam {

Truth grants_public(const CompiledStatement& statement);

}  // namespace sallyport::iam
