// who: every principal that may do something with a resource, and through which doors.
#include "show/who.h"

#include "cli/ask.h"
#include "cli/commands.h"

namespace sallyport::cli {

int run_who(const Arguments& arguments, Console& console) {
  const auto asked = parse_asked(arguments, console);
  if (!asked) return console.fail(asked.error());
  const access::WhoQuestion question{asked->action, asked->resource, asked->context};
  const auto ask = [&](const access::Access& access) { return access::who(access, question); };
  return answer_with(arguments, console, ask, show::who_json, show::who_text,
                     [](const access::WhoAnswer&) { return answered; });
}

}  // namespace sallyport::cli
