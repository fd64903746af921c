// Exports: outputs of one stack that another imports by name (`Fn::ImportValue`).
#pragma once

#include "read/cloudformation/work.h"

namespace sallyport::read::cloudformation {

struct Export {
  Stack* stack = nullptr;  // null: no template given exports the name
  Node value;
};

// The output that goes by `name`, seen from `stack`: names are unique in an account and
// Region; where a place is not known it may be the same. Cost: linear in the outputs.
Export find_export(Work& work, const Stack& stack, Text name);

}  // namespace sallyport::read::cloudformation
