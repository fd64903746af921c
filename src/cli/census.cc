// census: what is unknown, by cause, and what settles it.
#include "show/census.h"

#include <algorithm>

#include "cli/commands.h"
#include "cli/lacks.h"
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
  std::vector<GapId> lacks = lacking_workloads(loaded->cloud);
  for (const GapId gap : lacking_targets(loaded->cloud)) lacks.push_back(gap);
  std::sort(lacks.begin(), lacks.end());
  lacks.erase(std::unique(lacks.begin(), lacks.end()), lacks.end());
  show::Page page(loaded->cloud, console.style());
  const std::string format = arguments.get("format");
  std::string out;
  if (format == "json") {
    show::census_json(out, page, census, lacks, loaded->diagnostics);
  } else if (format == "markdown") {
    show::census_markdown(out, page, census, lacks);
  } else {
    show::census_text(out, page, census, lacks);
  }
  console.write(out);
  return answered;
}

}  // namespace sallyport::cli
