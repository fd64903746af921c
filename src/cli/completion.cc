#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/help.h"

namespace sallyport::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// The first words of commands whose names have two.
std::vector<std::string> groups() {
  std::vector<std::string> found;
  for (std::string& word : first_words()) {
    if (!second_words(word).empty()) found.push_back(std::move(word));
  }
  return found;
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
                     joined(first_words()));
  for (const std::string& group : groups()) {
    out += fmt::format(
        "  if [[ $command == {0} ]]; then\n"
        "    ((COMP_CWORD == 2)) && {{ COMPREPLY=($(compgen -W '{1}' -- \"$word\")); return; }}\n"
        "    command+=\" ${{COMP_WORDS[2]}}\"\n  fi\n",
        group, joined(second_words(group)));
  }
  out += "  case $command:$before in\n";
  for (const Command& c : commands()) {
    for (const Option& o : options_of(c)) {
      if (o.choices == nullptr) continue;
      out += fmt::format("    '{}':--{}) COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n", c.name, o.name,
                         o.choices);
    }
  }
  out += "  esac\n  if [[ $word == -* ]]; then\n    case $command in\n";
  for (const Command& c : commands()) {
    out += fmt::format("      '{}') COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n", c.name, all_options(c));
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
  for (const std::string& word : first_words()) {
    const Command* c = find_command(word);
    const std::string says = c != nullptr ? c->summary : joined(second_words(word));
    out += fmt::format("    {}\n", in_quotes(fmt::format("{}:{}", word, says)));
  }
  out +=
      "  )\n  if ((CURRENT == 2)); then\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n  shift words\n  ((CURRENT--))\n";
  for (const std::string& group : groups()) {
    out += fmt::format(
        "  if [[ $command == {0} ]]; then\n"
        "    ((CURRENT == 2)) && {{ compadd {1}; return; }}\n"
        "    command+=\" $words[2]\"\n    shift words\n    ((CURRENT--))\n  fi\n",
        group, joined(second_words(group)));
  }
  out += "  case $command in\n";
  for (const Command& c : commands()) {
    if (std::string_view(c.name) == "completion") {
      out += "    completion) _arguments '1:shell:(bash zsh fish)' ;;\n";
      continue;
    }
    out += fmt::format("    '{}') _arguments", c.name);
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

// The condition under which fish takes a line for one of that command.
std::string in_fish(std::string_view name) {
  const std::size_t space = name.find(' ');
  std::string out = fmt::format("__fish_seen_subcommand_from {}", name.substr(0, space));
  if (space != std::string_view::npos) {
    return out + fmt::format("; and __fish_seen_subcommand_from {}", name.substr(space + 1));
  }
  // `check` is not `policy check`.
  for (const std::string& group : groups()) {
    const auto seconds = second_words(group);
    if (std::find(seconds.begin(), seconds.end(), name) == seconds.end()) continue;
    out += fmt::format("; and not __fish_seen_subcommand_from {}", group);
  }
  return out;
}

std::string fish() {
  std::string out = "# fish completion of sallyport: sallyport completion fish | source\n";
  for (const std::string& word : first_words()) {
    const Command* c = find_command(word);
    out += fmt::format("complete -c sallyport -n __fish_use_subcommand -f -a {} -d {}\n", word,
                       in_quotes(c != nullptr ? c->summary : joined(second_words(word))));
  }
  for (const std::string& group : groups()) {
    out += fmt::format("complete -c sallyport -n '{}' -f -a '{}'\n", in_fish(group), joined(second_words(group)));
  }
  out += "complete -c sallyport -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n";
  for (const Command& c : commands()) {
    for (const Option& o : options_of(c)) {
      out += fmt::format("complete -c sallyport -n '{}' -l {} -d {}", in_fish(c.name), o.name, in_quotes(o.help));
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
