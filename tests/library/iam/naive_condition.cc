#include "library/iam/naive_condition.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

namespace sallyport::naive::iam {

namespace {

enum class Quantifier { none, all, any };

struct Operator {
  Quantifier quantifier = Quantifier::none;
  bool if_exists = false;
  bool negated = false;
  std::string base;  // lower case, positive: `stringequals`, `numericlessthan`, `null` ...
};

// `ForAnyValue:StringNotLikeIfExists`; names are case-insensitive in practice (MA-6).
Operator parse(const std::string& written) {
  Operator op;
  op.base = lower(written);
  if (starts_with(op.base, "forallvalues:")) op.quantifier = Quantifier::all;
  if (starts_with(op.base, "foranyvalue:")) op.quantifier = Quantifier::any;
  if (op.quantifier != Quantifier::none) op.base = op.base.substr(op.base.find(':') + 1);
  if (op.base.size() > 8 && op.base.substr(op.base.size() - 8) == "ifexists") {
    op.if_exists = true;
    op.base.resize(op.base.size() - 8);
  }
  const std::size_t negation = op.base.find("not");
  if (negation != std::string::npos) {
    op.negated = true;
    op.base.erase(negation, 3);
  }
  return op;
}

std::optional<double> number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') return std::nullopt;
  return value;
}

Kleene compare(const std::string& relation, std::optional<double> request, std::optional<double> policy) {
  if (!request || !policy) return Kleene::unknown;  // the rules do not say
  if (relation == "lessthan") return sure(*request < *policy);
  if (relation == "lessthanequals") return sure(*request <= *policy);
  if (relation == "greaterthan") return sure(*request > *policy);
  if (relation == "greaterthanequals") return sure(*request >= *policy);
  return sure(*request == *policy);
}

// One value of the request against one of the policy, by a positive operator.
Kleene holds(const std::string& base, const std::string& request, const std::string& text, const Pattern& pattern) {
  if (base == "stringequals" || base == "stringlike") return sure(matches(pattern, request));
  if (base == "stringequalsignorecase") {
    Pattern small = pattern;
    for (Letter& letter : small) letter.letter = lower(std::string(1, letter.letter))[0];
    return sure(matches(small, lower(request)));
  }
  if (base == "arnequals" || base == "arnlike") return arn_matches(pattern, request);
  if (base == "ipaddress") {
    const std::optional<bool> in = address_in(text, request);
    return in ? sure(*in) : Kleene::unknown;
  }
  if (base == "bool") {
    // Variables in Bool: the page on operators says yes, the page on variables no (CO-6).
    return text.find("${") != std::string::npos ? Kleene::unknown : sure(lower(request) == lower(text));
  }
  if (base == "binaryequals") return sure(request == text);
  if (starts_with(base, "numeric")) return compare(base.substr(7), number(request), number(text));
  if (starts_with(base, "date")) return compare(base.substr(4), seconds(request), seconds(text));
  return Kleene::unknown;
}

Kleene entry_holds(const Operator& op, const std::vector<std::string>& policy, const std::vector<std::string>* request,
                   const Context& context, bool variables) {
  if (op.base == "null") {
    // A key that is present and empty: AWS says both "exists" and "is not null".
    if (request && request->empty()) return Kleene::unknown;
    Kleene result = Kleene::no;
    for (const std::string& value : policy) result = either(result, sure((lower(value) == "true") == !request));
    return result;
  }
  if (policy.empty()) return Kleene::unknown;        // no value to compare with: the rules do not say
  if (!request && op.if_exists) return Kleene::yes;  // CO-1
  if (!request && op.quantifier == Quantifier::any) return Kleene::no;  // CO-2

  const bool text = starts_with(op.base, "string") || starts_with(op.base, "arn");
  const bool wildcards = op.base == "stringlike" || starts_with(op.base, "arn");
  if (!request) return sure(op.negated || op.quantifier == Quantifier::all);  // CO-1, CO-2
  std::vector<Kleene> each;
  for (const std::string& value : *request) {
    Kleene one = Kleene::no;
    for (const std::string& written : policy) {
      const Filled filled = fill(written, {variables && text, wildcards}, context);
      if (filled.filled == Kleene::yes) {
        one = either(one, holds(op.base, value, written, filled.pattern));
      } else {
        one = either(one, filled.filled);
      }
    }
    each.push_back(op.negated ? negation(one) : one);
  }
  Kleene every = Kleene::yes, some = Kleene::no;
  for (const Kleene one : each) every = both(every, one), some = either(some, one);
  Kleene result = every;
  if (op.quantifier == Quantifier::any) result = some;
  if (op.quantifier == Quantifier::all &&
      std::all_of(request->begin(), request->end(), [](const std::string& value) { return value.empty(); })) {
    result = request->empty() ? Kleene::yes : either(result, Kleene::unknown);
  }
  if (op.quantifier == Quantifier::none) {
    if (each.empty()) {
      result = sure(op.negated);  // present and empty: no value, so nothing matches; IfExists has no say
    } else if (every != some) {
      result = Kleene::unknown;  // several values need ForAllValues or ForAnyValue: undefined without
    }
  }
  return result;
}

}  // namespace

