// Command lines: from `argv` to Arguments that fit their command.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "cli/command.h"

namespace sallyport::cli {

// `words` are those after the command's name. Errors, each one clear line with a
// hint: unknown or repeated options, missing values, words that an option does not
// take, missing inputs. With `--help` nothing is missing.
Result<Arguments> parse(const Command& command, std::span<const std::string> words);

}  // namespace sallyport::cli
