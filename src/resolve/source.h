// Source: a Terraform configuration, copied and looked at before anything runs.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "read/json/tree.h"

namespace sallyport::resolve {

// Copies the configuration in `from` into the empty folder `to`: configuration, values of
// variables, files that it reads, modules below it, `.terraform/modules` and the lock file. Left out are
// states, plans, tests and links. Errors: no `*.tf` there; more than is a configuration.
Result<bool> copy_source(const std::string& from, const std::string& to);

// Why the configuration in `folder` must not be run: a line that begins a provisioner, or a data
// source that runs a program. Empty: nothing was seen. The text of files is looked at, so more may
// be refused than need be; what Terraform itself says is asked later (see `refusal`).
std::string refusal_of_text(const std::string& folder);

// The blocks `provider "aws" {...}` of the root module: their names with their aliases, for mocks.
struct ProviderBlock {
  std::string name;
  std::string alias;  // empty: the default one
};
std::vector<ProviderBlock> provider_blocks(const std::string& folder);

// Why a planned configuration must not be applied, also with mocks: provisioners, providers that are not
// mocked, data sources whose answer would be made up and would count. Empty: it may.
std::string refusal(read::json::Node plan, const std::vector<ProviderBlock>& mocked);

}  // namespace sallyport::resolve
