// Patterns of `*` and `?` against each other. Variables (`${...}`) stand for any text in
// `may_meet`, and for themselves in `within`.
#pragma once

#include <string>
#include <string_view>

namespace sallyport::iam::lint {

// Is there a text that both match? Exact. Cost: both lengths multiplied.
//   may_meet("s3:Get*", "s3:*Object") -> true
bool may_meet(std::string_view a, std::string_view b);

// Does `outer` match every text that `inner` matches? Never says so falsely.
//   within("s3:GetObject*", "s3:Get*") -> true
bool within(std::string_view inner, std::string_view outer);

// With each `${...}` as a `*`.
std::string without_variables(std::string_view text);

}  // namespace sallyport::iam::lint
