// audience: who can reach a door, and who may do what through it.
#include "show/audience.h"

#include "cli/ask.h"
#include "cli/commands.h"

namespace sallyport::cli {

// The door stands first among the inputs: `sallyport audience vpce-0b7 collected`.
int run_audience(const Arguments& arguments, Console& console) {
  Arguments rest = arguments;
  const std::string door = rest.inputs.front();
  rest.inputs.erase(rest.inputs.begin());
  if (rest.inputs.empty()) {
    return console.fail({"`audience` needs a door and an INPUT", "sallyport audience vpce-0b7 collected"});
  }
  const auto ask = [&](const access::Access& access) { return access::audience(access, door); };
  return answer_with(rest, console, ask, show::audience_json, show::audience_text,
                     [](const access::Audience&) { return answered; });
}

}  // namespace sallyport::cli
