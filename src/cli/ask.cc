#include "cli/ask.h"

#include "cli/question.h"

namespace sallyport::cli {

Result<Asked> parse_asked(const Arguments& arguments) {
  Asked asked;
  asked.action = arguments.get("action");
  if (arguments.has("resource")) asked.resource = arguments.get("resource");
  for (const std::string& text : arguments.all("context")) {
    auto entry = parse_context(text);
    if (!entry) return tl::unexpected(entry.error());
    asked.context.push_back(*std::move(entry));
  }
  return asked;
}

}  // namespace sallyport::cli
