#include "cli/load.h"

namespace sallyport::cli {

std::optional<Loaded> load(const Arguments& arguments, Console& console) {
  if (arguments.has("base")) {
    console.fail({"`--base` is not there yet", "plans and templates over a snapshot come later"});
    return std::nullopt;
  }
  console.fail({"no reader of inputs is there yet"});
  return std::nullopt;
}

}  // namespace sallyport::cli
