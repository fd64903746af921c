// Resolve: the user's own Terraform, offline, with every provider mocked, on a copy of a
// configuration: a plan in which every link is known.
//
// The way: an ordinary plan tells what the configuration holds, as Terraform itself reads it; then
// `terraform test` with `mock_provider` and `command = apply` on a copy, and its values into the
// plan (read/terraform/resolved.h). Refused is what would run programs of its own, or would not be
// mocked.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace sallyport::resolve {

struct Request {
  std::string folder;                  // of the root module
  std::string plan;                    // of it, as `terraform show -json` prints it
  std::string program = "terraform";   // or `tofu`
  std::vector<std::string> variables;  // `name=value`
  std::vector<std::string> files;      // of variables
  std::string scratch;                 // where copies are made: an empty folder
  int seconds = 900;                   // each run of the program may take
};

// The plan as JSON text, for the reader of plans. Errors: the program or a provider is missing,
// the configuration is refused or does not apply; each says what to do.
Result<std::string> resolve(const Request& request);

}  // namespace sallyport::resolve
