// can: one request, through the path that a workload really has.
#include "cli/ask.h"
#include "cli/commands.h"
#include "show/decision.h"

namespace sallyport::cli {

int run_can(const Arguments& arguments, Console& console) {
  CanQuestion question;
  question.principal = arguments.get("principal");
  question.from = arguments.get("from");
  question.via = arguments.get("via");
  if (!question.from.empty() && !question.via.empty()) {
    return console.fail({"`--from` and `--via` exclude each other", "`--from` finds the door by itself"});
  }
  if (question.principal.empty() && question.from.empty()) {
    return console.fail({"`can` needs `--principal P`, or `--from W` whose own role asks",
                         "P: the ARN or name of a user or role, a service, or `anonymous`"});
  }
  const auto asked = parse_asked(arguments, console);
  if (!asked) return console.fail(asked.error());
  question.action = asked->action;
  question.resource = asked->resource;
  question.context = asked->context;
  const auto ask = [&](const access::Access& access) { return access.can(question); };
  return answer_with(arguments, console, ask, show::can_json, show::can_text, [](const access::CanAnswer& answer) {
    return answer.outcome == iam::Outcome::unknown ? unknown : answered;
  });
}

}  // namespace sallyport::cli
