// resolve: a Terraform configuration as a plan in which every link is known.
#include "resolve/resolve.h"

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <utility>

#include "cli/commands.h"
#include "cli/console.h"
#include "read/files.h"
#include "read/json/parse.h"

namespace sallyport::cli {
namespace {

namespace fs = std::filesystem;

// A folder of our own that goes with the command.
class Scratch {
 public:
  Scratch() : path_((fs::temp_directory_path() / "sallyport-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

int run_resolve(const Arguments& arguments, Console& console) {
  if (arguments.inputs.size() != 1) return console.fail({"`resolve` takes one folder", "that of the root module"});
  const std::string& folder = arguments.inputs.front();
  std::error_code error;
  if (!fs::is_directory(folder, error)) return console.fail({"`" + folder + "` is no folder"});
  const Scratch scratch;
  if (scratch.path().empty()) return console.fail({"no folder for a copy can be made"});
  auto given = read::read_file(arguments.get("plan"), read::json::size_limit);
  if (!given) return console.fail(given.error());
  const auto plan = resolve::resolve({folder, std::move(*given), arguments.get("program"), arguments.all("var"),
                                      arguments.all("var-file"), scratch.path()});
  if (!plan) return console.fail(plan.error());
  console.write(*plan);
  return answered;
}

}  // namespace sallyport::cli
