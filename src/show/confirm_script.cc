#include <fmt/format.h>

#include <map>
#include <set>

#include "show/confirm.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

constexpr const char* head = R"(#
# Costs:   AWS bills every analysis of Reachability Analyzer (https://aws.amazon.com/vpc/pricing/);
#          the policy simulator is free.
# Creates: for each path a network insights path and one analysis of it, tagged `sallyport`, one after the
#          other; both are deleted again, also where the script ends early. Nothing else is changed.
# Needs:   sts:GetCallerIdentity, iam:SimulatePrincipalPolicy, ec2:CreateTags, ec2:CreateNetworkInsightsPath,
#          ec2:StartNetworkInsightsAnalysis, ec2:DescribeNetworkInsightsAnalyses,
#          ec2:DeleteNetworkInsightsAnalysis, ec2:DeleteNetworkInsightsPath, and what Reachability Analyzer
#          itself reads (the managed policy AmazonVPCReachabilityAnalyzerFullAccessPolicy has it).
# Writes:  the answers below `confirm/`, or below the folder given as argument. Then:
#          sallyport confirm --results confirm INPUT...
#
# It stops at the first error. Run again, it asks only what has no answer yet.
#
)";

constexpr const char* tools = R"sh(
set -eu
out=${1:-confirm}
path=''
analysis=''
region=''

# Deletes what was created for the question at hand.
forget() {
  gone=$analysis
  analysis=''
  if [ -n "$gone" ]; then
    aws ec2 delete-network-insights-analysis --region "$region" --network-insights-analysis-id "$gone" >/dev/null
  fi
  gone=$path
  path=''
  if [ -n "$gone" ]; then
    aws ec2 delete-network-insights-path --region "$region" --network-insights-path-id "$gone" >/dev/null
  fi
}
trap forget EXIT
trap 'exit 1' HUP INT TERM
)sh";

constexpr const char* ask_function = R"sh(
# ask NUMBER REGION QUESTION SOURCE DESTINATION PROTOCOL PORT [ADDRESS]
ask() {
  region=$2
  file=$out/$2/ec2-describe-network-insights-analyses/$1.json
  if grep -qsF "\"$3\"" "$file"; then return 0; fi
  mkdir -p "${file%/*}"
  tags="\"Tags\":[{\"Key\":\"sallyport\",\"Value\":\"$3\"}]"
  if [ $# -gt 7 ]; then
    set -- "$@" --filter-at-source "{\"DestinationAddress\":\"$8\",\"DestinationPortRange\":{\"FromPort\":$7,\"ToPort\":$7}}"
  else
    set -- "$@" '' --destination-port "$7"
  fi
  path=$(aws ec2 create-network-insights-path --region "$2" --source "$4" --destination "$5" --protocol "$6" \
    "$9" "${10}" --tag-specifications "[{\"ResourceType\":\"network-insights-path\",$tags}]" \
    --query NetworkInsightsPath.NetworkInsightsPathId --output text)
  analysis=$(aws ec2 start-network-insights-analysis --region "$2" --network-insights-path-id "$path" \
    --tag-specifications "[{\"ResourceType\":\"network-insights-analysis\",$tags}]" \
    --query NetworkInsightsAnalysis.NetworkInsightsAnalysisId --output text)
  tries=0
  while [ "$tries" -lt 120 ]; do
    status=$(aws ec2 describe-network-insights-analyses --region "$2" --network-insights-analysis-ids "$analysis" \
      --query 'NetworkInsightsAnalyses[0].Status' --output text)
    if [ "$status" != running ]; then break; fi
    tries=$((tries + 1))
    sleep 5
  done
  aws ec2 describe-network-insights-analyses --region "$2" --network-insights-analysis-ids "$analysis" \
    --output json >"$file.tmp"
  mv "$file.tmp" "$file"
  echo "$3: $status" >&2
  forget
}
)sh";

