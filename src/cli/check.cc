// check: the controls; findings by cause.
#include "show/check.h"

#include <chrono>
#include <ctime>

#include "access/access.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/load.h"

namespace sallyport::cli {
namespace {

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[16];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &utc)};
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

}  // namespace

int run_check(const Arguments& arguments, Console& console) {
  guard::CheckOptions options;
  options.only = arguments.all("control");
  options.today = arguments.has("today") ? arguments.get("today") : today();
  if (!is_date(options.today)) {
    return console.fail({"`" + options.today + "` is no date", "dates are written 2026-01-31"});
  }
  const auto loaded = load(arguments, console);
  if (!loaded) return failed;
  const net::Engine engine(loaded->cloud, loaded->settings, loaded->options);
  const access::Access access(engine);
  const auto report = guard::check(access, options);
  const Documents& documents = loaded->cloud.registry().documents;
  if (!report) return console.fail(report.error(), documents);
  console.tell(report->diagnostics, documents);

  show::Page page(loaded->cloud, console.style());
  Diagnostics diagnostics = loaded->diagnostics;
  diagnostics.insert(diagnostics.end(), report->diagnostics.begin(), report->diagnostics.end());
  const std::string format = arguments.get("format");
  std::string out;
  if (format == "json") {
    show::check_json(out, page, *report, diagnostics);
  } else if (format == "sarif") {
    show::check_sarif(out, page, *report, version);
  } else if (format == "markdown") {
    show::check_markdown(out, page, *report);
  } else {
    show::check_text(out, page, *report, {arguments.has("show-suppressed")});
  }
  console.write(out);
  const auto level = guard::parse_level(arguments.get("fail-on"));  // `none` is no level
  if (level && guard::fails(*report, *level)) return found;
  return guard::undecided(*report) ? unknown : answered;
}

}  // namespace sallyport::cli