Kleene condition_holds(const Json& condition, const Context& context, bool variables) {
  Kleene result = Kleene::yes;
  for (const auto& [written, keys] : condition.items()) {
    for (const auto& [key, values] : keys.items()) {
      const auto found = context.find(lower(key));
      const std::vector<std::string>* request = found == context.end() ? nullptr : &found->second;
      result = both(result, entry_holds(parse(written), strings(values), request, context, variables));
    }
  }
  return result;
}

bool names_principal_arn(const Json& condition) {
  for (const auto& [written, keys] : condition.items()) {
    const Operator op = parse(written);
    const bool text = op.base == "stringequals" || op.base == "stringlike" || starts_with(op.base, "arn");
    // Which tests count as naming somebody AWS does not say; these leave no doubt.
    if (op.negated || op.if_exists || op.quantifier != Quantifier::none || !text) continue;
    for (const auto& [key, values] : keys.items()) {
      if (lower(key) == "aws:principalarn") return true;
    }
  }
  return false;
}

std::optional<bool> address_in(const std::string& block, const std::string& address) {
  const std::size_t slash = block.find('/');
  const std::string network = block.substr(0, slash);
  for (const int family : {AF_INET, AF_INET6}) {
    unsigned char base[16] = {}, host[16] = {};
    if (inet_pton(family, network.c_str(), base) != 1) continue;
    if (inet_pton(family, address.c_str(), host) != 1) {
      const int other = family == AF_INET ? AF_INET6 : AF_INET;
      return inet_pton(other, address.c_str(), host) == 1 ? std::optional<bool>(false) : std::nullopt;
    }
    const int bits = family == AF_INET ? 32 : 128;
    const int length = slash == std::string::npos ? bits : std::atoi(block.c_str() + slash + 1);
    if (length < 0 || length > bits) return std::nullopt;
    for (int bit = 0; bit < length; ++bit) {
      const int mask = 0x80 >> (bit % 8);
      if ((base[bit / 8] & mask) != (host[bit / 8] & mask)) return false;
    }
    return true;
  }
  return std::nullopt;
}

std::optional<double> seconds(const std::string& date) {
  if (const std::optional<double> epoch = number(date)) return epoch;
  for (const char* form : {"%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%MZ", "%Y-%m-%d"}) {
    std::tm parts = {};
    const char* end = strptime(date.c_str(), form, &parts);
    const long east = parts.tm_gmtoff;
    if (end && *end == '\0') return static_cast<double>(timegm(&parts) - east);
  }
  return std::nullopt;
}

}  // namespace sallyport::naive::iam
