// Any bytes as lines of `authorize`: no crash, no hang; the same answer twice; never
// `conditional`, since the context is complete; and no `unknown` without a reason.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "iam/authorize.h"
#include "read/authorize/authorize.h"
#include "read/json/parse.h"

namespace {

using namespace sallyport;

std::optional<iam::Outcome> decide(std::string_view line) {
  const auto tree = read::json::parse(std::string(line));
  if (!tree) return std::nullopt;
  Registry registry;
  Diagnostics diagnostics;
  const auto request = read::read_authorize(tree->root(), registry, diagnostics);
  if (!request) {
    if (request.error().message.empty()) std::abort();
    return std::nullopt;
  }
  const auto authorized = iam::authorize(*request, registry);
  if (!authorized) {
    if (authorized.error().message.empty()) std::abort();
    return std::nullopt;
  }
  const iam::Decision& decision = authorized->decision;
  if (*iam::Authorizer(registry).outcome(*request) != decision.outcome) std::abort();
  if (decision.outcome == iam::Outcome::conditional) std::abort();
  if (decision.outcome == iam::Outcome::unknown && decision.gaps.empty()) std::abort();
  return decision.outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 20'000) return 0;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (decide(line) != decide(line)) std::abort();
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return 0;
}
