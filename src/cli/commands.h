// The commands: the one table, and the function behind each.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace sallyport::cli {

// In the order in which help lists them.
std::span<const Command> commands();

const Command* find_command(std::string_view name);

// "--form" -> "--format": the closest of `words` if it is close, else empty.
std::string closest(std::string_view word, std::span<const std::string> words);

int run_paths(const Arguments& arguments, Console& console);
int run_reach(const Arguments& arguments, Console& console);
int run_can(const Arguments& arguments, Console& console);
int run_check(const Arguments& arguments, Console& console);
int run_census(const Arguments& arguments, Console& console);
int run_audience(const Arguments& arguments, Console& console);
int run_test(const Arguments& arguments, Console& console);
int run_authorize(const Arguments& arguments, Console& console);
int run_completion(const Arguments& arguments, Console& console);
int run_man(const Arguments& arguments, Console& console);

}  // namespace sallyport::cli
