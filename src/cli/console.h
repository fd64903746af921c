// Console: the answer's stream, the stream beside it, and what the terminal wants.
//
// Answers go to stdout, everything else to stderr. This is the one place that asks
// the environment.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/result.h"
#include "cli/command.h"
#include "show/style.h"

namespace sallyport {
struct Registry;
}

namespace sallyport::cli {

class Console {
 public:
  Console(std::FILE* out, std::FILE* err);

  // `--color`, `--verbose`, `--quiet`.
  void obey(const Arguments& arguments);

  void write(std::string_view text);  // the answer
  void say(std::string_view text);    // beside it
  show::Style style() const { return {out_color_}; }

  // "error: ..." with its hint; gives `failed`, so that `return console.fail(e)` reads well.
  int fail(const Error& error);
  int fail(const Error& error, const Documents& documents);
  void tell(const Diagnostics& diagnostics, const Documents& documents);

  // Everything was written? False: the disk is full, or nobody reads.
  bool flush();

  bool err_is_terminal() const { return err_terminal_; }
  std::chrono::steady_clock::time_point started() const { return started_; }

 private:
  std::FILE* out_;
  std::FILE* err_;
  bool out_terminal_;
  bool err_terminal_;
  bool out_color_ = false;
  bool err_color_ = false;
  bool verbose_ = false;
  bool quiet_ = false;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// A line on the terminal for work that takes over a second; gone when the work is done.
//
//   Progress progress(console, "flows", total);
//   for (...) progress.step();
class Progress {
 public:
  Progress(Console& console, const char* what, std::size_t total)
      : console_(console), what_(what), total_(total), next_(console.started() + std::chrono::seconds(1)) {}
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void step() { at(done_ + 1); }
  void at(std::size_t done);

 private:
  Console& console_;
  const char* what_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace sallyport::cli
