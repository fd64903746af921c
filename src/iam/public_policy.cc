#include "iam/public_policy.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "base/wildcard.h"

namespace sallyport::iam {
namespace {

// The keys that the page lists. "An AWS principal" is listed with `aws:PrincipalOrgID` as its example.
constexpr std::string_view listed[] = {
    "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID",    "aws:SourceAccount",
    "aws:SourceArn",        "aws:SourceIp",     "aws:SourceOwner",       "aws:SourceVpc",
    "aws:SourceVpce",       "aws:userid",       "s3:DataAccessPointArn", "s3:DataAccessPointAccount",
};

// Keys that tell as much, which the page does not mention: S3 may or may not count them.
constexpr std::string_view akin[] = {
    "aws:PrincipalOrgPaths", "aws:PrincipalServiceName",
    "aws:SourceOrgID",       "aws:SourceOrgPaths",
    "aws:VpcSourceIp",       "aws:VpceAccount",
    "aws:VpceOrgID",         "aws:VpceOrgPaths",
    "aws:username",          "s3:x-amz-server-side-encryption-aws-kms-key-id",
};

bool among(std::span<const std::string_view> keys, std::string_view key) {
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view one) { return equals_ignoring_case(one, key); });
}

bool has_wildcard(std::string_view raw) { return raw.find_first_of("*?") != std::string_view::npos; }

// "This value can contain a wildcard for the access point name without rendering the
// policy public, as long as the account id is fixed."
bool account_is_fixed(std::string_view raw) {
  const Arn arn = split_arn(raw);
  return arn.whole() && !arn.account().empty() && !has_wildcard(arn.account());
}

// "Outside the pattern `AROLEID:*`": the page leaves open on which side that one stands.
bool any_session_of_a_role(std::string_view raw) {
  return raw.ends_with(":*") && !has_wildcard(raw.substr(0, raw.size() - 1));
}

// "Values that don't contain a wildcard or a policy variable": `raw` is the value as
// written. Where a `*` or `${` means only itself, S3 may read it either way.
Truth fixed_text(const Template& text, std::string_view raw, std::string_view key) {
  if (!text.pieces.empty() || text.broken) return Truth::no;
  if (text.wildcard) {
    if (equals_ignoring_case(key, "s3:DataAccessPointArn")) return truth(account_is_fixed(raw));
    if (equals_ignoring_case(key, "aws:userid") && any_session_of_a_role(raw)) return Truth::unknown;
    return Truth::no;
  }
  return has_wildcard(raw) || raw.find("${") != std::string_view::npos ? Truth::unknown : Truth::yes;
}

Truth fixed(const Operand& value, std::string_view raw, std::string_view key) {
  if (const auto* text = std::get_if<Template>(&value)) return fixed_text(*text, raw, key);
  if (const auto* arn = std::get_if<ArnPattern>(&value)) return fixed_text(arn->text, raw, key);
  if (const auto* prefix = std::get_if<Prefix>(&value)) {
    // "Values broader than /8 for IPv4 and /32 for IPv6": all private ranges are narrower.
    return truth(prefix->length >= (prefix->family() == Family::v4 ? 8 : 32));
  }
  return Truth::unknown;
}

Truth narrows(const Predicate& predicate, const TextPool& texts) {
  if (!predicate.known_operator) return Truth::unknown;
  const ConditionOperator& op = predicate.op;
  // Such a test names those who stay outside, or holds for requests without the key.
  if (op.negated || op.if_exists || op.quantifier == Quantifier::for_all_values) return Truth::no;
  const bool documented = among(listed, predicate.key);
  if (!documented && !among(akin, predicate.key)) return Truth::no;
  Truth all = truth(!predicate.values.empty());
  switch (op.comparison) {
    case Comparison::string_equals:
    case Comparison::string_like:
    case Comparison::arn_like:
    case Comparison::ip_address:
      // The page shows tests of one value only.
      if (!documented || op.quantifier != Quantifier::one) all = all & Truth::unknown;
      break;
    case Comparison::string_equals_ignore_case: all = all & Truth::unknown; break;
    default: return Truth::no;
  }
  for (std::size_t i = 0; i < predicate.values.size(); ++i) {
    all = all & fixed(predicate.values[i], texts.view(predicate.source.values[i]), predicate.key);
  }
  return all;
}

}  // namespace

Truth grants_public(const CompiledStatement& statement, const TextPool& texts) {
  if (statement.effect_known && statement.effect == Effect::deny) return Truth::no;
  Truth granted = statement.gap || !statement.effect_known ? Truth::unknown : Truth::yes;
  if (!statement.principal.everybody() && !statement.principal.negated()) return Truth::no;
  for (const Predicate& predicate : statement.conditions) granted = granted & !narrows(predicate, texts);
  return granted;
}

}  // namespace sallyport::iam
