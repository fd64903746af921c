// can: one request, through the path that a workload really has.
#include "cli/commands.h"
#include "cli/load.h"
#include "show/decision.h"

namespace sallyport::cli {
namespace {

// `aws:RequestTag/team=a,b`; `key=` makes the key absent.
Result<ContextEntry> parse_context(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return fail("`" + text + "` is no condition key with a value", "--context aws:RequestTag/team=a; `key=` is absent");
  }
  ContextEntry entry{text.substr(0, equals), {}};
  std::string_view rest = std::string_view(text).substr(equals + 1);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    entry.values.emplace_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return entry;
}

}  // namespace

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
