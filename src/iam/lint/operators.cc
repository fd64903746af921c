// Operators against the keys and values that stand with them.
//
// Only what cannot match is told: a string operator may compare an ARN or a boolean, too.
// Source: IAM User Guide, reference_policies_elements_condition_operators and
// reference_policies_condition-single-vs-multi-valued-context-keys.
#include <algorithm>

#include "base/ip.h"
#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"
#include "iam/values.h"

namespace sallyport::iam::lint {
namespace {

using facts::KeyType;

enum class Family { string, numeric, date, boolean, binary, ip, arn, null };

Family family(Comparison comparison) {
  switch (comparison) {
    case Comparison::string_equals:
    case Comparison::string_equals_ignore_case:
    case Comparison::string_like: return Family::string;
    case Comparison::numeric_equals:
    case Comparison::numeric_less:
    case Comparison::numeric_less_equals:
    case Comparison::numeric_greater:
    case Comparison::numeric_greater_equals: return Family::numeric;
    case Comparison::date_equals:
    case Comparison::date_less:
    case Comparison::date_less_equals:
    case Comparison::date_greater:
    case Comparison::date_greater_equals: return Family::date;
    case Comparison::boolean: return Family::boolean;
    case Comparison::binary_equals: return Family::binary;
    case Comparison::ip_address: return Family::ip;
    case Comparison::arn_like: return Family::arn;
    case Comparison::null: return Family::null;
  }
  return Family::string;
}

const char* compares(Family f) {
  switch (f) {
    case Family::string: return "texts";
    case Family::numeric: return "numbers";
    case Family::date: return "dates";
    case Family::boolean: return "`true` and `false`";
    case Family::binary: return "base 64";
    case Family::ip: return "addresses";
    case Family::arn: return "ARNs";
    case Family::null: return "whether a key is there, `true` or `false`";
  }
  return "texts";
}

const char* holds(KeyType type) {
  switch (type) {
    case KeyType::string: return "a text";
    case KeyType::arn: return "an ARN";
    case KeyType::boolean: return "a boolean";
    case KeyType::numeric: return "a number";
    case KeyType::date: return "a date";
    case KeyType::ip_address: return "an address";
  }
  return "a text";
}

// Can a value of the key be of the operator's type? Texts may hold anything, but those
// of global keys are known: none is an address or a boolean.
bool fits(Family f, const KnownKey& key) {
  const bool text = key.type == KeyType::string && key.global && key.name.find("Tag/") == std::string_view::npos;
  switch (f) {
    case Family::string:
    case Family::binary:
    case Family::null: return true;
    case Family::numeric:
      return key.type == KeyType::numeric || key.type == KeyType::date || key.type == KeyType::string;
    case Family::date: return key.type == KeyType::date || key.type == KeyType::numeric || key.type == KeyType::string;
    case Family::boolean: return key.type == KeyType::boolean || (key.type == KeyType::string && !text);
    case Family::ip: return key.type == KeyType::ip_address || (key.type == KeyType::string && !text);
    case Family::arn: return key.type == KeyType::arn || key.type == KeyType::string;
  }
  return true;
}

// Is the value surely not of the operator's type?
bool misfit(Family f, std::string_view value) {
  if (value.find("${") != std::string_view::npos) return false;
  switch (f) {
    case Family::string: return false;
    case Family::numeric: return !parse_decimal(value);
    case Family::date: return value.empty() || value.front() < '0' || value.front() > '9';
    case Family::boolean:
    case Family::null: return !parse_boolean(value);
    case Family::binary: return !parse_base64(value);
    case Family::ip: return !parse_prefix(value);
    case Family::arn: return !value.starts_with("arn:") && !has_wildcard(value);
  }
  return false;
}

void types(Work& work, const StatementView& s, const Line& line) {
  const Family f = family(line.op.comparison);
  const auto key = known_key(line.key);
  if (key && !fits(f, *key)) {
    work.found(
        "operator-type", line.at,
        quote(line.op_name) + " compares " + compares(f) + ", but " + quote(line.key) + " holds " + holds(key->type),
        &s, true);
    return;
  }
  for (const Word& value : line.values) {
    if (misfit(f, value.text)) {
      work.found("value-type", value.at,
                 quote(line.op_name) + " compares " + compares(f) + ", and " + quote(value.text) + " is none", &s);
    } else if (f == Family::string && key && key->type == KeyType::ip_address &&
               value.text.find('/') != std::string_view::npos) {
      work.found("operator-type", value.at,
                 quote(line.op_name) + " compares texts: no address equals the range " + quote(value.text) + "; use `" +
                     (line.op.negated ? "NotIpAddress" : "IpAddress") + "`",
                 &s);
    }
  }
}

void wildcards(Work& work, const StatementView& s, const Line& line) {
  const Comparison c = line.op.comparison;
  if (c != Comparison::string_equals && c != Comparison::string_equals_ignore_case) return;
  for (const Word& value : line.values) {
    if (!has_wildcard(value.text)) continue;
    work.found("literal-wildcard", value.at,
               "under " + quote(line.op_name) + " a wildcard is a character like any other: " + quote(value.text) +
                   " is compared as it stands; patterns stand under `" +
                   (line.op.negated ? "StringNotLike" : "StringLike") + "`",
               &s);
  }
}

void quantifiers(Work& work, const StatementView& s, const Line& line) {
  const auto key = known_key(line.key);
  if (!key || line.op.comparison == Comparison::null) return;
  if (key->multivalued && line.op.quantifier == Quantifier::one) {
    work.found("multi-without-quantifier", line.at,
               quote(line.key) +
                   " may have several values: AWS asks for `ForAllValues:` or `ForAnyValue:` before the operator",
               &s, true);
  } else if (!key->multivalued && line.op.quantifier == Quantifier::for_any_value) {
    work.found("single-with-any", line.at, quote(line.key) + " has one value: `ForAnyValue:` says nothing", &s, true);
  } else if (!key->multivalued && line.op.quantifier == Quantifier::for_all_values) {
    work.found("single-with-all", line.at,
               quote(line.key) + " has one value: all that `ForAllValues:` does is to hold where the key is missing",
               &s, true);
  }
}

}  // namespace

void check_operators(Work& work) {
  for (const StatementView& s : work.outline().statements) {
    for (const Line& line : s.conditions) {
      types(work, s, line);
      wildcards(work, s, line);
      quantifiers(work, s, line);
    }
  }
}

}  // namespace sallyport::iam::lint
