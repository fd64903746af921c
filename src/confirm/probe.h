// Probes: questions that AWS itself can answer about the real estate, in words that go
// there and back: VPC Reachability Analyzer is asked of paths, the IAM policy simulator
// of requests.
//
//   PathQuestion q{"i-0a1", "s3.eu-central-1", "vpce-0b7", tcp, 443};
//   tag_of(q)        -> "i-0a1 to s3.eu-central-1 by vpce-0b7 tcp 443"
//   path_question(tag_of(q)) == q
//
// The tag stands on the path and on its analysis, so that an answer says what was asked.
// Source: Reachability Analyzer, how-reachability-analyzer-works (sources, destinations,
// protocols); IAM API reference, SimulatePrincipalPolicy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sallyport::confirm {

// "Does this source reach that target, by this door?" `from` and `by`, else `to`, are
// what Reachability Analyzer is asked for. `to` is a word of `reach --to`.
struct PathQuestion {
  std::string from;  // i-..., eni-...
  std::string to;    // i-..., eni-..., vpce-... of an interface endpoint; with `by`: a service, an address, `internet`
  std::string by;    // igw-..., vpce-... of a gateway endpoint; empty: `to` itself is the destination
  std::int16_t protocol = 6;  // 6 or 17
  std::uint16_t port = 443;
  const std::string& destination() const { return by.empty() ? to : by; }
  friend bool operator==(const PathQuestion&, const PathQuestion&) = default;
};

// "May this principal, as far as its own policies, its boundary and the SCPs go?"
struct PolicyQuestion {
  std::string principal;  // ARN of a role
  std::string action;     // "s3:GetObject"
  std::string resource;   // ARN
  friend bool operator==(const PolicyQuestion&, const PolicyQuestion&) = default;
};

// Words for a tag's value, which holds letters, digits, spaces and `+-=._:/@`.
std::string tag_of(const PathQuestion& question);
// Back again; nothing for what is no such question.
std::optional<PathQuestion> path_question(std::string_view tag);
constexpr std::string_view tag_key = "sallyport";

// Fit for a shell, a tag and a file: an id as AWS gives them ("i-0a1"), an ARN without blanks.
bool plain_id(std::string_view text);
bool plain_arn(std::string_view text);

// `/` -> `%2F`: as file names of a snapshot have it.
std::string percent_encoded(std::string_view text);

// A question with what we say to it.
struct PathProbe {
  PathQuestion question;
  std::string account;
  std::string region;
  bool found = false;  // the answer that we expect
  std::string group;   // of the flow that it stands for: "private through interface-endpoint"
  std::string flow;    // that flow: "i-0a1 to arn:aws:s3:::photos"
};
struct PolicyProbe {
  PolicyQuestion question;
  std::string account;
  bool allowed = false;
};

}  // namespace sallyport::confirm
