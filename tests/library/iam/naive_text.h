// Texts of policies for the naive judge: variables, wildcards, ARNs, actions.
//
// Part of the independent judge of decisions (naive.h says why it exists).
// Rules: MA-1 .. MA-3 (matching), CO-4 (ARN operators), CO-6 (variables).
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "library/iam/kleene.h"

namespace sallyport::naive::iam {

using Json = nlohmann::json;

// The request's condition keys, names in lower case (MA-6).
using Context = std::map<std::string, std::vector<std::string>>;

std::string lower(std::string text);
bool starts_with(const std::string& text, const std::string& start);

// A string is a list of one; numbers and Booleans become their JSON text.
std::vector<std::string> strings(const Json& value);

// One character of a pattern; `wild` only for a `*` or `?` that is a wildcard.
struct Letter {
  char letter;
  bool wild;
};
using Pattern = std::vector<Letter>;

// How to read a text of a policy.
struct Reading {
  bool variables;  // the document's Version is 2012-10-17
  bool wildcards;  // `*` and `?` are wildcards here
};

// A text with its variables replaced. CO-6, the page on variables, "Policy variables with no
// value": a text with such a variable is equal to nothing and like nothing, so it matches
// nothing. A variable of several values is not foreseen: whether it matches is not known.
struct Filled {
  Pattern pattern;
  Kleene filled = Kleene::yes;
};

// Replaces variables from position `from` on.
Filled fill(const std::string& text, Reading reading, const Context& context, std::size_t from = 0);

// `*` and `?` stand for any characters.
bool matches(const Pattern& pattern, const std::string& text);

// MA-1: `s3:Get*` against `s3:GetObject`.
bool action_matches(const std::string& pattern, const std::string& action);

// MA-2, MA-3: an element of Resource against the request's resource.
Kleene resource_matches(const Pattern& pattern, const std::string& resource);

// CO-4: six parts, one by one.
Kleene arn_matches(const Pattern& pattern, const std::string& arn);

// The position after the fifth colon, where variables are read; the length when there are fewer.
std::size_t resource_part(const std::string& arn);

}  // namespace sallyport::naive::iam
