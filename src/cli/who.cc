// who: every principal that may do something with a resource, and through which doors.
#include "show/who.h"

#include "cli/commands.h"
#include "cli/load.h"
#include "cli/question.h"

namespace sallyport::cli {

int run_who(const Arguments& arguments, Console& console) {
  access::WhoQuestion question;
  question.action = arguments.get("action");
  if (arguments.has("resource")) question.resource = arguments.get("resource");
  for (const std::string& text : arguments.all("context")) {
    const auto entry = parse_context(text);
    if (!entry) return console.fail(entry.error());
    question.context.push_back(*entry);
  }
  const auto loaded = load(arguments, console);
  if (!loaded) return failed;
  const net::Engine engine(loaded->cloud, loaded->settings, loaded->options);
  const access::Access access(engine);
  const auto answer = access::who(access, question);
  if (!answer) return console.fail(answer.error(), loaded->cloud.registry().documents);
  show::Page page(loaded->cloud, console.style());
  std::string out;
  if (arguments.get("format") == "json") {
    show::who_json(out, page, *answer, loaded->diagnostics);
  } else {
    show::who_text(out, page, *answer);
  }
  console.write(out);
  return answered;
}

}  // namespace sallyport::cli
