// Laid over: what a plan or template changes of what is beneath it, told in one line.
#pragma once

#include <string>

#include "model/cloud.h"

namespace sallyport::read {

// The note "`plan.json` adds 3 objects to what is beneath, changes 1 and removes 1: those
// are its facts, all others are those of the base". Cost: linear in the change.
Diagnostic laid_over(const Cloud& base, const Change& change, const std::string& what);

}  // namespace sallyport::read
