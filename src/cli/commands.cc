#include "cli/commands.h"

#include <algorithm>
#include <array>

namespace sallyport::cli {
namespace {

constexpr const char* plain_statuses = "0 answered, 1 usage or input error";
constexpr const char* unknown_statuses =
    "0 answered, whatever the answer is; 1 usage or input error; 3 the answer is `unknown`";

constexpr const char* check_statuses =
    "0 nothing found; 1 usage or input error; 2 a finding at or above `--fail-on`; 3 none, but a control could not be "
    "decided";

constexpr Option protocol_option = {"protocol", "PROTOCOL", "tcp, udp, icmp, icmpv6 or a number", nullptr, "tcp"};
constexpr Option port_option = {"port", "PORT", "the port of the target", nullptr, "443"};

constexpr std::array paths_options = {
    Option{"from", "X", "only these sources: a Name tag, an id, an ARN, an address or `internet`", nullptr, nullptr,
           false, true},
    Option{"to", "Y", "only these targets: as X, and a service, a bucket, a table, a host name", nullptr, nullptr,
           false, true},
    protocol_option,
    port_option,
    Option{"verdict", "VERDICT", "only flows of this verdict", "private public blocked unknown", ""},
    Option{"every", nullptr, "also all services of AWS, not only those in use"},
    Option{"expand", nullptr, "every workload on its own, not by class"},
    Option{"summary", nullptr, "counts only: by verdict, door, service, account"},
    Option{"format", "FORMAT", "how the answer is written", "text json markdown"},
};
constexpr std::array paths_examples = {
    Example{"paths examples/article/2-endpoints", "every flow of the example, with its door"},
    Example{"paths --verdict public --format json collected", "what leaves by a public door, for a program"},
    Example{"paths --summary collected", "only how many"},
};

constexpr std::array reach_options = {
    Option{"from", "X", "who starts: a Name tag, a name, an id, an ARN, an address or `internet`", nullptr, nullptr,
           true},
    Option{"to", "Y", "what it talks to: as X, and a service, service.region, a bucket, a table, a host name", nullptr,
           nullptr, true},
    protocol_option,
    port_option,
    Option{"format", "FORMAT", "how the answer is written", "text json"},
};
constexpr std::array reach_examples = {
    Example{"reach --from lf6c --to s3delta examples/article/4-route-table-forgotten",
            "which way the function takes to the bucket, hop by hop"},
    Example{"reach --from internet --to alpha5 --port 22 examples/article/2-endpoints",
            "whether the instance can be reached from outside, and what stops it"},
};

constexpr std::array can_options = {
    Option{"principal", "P",
           "who asks: an ARN, the name of a user or role, a service, `anonymous` [the role of --from]"},
    Option{"action", "A", "what it asks for: s3:GetObject", nullptr, nullptr, true},
    Option{"resource", "R", "on what: an ARN, or the name of a bucket, table, function, queue, key ...", nullptr, "*"},
    Option{"from", "W", "through the path that this workload really has; or `internet`"},
    Option{"via", "D", "through this endpoint, whoever sends it"},
    Option{"context", "K=V", "fixes a condition key: `aws:RequestTag/team=a`; `K=` makes it absent", nullptr, nullptr,
           false, true},
    Option{"format", "FORMAT", "how the answer is written", "text json"},
};
constexpr std::array can_examples = {
    Example{"can --from alpha5 --action s3:GetObject --resource arn:aws:s3:::s3delta/report.csv "
            "examples/article/2-endpoints",
            "whether the instance may read the object, with its own role and by its own path"},
    Example{"can --principal omega9 --from internet --action s3:GetObject --resource arn:aws:s3:::s3delta/report.csv "
            "examples/article/2-endpoints",
            "whether a stolen key is enough"},
};

constexpr std::array who_options = {
    Option{"action", "A", "what is asked for: s3:PutObject", nullptr, nullptr, true},
    Option{"resource", "R", "on what: an ARN, or the name of a bucket, table, function, queue, key ...", nullptr, "*"},
    Option{"context", "K=V", "fixes a condition key: `aws:RequestTag/team=a`; `K=` makes it absent", nullptr, nullptr,
           false, true},
    Option{"format", "FORMAT", "how the answer is written", "text json"},
};
constexpr std::array who_examples = {
    Example{"who --action s3:GetObject --resource s3delta/report.csv examples/article/3-front-door-closed",
            "who can read the object, and by which doors"},
    Example{"who --action sts:AssumeRole --resource arn:aws:iam::111122223333:role/admin collected",
            "who can become that role"},
};

constexpr std::array authorize_options = {
    Option{"format", "FORMAT", "how the answers are written: JSON, one a line", "json"},
};
constexpr std::array authorize_examples = {
    Example{"authorize cases.jsonl", "a decision for each line"},
    Example{"authorize - < cases.jsonl", "the same from a pipe"},
};

constexpr std::array policy_check_options = {
    Option{"type", "TYPE", "for what the documents are used [told by the input]",
           "identity resource endpoint gateway-endpoint scp rcp boundary session trust", ""},
    Option{"service", "S", "the service whose endpoint or resource it is: `s3` [told by the input]"},
    Option{"fail-on", "LEVEL", "the least level of a finding that gives exit status 2", "info low medium high none",
           "low"},
    Option{"format", "FORMAT", "how the answer is written", "text json sarif"},
};
constexpr std::array policy_check_examples = {
    Example{"policy check --type endpoint policy.json", "what is wrong with an endpoint's policy"},
    Example{"policy check --format sarif collected > findings.sarif", "all policies of a collection, for a code host"},
};

constexpr std::array check_options = {
    Option{"control", "ID", "only these controls", nullptr, nullptr, false, true},
    Option{"fail-on", "LEVEL", "the least level of a finding that gives exit status 2", "low medium high critical none",
           "low"},
    Option{"show-suppressed", nullptr, "also findings that the settings suppress"},
    Option{"today", "DATE", "for suppressions that expire: 2026-01-31 [the date]"},
    Option{"format", "FORMAT", "how the answer is written", "text json sarif markdown"},
};
constexpr std::array check_examples = {
    Example{"check examples/article/4-route-table-forgotten", "what is wrong, where, and the line that repairs it"},
    Example{"check --format sarif --fail-on high collected > findings.sarif", "for a pipeline and a code host"},
};

constexpr std::array resolve_options = {
    Option{"plan", "FILE", "its plan, as `terraform show -json` prints it", nullptr, nullptr, true},
    Option{"program", "PROGRAM", "what runs: terraform, tofu, or a path", nullptr, "terraform"},
    Option{"var", "NAME=VALUE", "a variable of the configuration", nullptr, nullptr, false, true},
    Option{"var-file", "FILE", "a file of variables", nullptr, nullptr, false, true},
};
constexpr std::array resolve_examples = {
    Example{"resolve --plan plan.json infra > resolved.json",
            "the plan of the configuration in `infra`, for the other commands"},
};

constexpr std::array census_options = {
    Option{"format", "FORMAT", "how the answer is written", "text json markdown"},
};
constexpr std::array census_examples = {
    Example{"census collected", "what to collect, or to vouch for, next"},
};

constexpr std::array audience_options = {
    Option{"format", "FORMAT", "how the answer is written", "text json"},
};
constexpr std::array audience_examples = {
    Example{"audience vpce-053de17a000000001 examples/article/2-endpoints", "who can use the endpoint, and for what"},
};

constexpr std::array confirm_options = {
    Option{"print", nullptr, "prints the shell script that asks AWS"},
    Option{"results", "DIR", "reads the answers that the script wrote, and compares"},
    Option{"samples", "N", "how many questions of each kind of answer", nullptr, "2"},
    Option{"protocol", "PROTOCOL", "tcp or udp", nullptr, "tcp"},
    port_option,
    Option{"format", "FORMAT", "how the comparison is written; `case`: an expect.yaml of what AWS said",
           "text json case"},
};
constexpr std::array confirm_examples = {
    Example{"confirm --print examples/article/2-endpoints > confirm.sh", "the script, to be read and then run"},
    Example{"confirm --results confirm collected", "whether AWS says the same"},
    Example{"confirm --results confirm --format case collected > collected/expect.yaml",
            "keeps what AWS said, for `sallyport test collected`"},
};

constexpr std::array test_options = {
    Option{"format", "FORMAT", "how the answer is written", "text json junit"},
    Option{"failed", nullptr, "only cases that fail"},
};
constexpr std::array test_examples = {
    Example{"test examples", "runs every folder with an expect.yaml below `examples`"},
    Example{"test --format junit mine > results.xml", "for a pipeline"},
};

constexpr std::array policy_compare_options = {
    Option{"type", "TYPE", "what kind of policy both are [resource if a statement has a principal, else identity]",
           "identity resource endpoint scp rcp boundary session", ""},
    Option{"format", "FORMAT", "how the answer is written", "text json"},
};
constexpr std::array policy_compare_examples = {
    Example{"policy compare examples/policies/before.json examples/policies/after.json",
            "whether a change allows more, with a request as proof"},
    Example{"policy compare --type scp --format json old.json - < new.json", "for a program, from a pipe"},
};

constexpr std::array completion_examples = {
    Example{"completion bash > /etc/bash_completion.d/sallyport", "completes commands and options from now on"},
};
constexpr std::array man_examples = {
    Example{"man | man -l -", "reads the page"},
};

// clang-format off
constexpr std::array table = {
    Command{"paths", "every workload and every service or resource it can name: verdict and door",
            "Workloads that no rule can tell apart are one line; `--expand` gives each its own. `private`: no public "
            "address on the way. `public`: through an internet gateway, a NAT gateway or an egress-only gateway to a "
            "public address. `blocked`: it does not arrive. `unknown`: something was not collected or is not "
            "modelled; it says what the flow may be.",
            "INPUT...", true, paths_options, true, paths_examples, plain_statuses, run_paths},
    Command{"reach", "one flow with all hops",
            "Every step with the rule, entry or route that decided, and where that stands in the input.", "INPUT...",
            true, reach_options, true, reach_examples, unknown_statuses, run_reach},
    Command{"can", "one request, through the path that a workload really has",
            "The path decides the network condition keys (aws:SourceVpce, aws:SourceVpc, aws:SourceIp ...) and whether "
            "an endpoint's policy has a say. `conditional` depends on what only the caller fixes; `unknown` on "
            "something that was not collected or is not modelled.",
            "INPUT...", true, can_options, true, can_examples, unknown_statuses, run_can},
    Command{"who", "every principal that can, and through which doors",
            "Users, roles and root users of the input, strangers, AWS's services and unsigned callers, each with the "
            "doors by which it may and the conditions that it has to meet. Principals that may by the same statements "
            "stand together. Whoever is not listed is denied.",
            "INPUT...", true, who_options, true, who_examples, plain_statuses, run_who},
    Command{"authorize", "many self-contained requests, one decision a line",
            "Each line is a JSON object with a request and its policies; nothing is derived, and a key that is not in "
            "the context is absent. Answers come in the same order.",
            "CASES.jsonl...", true, authorize_options, false, authorize_examples,
            "0 answered; 1 a line is malformed, all others were answered; 3 none, but a decision is `unknown`",
            run_authorize},
    Command{"check", "the controls; findings by cause",
            "One object that has to change is one finding, with all flows and accesses that hang on it. Fingerprints "
            "stay the same when lines move.",
            "INPUT...", true, check_options, true, check_examples, check_statuses, run_check},
    Command{"policy check", "mistakes in policy documents",
            "A file is a document, an AWS answer that holds some, a Terraform plan or state; `-` is the standard input. "
            "Each finding has a code, a level, its line and column, and the page of AWS that says so.",
            "FILE...", true, policy_check_options, false, policy_check_examples,
            "0 nothing found; 1 usage or input error; 2 a finding at or above `--fail-on`; 3 none, but something is "
            "undecided",
            run_policy_check},
    Command{"census", "what is unknown, by cause, and what settles it",
            "How many flows hang on each cause, and the one command or assumption that settles it.", "INPUT...", true,
            census_options, true, census_examples, plain_statuses, run_census},
    Command{"audience", "who can reach a door or an endpoint service, and who may do what through it",
            "Own workloads are decided; peers, transit gateways, on-premises networks and other tenants as far as the "
            "input holds them.",
            "DOOR INPUT...", true, audience_options, true, audience_examples, plain_statuses, run_audience},
    Command{"confirm", "a script that asks AWS the same, and what came of it",
            "`--print`: some answers of each kind, as commands for VPC Reachability Analyzer and the IAM policy "
            "simulator. The script says what it costs, and deletes what it creates. `--results`: its answers beside "
            "ours. This program talks to nobody.",
            "INPUT...", true, confirm_options, true, confirm_examples,
            "0 printed, or all agree; 1 usage or input error; 2 an answer differs; 3 none differs, but AWS or the "
            "input does not say all",
            run_confirm},
    Command{"test", "runs expectation files: questions with the answers that must come",
            "Every folder with an `expect.yaml` at or below DIR is a case; its inputs are named in it. A case that "
            "lies inside another is no input of the outer one.",
            "DIR...", true, test_options, false, test_examples,
            "0 every expectation holds; 1 a case could not be read; 2 an expectation failed", run_test},
    Command{"resolve", "a Terraform plan in which every link is known",
            "Runs your own `terraform` or `tofu`, with every provider mocked, on a copy of the configuration in DIR, and "
            "prints its plan with the links filled in. This executes the configuration's functions and its test machinery: run it "
            "only on a configuration that you trust. Provisioners, `data \"external\"`, data sources that ask for what "
            "exists, and providers that would not be mocked are refused. No other command starts it.",
            "DIR", true, resolve_options, false, resolve_examples, plain_statuses, run_resolve},
    Command{"policy compare", "does a new policy document allow more, less, the same?",
            "Compares what the two documents allow by themselves, over all requests there can be: `equivalent`, "
            "`more`, `less` or `incomparable`, each difference with a request that shows it. A file holds one policy "
            "document, or an answer of AWS around one.",
            "OLD NEW", true, policy_compare_options, false, policy_compare_examples, unknown_statuses,
            run_policy_compare},
    Command{"completion", "a completion script for a shell: bash, zsh or fish", "", "SHELL", true, {}, false,
            completion_examples, plain_statuses, run_completion},
    Command{"man", "the manual page, as roff", "", nullptr, false, {}, false, man_examples, plain_statuses, run_man},
};
// clang-format on

}  // namespace

std::span<const Command> commands() { return table; }

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Command& c) { return name == c.name; });
  return found == table.end() ? nullptr : &*found;
}

std::vector<std::string> first_words() {
  std::vector<std::string> words;
  for (const Command& c : table) {
    const std::string_view name = c.name;
    std::string first(name.substr(0, name.find(' ')));
    if (words.empty() || words.back() != first) words.push_back(std::move(first));
  }
  return words;
}

std::vector<std::string> second_words(std::string_view first) {
  std::vector<std::string> words;
  for (const Command& c : table) {
    const std::string_view name = c.name;
    if (name.size() > first.size() && name.starts_with(first) && name[first.size()] == ' ') {
      words.emplace_back(name.substr(first.size() + 1));
    }
  }
  return words;
}

}  // namespace sallyport::cli
