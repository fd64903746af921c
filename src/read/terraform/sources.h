// Sources: where the blocks of a configuration stand in its files, for answers that point there.
//
//   Sources sources("infra/", documents);
//   Origin at = sources.of(configuration, "module.net", "aws_subnet.a");   // infra/net/main.tf, where `resource`
//   begins
//
// A module's folder is the one that `terraform init` noted (.terraform/modules/modules.json), else that of a relative
// path in its call. Only `*.tf` is looked at, and of it only where blocks begin: nothing is evaluated. A file is read
// once, when something in its folder is first asked for.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/origin.h"
#include "base/result.h"
#include "read/terraform/configuration.h"

namespace sallyport::read::terraform {

// Where the blocks of a text begin, by their address: `aws_subnet.a`, `data.aws_ami.a`. Of one that stands twice the
// first counts. Cost: linear.
std::map<std::string, std::uint32_t, std::less<>> blocks_in(std::string_view text);

class Sources {
 public:
  // `folder`: the root module's. `documents` must outlive it, and takes the files in which something was found.
  Sources(std::string folder, Documents& documents);

  // None: the block, or the module's folder, is not there. `module` may have keys.
  Origin of(const Configuration& configuration, std::string_view module, std::string_view block);

 private:
  using Blocks = std::map<std::string, Origin, std::less<>>;
  const Blocks& blocks_of(const std::string& folder);
  // The folder of a module, with a slash at its end; empty: not known.
  const std::string& folder_of(const Configuration& configuration, std::string_view module);

  std::string root_;  // with a slash at its end
  Documents& documents_;
  std::map<std::string, std::string, std::less<>> noted_;    // by the names of calls: `net.inner`
  std::map<std::string, std::string, std::less<>> folders_;  // by module
  std::map<std::string, Blocks> blocks_;                     // by folder
};

}  // namespace sallyport::read::terraform
