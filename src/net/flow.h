// Flow: all alternatives of one question, walked and united.
#pragma once

#include "net/engine.h"
#include "net/index.h"

namespace sallyport::net {

Answer answer_flow(const Index& index, const Flow& flow);

}  // namespace sallyport::net
