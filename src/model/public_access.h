// VPC Block Public Access as plain values (BP-1..7).
#pragma once

#include <cstdint>

#include "base/value.h"
#include "model/ids.h"
#include "model/object.h"

namespace sallyport {

enum class PublicAccessMode : std::uint8_t { off, block_bidirectional, block_ingress };

// What one account has set in one Region.
struct PublicAccessBlock {
  PublicAccessBlockId id;  // by account, in the scope of the Region
  Head head;
  Value<PublicAccessMode> mode;
};

enum class ExclusionMode : std::uint8_t { allow_bidirectional, allow_egress };

// A VPC (with all its subnets) or a subnet to which the block does not apply.
struct PublicAccessExclusion {
  PublicAccessExclusionId id;
  Head head;
  Ref what;  // a VPC or a subnet; none: the input does not say
  Value<ExclusionMode> mode;
};

}  // namespace sallyport
