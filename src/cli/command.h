// Command: what a command is called, takes and answers. One table of them
// (cli/commands.h) is read by the parser, `--help`, `completion` and `man`.
//
// Everything here is constant data, so that the program starts without building it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sallyport::cli {

class Arguments;
class Console;

// The exit statuses of DESIGN.md.
constexpr int answered = 0;
constexpr int failed = 1;   // usage or input error
constexpr int found = 2;    // a finding, a failed expectation
constexpr int unknown = 3;  // something that the answer needed is unknown

struct Option {
  const char* name;                // "from": given as --from
  const char* argument;            // "X"; nullptr: a switch
  const char* help;                // one line
  const char* choices = nullptr;   // "text json": the words it takes; nullptr: any text
  const char* standard = nullptr;  // what holds where it is not given; for choices the first
  bool required = false;
  bool many = false;  // may be given several times
};

struct Example {
  const char* command;  // without `sallyport `
  const char* says;     // what it answers
};

struct Command {
  const char* name;
  const char* summary;  // one line, lower case
  const char* text;     // some sentences; may be empty
  const char* inputs;   // "INPUT...", "DIR..."; nullptr: takes none
  bool inputs_required;
  std::span<const Option> options;  // its own; those of all commands come on top
  bool reads_cloud;                 // takes the options of commands that read a cloud
  std::span<const Example> examples;
  const char* statuses;  // what its exit statuses mean
  int (*run)(const Arguments&, Console&);
};

// What was given on a command line that fits its command.
class Arguments {
 public:
  const Command* command = nullptr;
  std::vector<std::string> inputs;
  std::map<std::string, std::vector<std::string>, std::less<>> values;

  bool has(std::string_view option) const { return values.find(option) != values.end(); }
  // The (last) value; the option's standard, else the empty text where it was not given.
  std::string get(std::string_view option) const;
  std::vector<std::string> all(std::string_view option) const;
};

// All options that a command takes, its own first.
std::vector<Option> options_of(const Command& command);

// The words of `choices`.
std::vector<std::string> choices_of(const Option& option);

}  // namespace sallyport::cli
