// Texts of policies as regular expressions over sequences, for the solver judge.
//
// Reads wildcards and variables itself, from rules MA-1 .. MA-3, CO-3, CO-4 and CO-6; it
// shares nothing with the naive judge, which judges it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "library/solver/three.h"

namespace sallyport::solver {

using Json = nlohmann::json;

// What the encoding does not cover; the question is skipped, and says so.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string lower_case(std::string text);
// A string is a list of one; numbers and Booleans become their JSON text.
std::vector<std::string> texts_of(const Json& value);

// One piece of a text of a policy.
struct Piece {
  enum class Kind { letter, one, many, variable } kind;
  char letter = 0;            // kind letter
  std::string key, fallback;  // kind variable: its key in lower case, its default
  bool has_fallback = false;
};
using Pieces = std::vector<Piece>;

// Variables are read from position `from` on, in documents of Version 2012-10-17 (CO-6).
Pieces read_pieces(const std::string& text, bool variables, bool wildcards, std::size_t from = 0);
bool has_variable(const Pieces& pieces);

// The position after the fifth colon; the length when there are fewer.
std::size_t after_fifth_colon(const std::string& text);

// A part of a pattern that is matched as a whole.
struct Item {
  enum class Kind { text, any_case, one, many } kind;
  std::string text;       // text, any_case
  bool no_colon = false;  // one, many: a colon does not match
};
using Items = std::vector<Item>;

class Texts {
 public:
  explicit Texts(z3::context& z);

  z3::expr constant(const std::string& text) const;
  z3::expr language(const Items& items) const;
  z3::expr matches(const z3::expr& text, const Items& items) const;
  // A text that equals none of the wildcards `*`, and `?`, but variables' values, given in the
  // order of the pieces. Throws Unsupported for what needs a quantifier.
  z3::expr matches_with_values(const z3::expr& text, const Pieces& pieces, const std::vector<z3::expr>& values) const;

  // The name of an action, behind its colon, in lower case.
  z3::expr action_name(const z3::expr& name, const std::string& pattern) const;
  Three resource(const z3::expr& resource, const Pieces& pieces, const std::string& written) const;
  Three arn(const z3::expr& arn, const Pieces& pieces, const std::string& written) const;
  z3::expr string(const z3::expr& text, const Pieces& pieces, bool any_case) const;

 private:
  z3::context& z_;
  z3::sort regex_;
  z3::expr any_, not_colon_, everything_;
};

}  // namespace sallyport::solver
