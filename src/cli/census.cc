// census: what is unknown, by cause, and what settles it.
#include "show/census.h"

#include "cli/commands.h"
#include "cli/load.h"

namespace sallyport::cli {

int run_census(const Arguments& arguments, Console& console) {
  const auto loaded = load(arguments, console);
  if (!loaded) return failed;
  net::Options options = loaded->options;
  options.hops = false;
  const net::Engine engine(loaded->cloud, loaded->settings, options);
  const guard::Survey survey(engine);
  const guard::Census census = guard::census(survey);
  show::Page page(loaded->cloud, console.style());
  const std::string format = arguments.get("format");
  std::string out;
  if (format == "json") {
    show::census_json(out, page, census, loaded->diagnostics);
  } else if (format == "markdown") {
    show::census_markdown(out, page, census);
  } else {
    show::census_text(out, page, census);
  }
  console.write(out);
  return answered;
}

}  // namespace sallyport::cli
