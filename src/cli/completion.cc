#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/help.h"

namespace sallyport::cli {
namespace {

std::string all_commands() {
  std::string out;
  for (const Command& c : commands()) out += (out.empty() ? "" : " ") + std::string(c.name);
  return out;
}

std::string all_options(const Command& command) {
  std::string out;
  for (const Option& o : options_of(command)) out += (out.empty() ? "--" : " --") + std::string(o.name);
  return out;
}

// 'it'\''s' : one word of a shell.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string bash() {
  std::string out =
      "# bash completion of sallyport: source <(sallyport completion bash)\n"
      "_sallyport() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
      "  if ((COMP_CWORD == 1)); then\n";
  out += fmt::format("    COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\"))\n    return\n  fi\n",
                     all_commands());
  out += "  case $command:$before in\n";
  for (const Command& c : commands()) {
    for (const Option& o : options_of(c)) {
      if (o.choices == nullptr) continue;
      out += fmt::format("    {}:--{}) COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n", c.name, o.name,
                         o.choices);
    }
  }
  out += "  esac\n  if [[ $word == -* ]]; then\n    case $command in\n";
  for (const Command& c : commands()) {
    out += fmt::format("      {}) COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n", c.name, all_options(c));
  }
  out +=
      "    esac\n    return\n  fi\n"
      "  [[ $command == completion ]] && { COMPREPLY=($(compgen -W 'bash zsh fish' -- \"$word\")); return; }\n"
      "  COMPREPLY=($(compgen -f -- \"$word\"))\n"
      "}\ncomplete -o filenames -F _sallyport sallyport\n";
  return out;
}

std::string zsh() {
  std::string out =
      "#compdef sallyport\n# zsh completion of sallyport: source <(sallyport completion zsh)\n"
      "_sallyport() {\n  local -a commands\n  commands=(\n";
  for (const Command& c : commands()) {
    out += fmt::format("    {}\n", in_quotes(fmt::format("{}:{}", c.name, c.summary)));
  }
  out +=
      "  )\n  if ((CURRENT == 2)); then\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n  shift words\n  ((CURRENT--))\n  case $command in\n";
  for (const Command& c : commands()) {
    if (std::string_view(c.name) == "completion") {
      out += "    completion) _arguments '1:shell:(bash zsh fish)' ;;\n";
      continue;
    }
    out += fmt::format("    {}) _arguments", c.name);
    for (const Option& o : options_of(c)) {
      std::string help;
      for (const char ch : std::string_view(o.help)) {
        if (ch == '[' || ch == ']' || ch == ':') help += '\\';
        help += ch;
      }
      std::string spec = fmt::format("{}--{}[{}]", o.many ? "*" : "", o.name, help);
      if (o.argument != nullptr) {
        const std::string action = o.choices == nullptr ? "_files" : fmt::format("({})", o.choices);
        spec += fmt::format(":{}:{}", o.argument, action);
      }
      out += ' ' + in_quotes(spec);
    }
    out += " '*:input:_files' ;;\n";
  }
  out += "  esac\n}\ncompdef _sallyport sallyport\n";
  return out;
}

std::string fish() {
  std::string out = "# fish completion of sallyport: sallyport completion fish | source\n";
  for (const Command& c : commands()) {
    out += fmt::format("complete -c sallyport -n __fish_use_subcommand -f -a {} -d {}\n", c.name, in_quotes(c.summary));
  }
  out += "complete -c sallyport -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n";
  for (const Command& c : commands()) {
    for (const Option& o : options_of(c)) {
      out += fmt::format("complete -c sallyport -n '__fish_seen_subcommand_from {}' -l {} -d {}", c.name, o.name,
                         in_quotes(o.help));
      if (o.choices != nullptr) out += fmt::format(" -x -a {}", in_quotes(o.choices));
      if (o.choices == nullptr && o.argument != nullptr) out += " -r";
      out += '\n';
    }
  }
  return out;
}

}  // namespace

Result<std::string> completion(std::string_view shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  return fail(fmt::format("there is no completion for `{}`", shell), "it takes bash, zsh or fish");
}

int run_completion(const Arguments& arguments, Console& console) {
  if (arguments.inputs.size() != 1) return console.fail({"`completion` needs one SHELL", "it takes bash, zsh or fish"});
  const Result<std::string> script = completion(arguments.inputs.front());
  if (!script) return console.fail(script.error());
  console.write(*script);
  return answered;
}

}  // namespace sallyport::cli
