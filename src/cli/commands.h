// The commands: the one table, and the function behind each.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/closest.h"
#include "cli/command.h"

namespace sallyport::cli {

// In the order in which help lists them.
std::span<const Command> commands();

// By its whole name: "paths", "policy compare".
const Command* find_command(std::string_view name);

// The first words of all commands, each once, in the same order: "paths", "policy".
std::vector<std::string> first_words();

// What may follow the first word of a name of two: "policy" -> "check", "compare".
// Empty: nothing follows.
std::vector<std::string> second_words(std::string_view first);

int run_paths(const Arguments& arguments, Console& console);
int run_reach(const Arguments& arguments, Console& console);
int run_can(const Arguments& arguments, Console& console);
int run_who(const Arguments& arguments, Console& console);
int run_check(const Arguments& arguments, Console& console);
int run_policy_check(const Arguments& arguments, Console& console);
int run_census(const Arguments& arguments, Console& console);
int run_confirm(const Arguments& arguments, Console& console);
int run_audience(const Arguments& arguments, Console& console);
int run_test(const Arguments& arguments, Console& console);
int run_resolve(const Arguments& arguments, Console& console);
int run_authorize(const Arguments& arguments, Console& console);
int run_policy_compare(const Arguments& arguments, Console& console);
int run_completion(const Arguments& arguments, Console& console);
int run_man(const Arguments& arguments, Console& console);

}  // namespace sallyport::cli
