// VPC Block Public Access as plans and templates set it (BP-1, BP-4).
#pragma once

#include <string_view>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// `off`, `block-bidirectional`, `block-ingress`; unknown for any other word, or with `text`.
Value<PublicAccessMode> public_access_mode(Work& work, const Value<Text>& text, Origin origin);

// The setting of an account in a Region. Where the account is not known it is that of every
// account that the base has there, as nothing tells whose it is.
void put_public_access(Work& work, const Head& head, Value<PublicAccessMode> mode);

// An exclusion of a VPC or, where that is `none`, of a subnet.
void put_exclusion(Work& work, PublicAccessExclusionId id, Head head, const Value<VpcId>& vpc,
                   const Value<SubnetId>& subnet, const Value<Text>& mode);

}  // namespace sallyport::read::planned
