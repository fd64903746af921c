// Runs another program.
#pragma once

#include <string>
#include <vector>

namespace sallyport::bench {

// Runs `command` (its first word is a path) with an empty environment, standard
// output into `output`, and waits. False: it did not run, or failed.
bool run(const std::vector<std::string>& command, const std::string& output);

}  // namespace sallyport::bench
