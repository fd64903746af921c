#include "iam/layer.h"

namespace sallyport::iam {

const char* name(Layer layer) {
  switch (layer) {
    case Layer::endpoint_policy: return "endpoint-policy";
    case Layer::identity_policy: return "identity-policy";
    case Layer::resource_policy: return "resource-policy";
    case Layer::scp: return "scp";
    case Layer::rcp: return "rcp";
    case Layer::boundary: return "boundary";
    case Layer::session_policy: return "session-policy";
    case Layer::s3_block_public_access: return "s3-block-public-access";
  }
  return "unknown";
}

const char* name(Say say) {
  switch (say) {
    case Say::absent: return "absent";
    case Say::none: return "none";
    case Say::allow: return "allow";
    case Say::deny: return "deny";
    case Say::conditional: return "conditional";
    case Say::unknown: return "unknown";
  }
  return "unknown";
}

}  // namespace sallyport::iam
