// Runs a command in this process, as `main` does, and catches what it writes.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/parse.h"

namespace sallyport::cli {

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

inline std::string contents(std::FILE* file) {
  std::string text;
  std::fflush(file);
  std::rewind(file);
  char buffer[4096];
  while (const auto n = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, n);
  return text;
}

// The command and its words: `{"paths", "--summary", folder}`.
inline Ran run(const std::vector<std::string>& words) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::tmpfile(), std::fclose);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> err(std::tmpfile(), std::fclose);
  Ran ran;
  {
    Console console(out.get(), err.get());
    const Command* command = find_command(words.front());
    const auto arguments = parse(*command, std::span(words).subspan(1));
    if (arguments) {
      console.obey(*arguments);
      ran.status = command->run(*arguments, console);
    } else {
      ran.status = console.fail(arguments.error());
    }
  }
  ran.out = contents(out.get());
  ran.err = contents(err.get());
  return ran;
}

inline std::string example(const std::string& state) {
  return std::string(SALLYPORT_SOURCE_DIR) + "/examples/article/" + state;
}

}  // namespace sallyport::cli
