// The doors of API Gateway: a private API answers through interface endpoints alone, any
// other one at its public address alone.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
#pragma once

#include "net/index.h"
#include "net/outcome.h"
#include "net/target.h"

namespace sallyport::net {

// The outcome of a walk that came to the service, under what the API there answers to.
// Of targets that are no API of the cloud: the outcome itself.
Outcome at_api(const Index& index, const Target& target, Outcome outcome);

}  // namespace sallyport::net
