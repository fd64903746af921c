#include "iam/public_policy.h"

#include <algorithm>
#include <string_view>

#include "base/wildcard.h"
#include "iam/glob.h"

namespace sallyport::iam {
namespace {

constexpr std::string_view narrowing[] = {
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpcSourceIp",
    "aws:userid",
    "aws:username",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:PrincipalServiceName",
    "s3:DataAccessPointArn",
    "s3:DataAccessPointAccount",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
};

// "Fixed": no wildcard, no variable, and no address range that is nearly everything.
bool fixed(const Operand& value) {
  if (const auto* text = std::get_if<Template>(&value)) {
    return text->pieces.empty() && !text->broken && !text->wildcard;
  }
  if (const auto* arn = std::get_if<ArnPattern>(&value)) {
    return arn->text.pieces.empty() && !arn->text.broken && !arn->text.wildcard;
  }
  if (const auto* prefix = std::get_if<Prefix>(&value)) {
    return prefix->length >= (prefix->family() == Family::v4 ? 8 : 32);
  }
  return false;
}

Truth narrows(const Predicate& predicate) {
  const bool listed = std::any_of(std::begin(narrowing), std::end(narrowing),
                                  [&](std::string_view key) { return equals_ignoring_case(key, predicate.key); });
  if (!predicate.known_operator) return Truth::unknown;
  if (!listed || predicate.op.negated || predicate.op.if_exists) return Truth::no;
  if (predicate.op.quantifier == Quantifier::for_all_values) return Truth::no;
  switch (predicate.op.comparison) {
    case Comparison::string_equals:
    case Comparison::string_like:
    case Comparison::arn_like:
    case Comparison::ip_address: break;
    case Comparison::string_equals_ignore_case: return Truth::unknown;
    default: return Truth::no;
  }
  return truth(!predicate.values.empty() && std::all_of(predicate.values.begin(), predicate.values.end(), fixed));
}

}  // namespace

Truth grants_public(const CompiledStatement& statement) {
  if (statement.effect_known && statement.effect == Effect::deny) return Truth::no;
  if (!statement.principal.everybody() && !statement.principal.negated()) return Truth::no;
  Truth narrowed = Truth::no;
  for (const Predicate& predicate : statement.conditions) narrowed = narrowed | narrows(predicate);
  const Truth known = !narrowed;
  return statement.gap || !statement.effect_known ? known & Truth::unknown : known;
}

}  // namespace sallyport::iam
