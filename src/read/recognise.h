// What a document is, told by its contents.
#pragma once

#include <cstdint>

#include "read/json/tree.h"

namespace sallyport::read {

enum class Format : std::uint8_t {
  nothing,          // empty
  aws_config,       // what AWS Config recorded: a snapshot, a history, a select
  aws_answer,       // what the AWS CLI printed, or what nothing else explains
  terraform_plan,   // `terraform show -json` of a plan
  terraform_state,  // `terraform show -json` of a state, or raw state v4
  cloudformation,   // a template, or the manifest of a cdk.out
  policy,           // a policy document by itself
};

Format format_of(const json::Tree& tree);

// "a Terraform plan", for messages.
const char* with_article(Format format);

}  // namespace sallyport::read
