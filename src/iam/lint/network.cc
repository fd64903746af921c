// Network keys: which requests carry them, and what follows (NK-1 to NK-18).
//
// Sources: IAM User Guide, reference_policies_condition-keys; S3 User Guide,
// example-bucket-policies-vpc-endpoint; AWS's data perimeter samples (exceptions for
// requests of AWS services).
#include <algorithm>
#include <array>

#include "base/ip.h"
#include "base/wildcard.h"
#include "facts/keys.h"
#include "iam/lint/known.h"
#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

bool is(const Line& line, std::string_view key) { return equals_ignoring_case(line.key, key); }

bool speaks_of(const StatementView& s, std::initializer_list<std::string_view> keys) {
  return std::any_of(s.conditions.begin(), s.conditions.end(), [&](const Line& line) {
    return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return is(line, key); });
  });
}

bool is_private(std::string_view text) {
  static const std::array ranges = {*parse_prefix("10.0.0.0/8"), *parse_prefix("172.16.0.0/12"),
                                    *parse_prefix("192.168.0.0/16"), *parse_prefix("fc00::/7")};
  const auto prefix = parse_prefix(text);
  return prefix && std::any_of(ranges.begin(), ranges.end(),
                               [&](const Prefix& r) { return r.family() == prefix->family() && r.contains(*prefix); });
}

// NK-1: aws:SourceIp is a public address, and absent through an endpoint.
void source_ip(Work& work, const StatementView& s, const Line& line) {
  if (line.op.comparison != Comparison::ip_address) return;
  const auto own =
      std::count_if(line.values.begin(), line.values.end(), [](const Word& v) { return is_private(v.text); });
  if (own > 0) {
    const bool all = static_cast<std::size_t>(own) == line.values.size();
    for (const Word& v : line.values) {
      if (!is_private(v.text)) continue;
      std::string message =
          quote(v.text) + " is private, and `aws:SourceIp` is a public address or, through an endpoint, absent";
      if (all) {
        message += line.op.negated ? ": the condition always holds" : ": the condition never holds";
        if (line.op.if_exists) message += " where the key is there";
      }
      work.found("private-source-ip", v.at, message + "; `aws:VpcSourceIp` holds private addresses", &s);
    }
  }
  if (work.for_endpoint() && !line.op.if_exists) {
    work.found("source-ip-endpoint", line.at,
               std::string("requests through an endpoint carry no `aws:SourceIp`, so ") + quote(line.op_name) +
                   (line.op.negated ? " always holds" : " never holds") + " in an endpoint's policy",
               &s, true);
  } else if (s.denies() && line.op.negated && !needs_key(s, "aws:SourceIp") &&
             !speaks_of(s, {"aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpcSourceIp", "aws:VpceAccount",
                            "aws:VpceOrgID", "aws:VpceOrgPaths"})) {
    work.found("source-ip-deny", line.at,
               "requests through an endpoint carry no `aws:SourceIp`, so each of them is denied, too", &s, true);
  }
}

// NK-16: AWS services that act for a principal, or by themselves, come through no endpoint of yours.
void exceptions(Work& work, const StatementView& s, const Line& line) {
  if (!s.denies() || !line.op.negated || work.for_endpoint()) return;
  if (speaks_of(s, {"aws:ViaAWSService", "aws:PrincipalIsAWSService", "aws:CalledVia", "aws:CalledViaFirst",
                    "aws:CalledViaLast", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"})) {
    return;
  }
  if (needs_key(s, line.key)) return;
  work.found("no-service-exception", line.at,
             quote(line.op_name) + " on " + quote(line.key) +
                 " also denies what AWS services do for a principal (they do not pass the "
                 "endpoint) and the console; AWS's samples except `aws:ViaAWSService` and `aws:PrincipalIsAWSService`",
             &s, true);
}

void wildcard_id(Work& work, const StatementView& s, const Line& line) {
  if (line.op.comparison != Comparison::string_like) return;
  for (const Word& v : line.values) {
    if (!has_wildcard(v.text)) continue;
    work.found(
        "network-id-wildcard", v.at,
        "a wildcard on " + quote(line.key) + " also means endpoints and VPCs of other accounts: " + quote(v.text), &s);
  }
}

// NK-5 to NK-7: keys that only some services' requests carry.
void partial(Work& work, const StatementView& s, const Line& line) {
  if (line.op.comparison == Comparison::null || !s.plain_action() || s.open) return;
  const bool holds = line.op.negated || line.op.if_exists || line.op.quantifier == Quantifier::for_all_values;
  std::vector<std::string> seen;
  for (const Word& word : s.actions) {
    const std::string prefix = lower(service_of(word.text));
    if (prefix.empty() || has_wildcard(prefix) || !facts::is_action_prefix(prefix)) continue;
    const std::string asked = equals_ignoring_case(word.text, "iam:PassRole") ? "iam:PassRole" : prefix;
    if (std::find(seen.begin(), seen.end(), asked) != seen.end()) continue;
    seen.push_back(asked);
    if (facts::key_present_through_endpoint(line.key, asked) != Truth::no) continue;
    work.found("key-not-by-service", word.at,
               "requests to `" + asked + "` never carry " + quote(line.key) + ", so " + quote(line.op_name) +
                   (holds ? " always holds for it" : " never holds for it"),
               &s);
  }
}

}  // namespace

void check_network(Work& work) {
  for (const StatementView& s : work.outline().statements) {
    for (const Line& line : s.conditions) {
      const bool network = lower(line.key).starts_with("aws:source") || lower(line.key).starts_with("aws:vpce");
      if (!network || !work.spend(4 * s.conditions.size())) continue;
      if (is(line, "aws:SourceIp")) source_ip(work, s, line);
      if (is(line, "aws:SourceVpc") || is(line, "aws:SourceVpce")) {
        exceptions(work, s, line);
        wildcard_id(work, s, line);
      }
      if (is(line, "aws:SourceVpcArn") || is(line, "aws:VpceAccount") || is(line, "aws:VpceOrgID") ||
          is(line, "aws:VpceOrgPaths")) {
        partial(work, s, line);
      }
    }
  }
}

}  // namespace sallyport::iam::lint
