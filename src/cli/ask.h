// Ask: what the commands about decisions have in common: `can` and `who` read an action, a
// resource and condition keys; they and `audience` ask the policies of a loaded cloud.
#pragma once

#include <string>
#include <vector>

#include "access/access.h"
#include "base/result.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/load.h"
#include "model/expect.h"
#include "show/page.h"

namespace sallyport::cli {

// `--action`, `--resource` and each `--context`. Says it on the console where AWS's reference has no such action: it is
// asked all the same, since AWS adds some every week.
struct Asked {
  std::string action;
  std::string resource = "*";
  std::vector<ContextEntry> context;
};
Result<Asked> parse_asked(const Arguments& arguments, Console& console);

// Loads the inputs, asks, and writes what `json` or `text` makes of the answer. The exit
// status: `failed` after an error, else what `status` says of the answer.
//   return answer_with(arguments, console, [&](const access::Access& a) { return a.can(question); },
//                      show::can_json, show::can_text, [](const access::CanAnswer&) { return answered; });
template <class Ask, class Json, class Text, class Status>
int answer_with(const Arguments& arguments, Console& console, Ask ask, Json json, Text text, Status status) {
  const auto loaded = load(arguments, console);
  if (!loaded) return failed;
  const net::Engine engine(loaded->cloud, loaded->settings, loaded->options);
  const access::Access access(engine, loaded->options.strict);
  const auto answer = ask(access);
  if (!answer) return console.fail(answer.error(), loaded->cloud.registry().documents);
  show::Page page(loaded->cloud, console.style());
  std::string out;
  if (arguments.get("format") == "json") {
    json(out, page, *answer, loaded->diagnostics);
  } else {
    text(out, page, *answer);
  }
  console.write(out);
  return status(*answer);
}

}  // namespace sallyport::cli
