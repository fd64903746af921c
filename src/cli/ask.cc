#include "cli/ask.h"

#include "base/closest.h"
#include "cli/question.h"
#include "facts/actions.h"

namespace sallyport::cli {
namespace {

void doubt_action(const std::string& action, Console& console) {
  const std::size_t colon = action.find(':');
  if (colon == std::string::npos || action.find_first_of("*?") != std::string::npos || facts::action(action)) return;
  std::vector<std::string> names;
  for (const facts::Action known : facts::actions(action.substr(0, colon))) names.push_back(known.full_name());
  const std::string meant = closest(action, names);
  const std::string hint = meant.empty() ? std::string() : "; did you mean `" + meant + "`?";
  console.tell({{Severity::warning, "unknown-action", "`" + action + "` is no action in AWS's reference" + hint, {}}},
               {});
}

}  // namespace

Result<Asked> parse_asked(const Arguments& arguments, Console& console) {
  Asked asked;
  asked.action = arguments.get("action");
  doubt_action(asked.action, console);
  if (arguments.has("resource")) asked.resource = arguments.get("resource");
  for (const std::string& text : arguments.all("context")) {
    auto entry = parse_context(text);
    if (!entry) return tl::unexpected(entry.error());
    asked.context.push_back(*std::move(entry));
  }
  return asked;
}

}  // namespace sallyport::cli
