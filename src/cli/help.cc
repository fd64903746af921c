#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "show/text.h"

namespace sallyport::cli {
namespace {

constexpr std::size_t width = 100;

std::string given_as(const Option& option) {
  return option.argument == nullptr ? fmt::format("--{}", option.name)
                                    : fmt::format("--{} {}", option.name, option.argument);
}

std::string explained(const Option& option) {
  std::string text = option.help;
  const auto words = choices_of(option);
  if (!words.empty()) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    text += fmt::format(" ({})", all);
  }
  if (option.standard != nullptr && *option.standard != '\0') text += fmt::format(" [{}]", option.standard);
  return text;
}

}  // namespace

std::string help() {
  std::string out =
      "sallyport: which door does traffic take in an AWS estate, and who may do what through it\n\n"
      "usage: sallyport COMMAND [OPTION...] INPUT...\n\ncommands:\n";
  std::size_t longest = 0;
  for (const Command& c : commands()) longest = std::max(longest, std::string_view(c.name).size());
  for (const Command& c : commands()) out += fmt::format("  {:{}}  {}\n", c.name, longest, c.summary);
  out +=
      "\ninputs: folders of AWS API answers as `collect.sh` writes them, or single files; `-` is stdin.\n"
      "        Several are merged into one cloud. What they are is told by their content.\n"
      "\n`sallyport COMMAND --help` explains a command, with examples. `--version` says which program this is.\n"
      "\nexit status: 0 answered, 1 usage or input error, 2 a finding or a failed expectation,\n"
      "             3 something that the answer needed is unknown\n";
  return out;
}

std::string help(const Command& command) {
  std::string out = fmt::format("sallyport {}: {}\n\nusage: sallyport {}", command.name, command.summary, command.name);
  for (const Option& option : command.options) {
    if (option.required) out += ' ' + given_as(option);
  }
  out += " [OPTION...]";
  if (command.inputs != nullptr) {
    const std::string inputs = command.inputs;
    out += command.inputs_required ? " " + inputs : " [" + inputs + "]";
  }
  out += "\n";
  if (*command.text != '\0') {
    out += '\n';
    for (const std::string& line : show::wrap(command.text, width)) out += line + '\n';
  }
  const std::vector<Option> options = options_of(command);
  std::size_t longest = 0;
  for (const Option& option : options) longest = std::max(longest, given_as(option).size());
  out += "\noptions:\n";
  for (const Option& option : options) {
    const auto lines = show::wrap(explained(option), width - longest - 4);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out += fmt::format("  {:{}}  {}\n", i == 0 ? given_as(option) : "", longest, lines[i]);
    }
  }
  if (!command.examples.empty()) out += "\nexamples:\n";
  for (const Example& example : command.examples) {
    out += fmt::format("  sallyport {}\n      {}\n", example.command, example.says);
  }
  out += fmt::format("\nexit status: {}\n", command.statuses);
  return out;
}

}  // namespace sallyport::cli
