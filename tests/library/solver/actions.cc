#include "library/solver/actions.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sallyport::solver {

Actions::Actions(z3::context& z, const Texts& texts, const Json& older, const Json& newer)
    : z_(z),
      texts_(texts),
      prefixes_{"nothing"},
      prefix_(z.int_const("prefix")),
      name_(z.constant("name", z.string_sort())) {
  scan(older);
  scan(newer);
}

void Actions::scan(const Json& document) {
  const Json statements = document.value("Statement", Json::array());
  for (const Json& statement : statements.is_array() ? statements : Json::array({statements})) {
    for (const char* element : {"Action", "NotAction"}) {
      if (!statement.contains(element)) continue;
      for (const std::string& pattern : texts_of(statement[element])) {
        const std::string prefix = lower_case(pattern.substr(0, pattern.find(':')));
        if (prefix.find_first_of("*?") != std::string::npos) continue;
        if (std::find(prefixes_.begin(), prefixes_.end(), prefix) == prefixes_.end()) prefixes_.push_back(prefix);
      }
    }
  }
}

Three Actions::matches(const std::string& pattern) const {
  if (pattern == "*") return Three::sure(z_, true);
  const std::size_t colon = pattern.find(':');
  if (colon == std::string::npos) return Three::sure(z_, false);
  const std::string prefix = lower_case(pattern.substr(0, colon));
  const z3::expr name = texts_.action_name(name_, pattern.substr(colon + 1));
  if (prefix == "*") return Three::sure(name);
  const auto found = std::find(prefixes_.begin(), prefixes_.end(), prefix);
  if (found == prefixes_.end()) throw Unsupported("a wildcard within the prefix of an action");
  return Three::sure(prefix_ == static_cast<int>(found - prefixes_.begin()) && name);
}

z3::expr Actions::domain(bool core) const {
  const z3::expr known = prefix_ >= 0 && prefix_ < static_cast<int>(prefixes_.size());
  return core ? known && name_ != texts_.constant("") : known;
}

}  // namespace sallyport::solver
