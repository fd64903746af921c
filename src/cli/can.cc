// can: one request, through the path that a workload really has.
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/question.h"
#include "show/decision.h"

namespace sallyport::cli {
int run_can(const Arguments& arguments, Console& console) {
  CanQuestion question;
  question.principal = arguments.get("principal");
  question.action = arguments.get("action");
  if (arguments.has("resource")) question.resource = arguments.get("resource");
  question.from = arguments.get("from");
  question.via = arguments.get("via");
  if (!question.from.empty() && !question.via.empty()) {
    return console.fail({"`--from` and `--via` exclude each other", "`--from` finds the door by itself"});
  }
  if (question.principal.empty() && question.from.empty()) {
    return console.fail({"`can` needs `--principal P`, or `--from W` whose own role asks",
                         "P: the ARN or name of a user or role, a service, or `anonymous`"});
  }
  for (const std::string& text : arguments.all("context")) {
    const auto entry = parse_context(text);
    if (!entry) return console.fail(entry.error());
    question.context.push_back(*entry);
  }

  const auto loaded = load(arguments, console);
  if (!loaded) return failed;
  const net::Engine engine(loaded->cloud, loaded->settings, loaded->options);
  const access::Access access(engine);
  const auto answer = access.can(question);
  if (!answer) return console.fail(answer.error(), loaded->cloud.registry().documents);
  show::Page page(loaded->cloud, console.style());
  std::string out;
  if (arguments.get("format") == "json") {
    show::can_json(out, page, *answer, loaded->diagnostics);
  } else {
    show::can_text(out, page, *answer);
  }
  console.write(out);
  return answer->outcome == iam::Outcome::unknown ? unknown : answered;
}

}  // namespace sallyport::cli
