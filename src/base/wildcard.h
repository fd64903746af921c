// Wildcard patterns as AWS writes them: `*` any run of characters, `?` exactly one.
#pragma once

#include <string_view>

namespace sallyport {

// Does the whole text match the pattern? Bytes are compared as they are; no
// escapes. Linear memory-free matcher: O(pattern x text) at worst, no recursion.
//
//   matches("s3:Get*", "s3:GetObject")   -> true
bool matches(std::string_view pattern, std::string_view text);

// The same with ASCII letters compared without case (action names, MA-1).
bool matches_ignoring_case(std::string_view pattern, std::string_view text);

// ASCII case folding; AWS's case-insensitive names are ASCII.
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace sallyport
