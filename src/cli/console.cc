#include "cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "show/diagnostics.h"

namespace sallyport::cli {
namespace {

constexpr std::size_t most_diagnostics = 20;

bool wants_color(bool terminal) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return terminal && (no_color == nullptr || *no_color == '\0') && term != nullptr && std::string_view(term) != "dumb";
}

void put(std::FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

}  // namespace

Console::Console(std::FILE* out, std::FILE* err)
    : out_(out),
      err_(err),
      out_terminal_(isatty(fileno(out)) != 0),
      err_terminal_(isatty(fileno(err)) != 0),
      out_color_(wants_color(out_terminal_)),
      err_color_(wants_color(err_terminal_)) {}

void Console::obey(const Arguments& arguments) {
  const std::string when = arguments.get("color");
  if (when == "always") out_color_ = err_color_ = true;
  if (when == "never") out_color_ = err_color_ = false;
  verbose_ = arguments.has("verbose");
  quiet_ = arguments.has("quiet");
}

void Console::write(std::string_view text) { put(out_, text); }

void Console::say(std::string_view text) {
  std::fflush(out_);
  put(err_, text);
}

int Console::fail(const Error& error) {
  Error placeless = error;
  placeless.origin = {};
  return fail(placeless, Documents());
}

int Console::fail(const Error& error, const Documents& documents) {
  Places places(documents);
  std::string text;
  show::print_error(text, places, {err_color_}, error);
  say(text);
  return failed;
}

void Console::tell(const Diagnostics& diagnostics, const Documents& documents) {
  if (quiet_) return;
  Places places(documents);
  std::string text;
  show::print_diagnostics(text, places, {err_color_}, diagnostics, verbose_, verbose_ ? 0 : most_diagnostics);
  say(text);
}

bool Console::flush() { return std::fflush(out_) == 0 && std::ferror(out_) == 0; }

void Progress::at(std::size_t done) {
  done_ = done;
  if (!console_.err_is_terminal()) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  console_.say(fmt::format("\r{} of {} {}\x1b[K", done_, total_, what_));
}

Progress::~Progress() {
  if (shown_) console_.say("\r\x1b[K");
}

}  // namespace sallyport::cli
