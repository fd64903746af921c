#include "model/resource.h"

namespace sallyport {

const char* service_of(Kind what) {
  switch (what) {
    case Kind::queue: return "sqs";
    case Kind::topic: return "sns";
    case Kind::key: return "kms";
    case Kind::secret: return "secretsmanager";
    case Kind::repository: return "ecr";
    case Kind::event_bus: return "events";
    case Kind::api: return "execute-api";
    case Kind::stream: return "kinesis";
    case Kind::state_machine: return "states";
    default: return nullptr;
  }
}

}  // namespace sallyport
