// Source: a Terraform configuration, copied and looked at before anything runs.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "read/json/tree.h"

namespace sallyport::resolve {

// The folders of modules that a plan's configuration calls by relative paths, seen from the root module's:
// `../../modules/vpc`, `modules/db`. Sorted, each once.
std::vector<std::string> local_modules(read::json::Node plan);

// Copies the configuration in `from` into the empty folder `to`: configuration, values of
// variables, files that it reads, modules below it, `.terraform/modules` and the lock file; and of `modules` that
// lie elsewhere their files and folders of files, so that relative paths lead where they led. Left out are
// states, plans, tests and links. Gives the root module's folder in the copy. Errors: no `*.tf` there; more than is a
// configuration.
Result<std::string> copy_source(const std::string& from, const std::vector<std::string>& modules,
                                const std::string& to);

// Why the configuration in `folder` must not be run: a line that begins a provisioner, or a data
// source that runs a program. Empty: nothing was seen. The text of files is looked at, so more may
// be refused than need be; what Terraform itself shows is asked, too (see `refusal`).
std::string refusal_of_text(const std::string& folder);

// A provider as a mock names it.
struct Provider {
  std::string name;
  std::string alias;  // empty: the default one
  friend auto operator<=>(const Provider&, const Provider&) = default;
};

// The providers of a plan's resources. Errors: one that a module configures for itself, which a mock
// cannot replace.
Result<std::vector<Provider>> providers_of(read::json::Node plan);

// Why the configuration of a plan must not be applied, also with mocks, as Terraform itself shows it:
// provisioners. Empty: it may.
std::string refusal(read::json::Node plan);

}  // namespace sallyport::resolve
