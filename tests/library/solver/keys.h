// Condition keys as variables of the solver: each independently a value, several, or absent.
//
// What type a key's value has follows from the operators that test it in the two documents:
// a text, an address (bit vectors), a number (real) or a date (seconds, integer). A key that
// `ForAllValues` or `ForAnyValue` tests holds any set of values; as many slots stand for it
// as tests could tell apart.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "library/solver/texts.h"

namespace sallyport::solver {

enum class Quantifier { none, all, any };

// `ForAnyValue:StringNotLikeIfExists` taken apart (MA-6: names compare without case).
struct Operator {
  Quantifier quantifier = Quantifier::none;
  bool negated = false, if_exists = false;
  std::string base;  // lower case, positive: stringequals, ipaddress, numericlessthan, null ...
};
Operator read_operator(const std::string& written);

enum class Family { text, address, number, date };

struct Slot {
  z3::expr in;  // of a set: is the slot used? else: is the key present?
  std::optional<z3::expr> text, number, is_v6, v4, v6;
};

struct Key {
  std::string name;  // lower case
  Family family = Family::text;
  bool set = false;      // any set of values
  bool boolean = false;  // tested by Bool
  bool too_few = false;  // tests could tell more values apart than there are slots
  std::optional<z3::expr> present;
  std::vector<Slot> slots;  // one unless `set`
};

class Keys {
 public:
  // Throws Unsupported when a key is tested as two types.
  Keys(z3::context& z, const Json& older, const Json& newer);

  const Key& of(const std::string& name) const { return keys_.at(lower_case(name)); }
  const std::map<std::string, Key>& all() const { return keys_; }
  bool too_few() const;

  // What holds of every request; `core`: leave out values of which AWS does not say how they are read.
  z3::expr domain(const Texts& texts, bool core) const;

 private:
  void scan(const Json& document);
  void use(const std::string& name, const Operator& op, const Json& values);

  struct Use {
    std::vector<Family> families;
    bool set = false, boolean = false;
    std::set<std::string> tests, plain;  // each once, however many statements make it
  };
  z3::context& z_;
  std::map<std::string, Use> uses_;
  std::map<std::string, Key> keys_;
};

// Seconds since 1970 of an ISO 8601 date or of whole epoch seconds.
std::optional<long long> read_date(const std::string& text);
// `7.50e1` as `75`, `-1/4`: what the solver reads. Nothing where it is no number.
std::optional<std::string> read_number(const std::string& text);

}  // namespace sallyport::solver
