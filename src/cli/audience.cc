// audience: who can reach a door, and who may do what through it.
#include "show/audience.h"

#include "cli/commands.h"
#include "cli/load.h"

namespace sallyport::cli {

// The door stands first among the inputs: `sallyport audience vpce-0b7 collected`.
int run_audience(const Arguments& arguments, Console& console) {
  Arguments rest = arguments;
  const std::string door = rest.inputs.front();
  rest.inputs.erase(rest.inputs.begin());
  if (rest.inputs.empty()) {
    return console.fail({"`audience` needs a door and an INPUT", "sallyport audience vpce-0b7 collected"});
  }
  const auto loaded = load(rest, console);
  if (!loaded) return failed;
  const net::Engine engine(loaded->cloud, loaded->settings, loaded->options);
  const access::Access access(engine);
  const auto audience = access::audience(access, door);
  if (!audience) return console.fail(audience.error(), loaded->cloud.registry().documents);
  show::Page page(loaded->cloud, console.style());
  std::string out;
  if (arguments.get("format") == "json") {
    show::audience_json(out, page, *audience, loaded->diagnostics);
  } else {
    show::audience_text(out, page, *audience);
  }
  console.write(out);
  return answered;
}

}  // namespace sallyport::cli
