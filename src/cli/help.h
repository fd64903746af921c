// Help: the texts that the table of commands gives: for people, shells and `man`.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/command.h"

namespace sallyport::cli {

constexpr const char* version = "0.1.0";

std::string help();                        // of the program: all commands
std::string help(const Command& command);  // of one, with its examples

// A completion script. Errors: not one of bash, zsh, fish.
Result<std::string> completion(std::string_view shell);

// The manual page sallyport(1), as roff.
std::string manual();

}  // namespace sallyport::cli
