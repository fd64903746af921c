// Policies of AWS's that plans and templates name, and no answer of an account shows: those of which AWS's reference
// gives the document, and which many roles have.
//
// Source: AWS managed policy reference (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/), with the
// edit times in the .cc. All others stay what they are: not in the input.
#pragma once

#include "read/planned/work.h"

namespace sallyport::read::planned {

// Puts the documents of those that roles, users and groups of the change have, and neither it nor the base shows.
void put_managed_policies(Work& work);

}  // namespace sallyport::read::planned
