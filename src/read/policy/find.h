// Finds the policy documents in a file: a document by itself, or those that stand in an
// AWS answer, a Terraform plan or state, a CloudFormation template, or in lines of JSON.
//
// A document is an object with a member `Statement`, or a text that holds one. For what
// it is used is told by what stands around it (read/policy/use.h).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/origin.h"
#include "base/result.h"
#include "model/policy_source.h"
#include "read/policy/use.h"

namespace sallyport::read {

struct FoundPolicy {
  PolicySource source;
  TellTale told;
  std::string pointer;  // of the document in the file; empty: the file is the document
};

// Hands each document in `bytes`, which are the contents of `document`, to `take`, in order.
// Errors: not JSON; nothing in it looks like a policy; a document longer than `policy_limit`.
// Cost: linear, but for texts inside texts, of which three levels are followed.
Result<std::size_t> each_policy(std::string_view bytes, DocumentId document,
                                const std::function<void(FoundPolicy)>& take);

// Bytes of a document; AWS takes 32 KiB at most.
inline constexpr std::size_t policy_limit = std::size_t{1} << 20;

// All of them at once.
Result<std::vector<FoundPolicy>> find_policies(std::string_view bytes, DocumentId document);

}  // namespace sallyport::read
