// Stacks: from templates to stacks with their resources, nested ones among them, and
// where each is made.
#pragma once

#include <memory>
#include <vector>

#include "read/cloudformation/cloudformation.h"
#include "read/cloudformation/work.h"

namespace sallyport::read::cloudformation {

// Fills `work.stacks`. Trees of nested templates are added to `trees`, which must live
// as long as the stacks.
void build_stacks(Work& work, const std::vector<Template>& templates, const TemplateParameters& parameters,
                  const LoadTemplate& load, std::vector<std::unique_ptr<json::Tree>>& trees);

}  // namespace sallyport::read::cloudformation
