// Inputs: folders, files and pipes, recognised by content, become one cloud.
//
//   auto cloud = read::read_cloud(registry, {"snapshot/"});
//
// All AWS answers among the inputs, of any number of accounts, are one snapshot;
// plans and states are laid over it in the order given, then all templates together. What one file gets wrong
// taints what depends on it and is a diagnostic of the cloud, not an error here.
#pragma once

#include <functional>
#include <istream>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/cloud.h"

namespace sallyport::read {

struct InputOptions {
  std::string base;                     // a snapshot that plans and templates are laid over; empty: none
  std::vector<std::string> parameters;  // files with values of template parameters; later ones count more
  std::vector<std::pair<std::string, std::string>> values = {};  // the same by name; they count most
  std::size_t piece = std::size_t{1} << 20;  // bytes of a long list that are read at a time (read/ahead.h)
  // Called now and then while files are read, with the bytes that are read and those of all files.
  std::function<void(std::size_t done, std::size_t all)> reading = {};
  // The folder of the configuration of plans and states; empty: not at hand. What it holds is where their resources
  // are said to stand.
  std::string source = {};
};

// The cloud of `paths`; `-` is `standard_input`. Errors: a path that does not exist
// or cannot be read, a file named by the user that is no input (a policy,
// broken JSON), or nothing at all that could be read; a base without plan or template on
// it, parameters without template, a source without plan or state, or that is no folder.
Result<Cloud> read_cloud(const RegistryPtr& registry, const std::vector<std::string>& paths,
                         std::istream* standard_input = nullptr, const InputOptions& options = {});

// The `sallyport.yaml` that goes with the inputs: in the first input folder that has
// one, else in the current folder; empty if there is none.
std::string find_settings(const std::vector<std::string>& paths);

}  // namespace sallyport::read
