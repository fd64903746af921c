#include "cli/parse.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "cli/commands.h"

namespace sallyport::cli {
namespace {

std::string see_help(const Command& command) {
  return fmt::format("`sallyport {} --help` shows what it takes", command.name);
}

tl::unexpected<Error> unknown_option(const Command& command, std::string given) {
  given = given.substr(0, given.find('='));
  std::vector<std::string> names;
  for (const Option& option : options_of(command)) names.push_back(fmt::format("--{}", option.name));
  const std::string meant = closest(given, names);
  return fail(fmt::format("`{}` has no option `{}`", command.name, given),
              meant.empty() ? see_help(command) : fmt::format("did you mean `{}`?", meant));
}

Result<bool> fits(const Command& command, const Option& option, const std::vector<std::string>& values) {
  if (values.size() > 1 && !option.many && option.argument != nullptr) {
    return fail(fmt::format("`--{}` is given {} times, it takes one {}", option.name, values.size(), option.argument),
                see_help(command));
  }
  const auto words = choices_of(option);
  if (words.empty()) return true;
  for (const std::string& value : values) {
    if (std::find(words.begin(), words.end(), value) != words.end()) continue;
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return fail(fmt::format("`--{}` does not take `{}`", option.name, value), fmt::format("it takes {}", all));
  }
  return true;
}

}  // namespace

Result<Arguments> parse(const Command& command, std::span<const std::string> words) {
  const std::vector<Option> options = options_of(command);
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  Arguments arguments;
  arguments.command = &command;
  std::vector<std::vector<std::string>> values(options.size());
  std::vector<int> switches(options.size());
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string name =
        fmt::format("{}--{}", std::string_view(options[i].name) == "help" ? "-h," : "", options[i].name);
    if (options[i].argument == nullptr) {
      app.add_flag(name, switches[i]);
    } else {
      app.add_option(name, values[i])->allow_extra_args(false)->type_name(options[i].argument);
    }
  }
  // CLI11 takes arguments from the back.
  std::vector<std::string> reversed(words.rbegin(), words.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ArgumentMismatch& e) {
    // "--from: 1 required X missing"
    const std::string message = e.what();
    return fail(fmt::format("`{}` needs a value", message.substr(0, message.find(':'))), see_help(command));
  } catch (const CLI::ParseError& e) {
    return fail(e.what(), see_help(command));
  }
  bool only_inputs = false;  // after `--`
  for (const std::string& word : app.remaining()) {
    if (word == "--" && !only_inputs) {
      only_inputs = true;
    } else if (word.size() > 1 && word.front() == '-' && !only_inputs) {
      return unknown_option(command, word);
    } else {
      arguments.inputs.push_back(word);
    }
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (switches[i] > 0) arguments.values[options[i].name] = {"yes"};
    if (!values[i].empty()) arguments.values[options[i].name] = values[i];
  }
  if (arguments.has("help")) return arguments;
  for (const Option& option : options) {
    if (auto ok = fits(command, option, arguments.all(option.name)); !ok) return tl::unexpected(ok.error());
    if (option.required && !arguments.has(option.name)) {
      return fail(fmt::format("`{}` needs `--{} {}`", command.name, option.name, option.argument),
                  fmt::format("{}: {}", option.argument, option.help));
    }
  }
  if (arguments.inputs.empty() && command.inputs_required) {
    return fail(fmt::format("`{}` needs {}", command.name, command.inputs), see_help(command));
  }
  if (!arguments.inputs.empty() && command.inputs == nullptr) {
    return fail(fmt::format("`{}` takes no `{}`", command.name, arguments.inputs.front()), see_help(command));
  }
  return arguments;
}

}  // namespace sallyport::cli
