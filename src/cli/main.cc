// sallyport: finds the command, and hands it what was given.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/help.h"
#include "cli/parse.h"

namespace sallyport::cli {
namespace {

int unknown_command(const std::string& name, Console& console) {
  std::vector<std::string> names;
  std::string all;
  for (const Command& c : commands()) {
    names.emplace_back(c.name);
    all += (all.empty() ? "" : ", ") + std::string(c.name);
  }
  const std::string meant = closest(name, names);
  const std::string hint = fmt::format("the commands are {}", all);
  return console.fail({fmt::format("there is no command `{}`", name),
                       meant.empty() ? hint : fmt::format("did you mean `{}`? {}", meant, hint)});
}

int run(std::vector<std::string> words, Console& console) {
  if (words.empty()) {
    console.say(help());
    return failed;
  }
  std::string name = words.front();
  words.erase(words.begin());
  if (name == "--version") {
    console.write(fmt::format("sallyport {}\n", version));
    return answered;
  }
  if (name == "--help" || name == "-h" || name == "help") {
    if (words.empty()) {
      console.write(help());
      return answered;
    }
    name = words.front();
    words.erase(words.begin());
    words.resize(std::min<std::size_t>(words.size(), 1));  // the second word of a name, if it has one
    words.emplace_back("--help");
  }
  if (name.size() > 1 && name.front() == '-') {
    return console.fail({fmt::format("the first word is a command, not `{}`", name),
                         "options stand after it: sallyport COMMAND [OPTION...] INPUT..."});
  }
  if (const auto seconds = second_words(name); !seconds.empty()) {
    const bool asks = !words.empty() && (words.front() == "--help" || words.front() == "-h");
    if (asks) {
      for (const std::string& second : seconds) {
        console.write(help(*find_command(fmt::format("{} {}", name, second))) + "\n");
      }
      return answered;
    }
    if (words.empty() || words.front().starts_with('-')) {
      return console.fail({fmt::format("`{}` is followed by {}", name, fmt::join(seconds, " or ")),
                           fmt::format("`sallyport {} --help` explains them", name)});
    }
    name += " " + words.front();
    words.erase(words.begin());
  }
  const Command* command = find_command(name);
  if (command == nullptr) return unknown_command(name, console);
  const Result<Arguments> arguments = parse(*command, words);
  if (!arguments) return console.fail(arguments.error());
  if (arguments->has("help")) {
    console.write(help(*command));
    return answered;
  }
  console.obey(*arguments);
  return command->run(*arguments, console);
}

}  // namespace
}  // namespace sallyport::cli

int main(int argc, char** argv) {
  // A reader that goes away (`| head`) is an end, not a crash.
  std::signal(SIGPIPE, SIG_IGN);
  sallyport::cli::Console console(stdout, stderr);
  const int status = sallyport::cli::run({argv + (argc > 0 ? 1 : 0), argv + argc}, console);
  if (!console.flush()) return sallyport::cli::failed;
  return status;
}
