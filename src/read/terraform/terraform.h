// Terraform: a plan or a state -> a change.
//
//   Cloud cloud = apply(base, read::read_terraform(base, tree));
//
// A plan gives what is there after it is applied; a state what it manages. An id that
// does not exist yet is a symbol; links that are known after apply are followed through
// the plan's configuration where one reading is left, else they are unknown with a gap.
// Every row's origin is its resource in the document.
//
// Idea: `document.h` makes one list of resources, `attributes.h` reads their arguments
// three-valued, and one small function for each resource type fills rows of the model.
#pragma once

#include <string>

#include "model/cloud.h"
#include "read/json/tree.h"

namespace sallyport::read {

// `tree` holds the output of `terraform show -json` (of a plan or a state) or a raw
// state. `base` is what is there already: objects that the plan leaves alone are taken
// from it, and nothing is claimed to be all there is; an empty cloud if the plan stands
// alone. Never fails: what is not understood is a diagnostic, and a gap where it counts.
// `source`: the folder of the configuration that was planned; what is found there is where rows and diagnostics say
// that they come from. Empty: they come from the document. Cost: about linear.
Change read_terraform(const Cloud& base, const json::Tree& tree, const std::string& source = {});

}  // namespace sallyport::read
