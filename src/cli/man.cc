#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/help.h"

namespace sallyport::cli {
namespace {

// Text that roff does not read: no escapes, no control lines, real hyphens.
std::string roff(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string option_line(const Option& option) {
  std::string out = fmt::format(".TP\n.B {}", roff(fmt::format("--{}", option.name)));
  if (option.argument != nullptr) out += fmt::format(" \\fI{}\\fR", option.argument);
  out += '\n' + roff(option.help);
  if (option.choices != nullptr) out += roff(fmt::format(" ({})", option.choices));
  if (option.standard != nullptr && *option.standard != '\0') out += roff(fmt::format(" [{}]", option.standard));
  return out + '\n';
}

}  // namespace

std::string manual() {
  std::string out = fmt::format(".TH SALLYPORT 1 \"\" \"sallyport {}\" \"User Commands\"\n", version);
  out += ".SH NAME\nsallyport \\- which door traffic takes in an AWS estate, and who may do what through it\n";
  out += ".SH SYNOPSIS\n.B sallyport\n.I COMMAND\n[\\fIOPTION\\fR...]\n\\fIINPUT\\fR...\n";
  out +=
      ".SH DESCRIPTION\nReads the configuration of an AWS estate and answers, offline, which door every workload's "
      "traffic takes to every service and resource, and who may do what through it. What is not known is said, with "
      "what settles it; it is never guessed.\n";
  out += ".SH COMMANDS\n";
  for (const Command& command : commands()) {
    out += fmt::format(".SS {}\n{}.\n", command.name, roff(command.summary));
    if (*command.text != '\0') out += ".PP\n" + roff(command.text) + '\n';
    for (const Option& option : command.options) out += option_line(option);
    out += fmt::format(".PP\nExit status: {}.\n", roff(command.statuses));
    for (const Example& example : command.examples) {
      out += fmt::format(".PP\n.nf\n$ sallyport {}\n.fi\n{}.\n", roff(example.command), roff(example.says));
    }
  }
  out += ".SH OPTIONS OF ALL COMMANDS\n";
  Command every{};
  every.reads_cloud = true;
  for (const Option& option : options_of(every)) out += option_line(option);
  out +=
      ".SH EXIT STATUS\n.TP\n0\nanswered; for \\fBcheck\\fR and \\fBtest\\fR: nothing found\n.TP\n1\nusage or input "
      "error\n.TP\n2\na finding at or above \\fB\\-\\-fail\\-on\\fR, or a failed expectation\n.TP\n3\nnothing of "
      "that, but something that the answer needed is unknown\n";
  out +=
      ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nno colours, also on a terminal\n"
      ".SH FILES\n.TP\n.I sallyport.yaml\nwhat no AWS file says: organization, trusted parties, controls, "
      "assumptions, suppressions\n";
  return out;
}

int run_man(const Arguments&, Console& console) {
  console.write(manual());
  return answered;
}

}  // namespace sallyport::cli