constexpr const char* simulate_function = R"sh(
# simulate NAME PRINCIPAL ACTION RESOURCE
simulate() {
  file=$out/aws-global/iam-simulate-principal-policy/$1.json
  if grep -qsF "\"$3\"" "$file" && grep -qF "\"$4\"" "$file"; then return 0; fi
  mkdir -p "${file%/*}"
  aws iam simulate-principal-policy --policy-source-arn "$2" --action-names "$3" --resource-arns "$4" \
    --output json >"$file.tmp"
  mv "$file.tmp" "$file"
  echo "$3 by $2: asked" >&2
}
)sh";

void left_out(std::string& out, const char* what, const std::map<std::string, std::size_t>& causes) {
  for (const auto& [why, n] : causes) out += fmt::format("# Not asked: {}, {}\n", count(n, what), why);
}

std::string quoted_word(std::string_view text) { return fmt::format("'{}'", text); }

}  // namespace

void confirm_script(std::string& out, const confirm::Sample& sample) {
  out += "#!/bin/sh\n# Asks AWS what sallyport answered: ";
  out += fmt::format("{} of VPC Reachability Analyzer, {} of the IAM policy simulator.\n",
                     count(sample.paths.size(), "path"), count(sample.policies.size(), "request"));
  out += head;
  std::map<std::string, std::string> accounts;
  std::size_t n = 0;
  std::string group;
  for (const confirm::PathProbe& probe : sample.paths) {
    const confirm::PathQuestion& q = probe.question;
    std::string& part = accounts[probe.account];
    if (part.empty() || group != probe.group) part += fmt::format("\n  # {}\n", clean(probe.group));
    group = probe.group;
    part += fmt::format("  # expected: {}\n", probe.found ? "a path is found" : "no path is found");
    part += fmt::format("  ask {} {} {} \\\n    {} {} {} {}", ++n, probe.region, quoted_word(confirm::tag_of(q)),
                        q.from, q.destination(), q.protocol == 6 ? "tcp" : "udp", q.port);
    if (q.by.starts_with("igw-") && q.to != "internet") part += " " + q.to;
    part += '\n';
  }
  n = 0;
  std::set<std::string> headed;
  for (const confirm::PolicyProbe& probe : sample.policies) {
    const confirm::PolicyQuestion& q = probe.question;
    std::string& part = accounts[probe.account];
    const char* expected = probe.allowed ? "allowed" : "denied";
    if (headed.insert(probe.account).second) {
      part += "\n  # requests, by identity policies, boundary and SCPs alone\n";
    }
    part += fmt::format("  # expected: {}\n  simulate {} \\\n    {} \\\n    {} {}\n", expected,
                        quoted_word(confirm::percent_encoded(q.principal) + "--" + std::to_string(++n)),
                        quoted_word(q.principal), quoted_word(q.action), quoted_word(q.resource));
  }
  if (!accounts.empty()) {
    out += "# Each account is asked with its own credentials; parts of others are passed over:\n";
    for (const auto& [account, part] : accounts)
      out += fmt::format("#   AWS_PROFILE=... sh confirm.sh   # {}\n", account);
  }
  if (!sample.paths_left_out.empty() || !sample.policies_left_out.empty() || sample.every_flow > 1 ||
      sample.every_request > 1) {
    out += "#\n";
  }
  if (sample.every_flow > 1) out += fmt::format("# Looked at: one flow of {} to services.\n", sample.every_flow);
  if (sample.every_request > 1) out += fmt::format("# Looked at: one request of {}.\n", sample.every_request);
  left_out(out, "flow", sample.paths_left_out);
  left_out(out, "request", sample.policies_left_out);
  if (accounts.empty()) {
    out += "\necho 'there is nothing that AWS could be asked' >&2\n";
    return;
  }
  out += tools;
  if (!sample.paths.empty()) out += ask_function;
  if (!sample.policies.empty()) out += simulate_function;
  out += "\naccount=$(aws sts get-caller-identity --query Account --output text)\nasked=no\n";
  for (const auto& [account, part] : accounts) {
    out += fmt::format("\nif [ \"$account\" = {} ]; then\n  asked=yes\n{}fi\n", account, part);
  }
  out += "\nif [ \"$asked\" = no ]; then\n  echo \"nothing is asked about account $account\" >&2\n  exit 1\nfi\n";
}

}  // namespace sallyport::show
