// confirm: the questions that AWS could confirm, as a script, and what came of them.
#include <fmt/format.h>

#include <charconv>

#include "cli/commands.h"
#include "cli/load.h"
#include "cli/question.h"
#include "show/confirm.h"

namespace sallyport::cli {
namespace {

Result<confirm::SampleOptions> sample_options(const Arguments& arguments) {
  confirm::SampleOptions options;
  const std::string samples = arguments.get("samples");
  const auto [end, error] = std::from_chars(samples.data(), samples.data() + samples.size(), options.of_each);
  if (error != std::errc() || end != samples.data() + samples.size() || options.of_each == 0 ||
      options.of_each > 1000) {
    return fail(fmt::format("`{}` is no number of samples", samples), "it takes a number from 1 to 1000");
  }
  const auto protocol = parse_protocol(arguments.get("protocol"));
  if (!protocol) return tl::unexpected(protocol.error());
  if (*protocol != tcp && *protocol != udp) {
    return fail("Reachability Analyzer takes no protocol but tcp and udp", "leave out `--protocol`, or say `udp`");
  }
  options.protocol = *protocol;
  const auto port = parse_port(arguments.get("port"));
  if (!port) return tl::unexpected(port.error());
  options.port = *port;
  return options;
}

}  // namespace

int run_confirm(const Arguments& arguments, Console& console) {
  const bool print = arguments.has("print");
  if (print == arguments.has("results")) {
    return console.fail({"`confirm` needs either `--print` or `--results DIR`",
                         "first print the script and run it, then read its results"});
  }
  const std::string format = arguments.get("format");
  if (print && format != "text") {
    return console.fail({fmt::format("`--print` writes a shell script, not `{}`", format), "leave out `--format`"});
  }
  const auto options = sample_options(arguments);
  if (!options) return console.fail(options.error());
  std::vector<confirm::Row> rows;
  if (!print) {
    auto read = confirm::read_folder(arguments.get("results"));
    if (!read) return console.fail(read.error());
    rows = *std::move(read);
  }
  const auto loaded = load(arguments, console);
  if (!loaded) return failed;
  net::Options how = loaded->options;
  how.hops = false;
  const net::Engine engine(loaded->cloud, loaded->settings, how);
  const access::Access access(engine, how.strict);
  std::string out;
  if (print) {
    show::confirm_script(out, confirm::sample(access, *options));
    console.write(out);
    return answered;
  }
  confirm::compare(access, rows);
  show::Page page(loaded->cloud, console.style());
  if (format == "json") {
    show::confirm_json(out, page, rows, loaded->diagnostics);
  } else if (format == "case") {
    show::confirm_case(out, rows);
  } else {
    show::confirm_text(out, page, rows);
  }
  console.write(out);
  int status = answered;
  for (const confirm::Row& row : rows) {
    if (row.match == confirm::Match::differs) return found;
    if (row.match != confirm::Match::agrees) status = unknown;
  }
  return status;
}

}  // namespace sallyport::cli
