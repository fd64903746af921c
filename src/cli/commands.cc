#include "cli/commands.h"

#include <algorithm>
#include <array>

namespace sallyport::cli {
namespace {

constexpr const char* plain_statuses = "0 answered, 1 usage or input error";
constexpr const char* unknown_statuses =
    "0 answered, whatever the answer is; 1 usage or input error; 3 the answer is `unknown`";

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

constexpr std::array completion_examples = {
    Example{"completion bash > /etc/bash_completion.d/sallyport", "completes commands and options from now on"},
};
constexpr std::array man_examples = {
    Example{"man | man -l -", "reads the page"},
};

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
    Command{"completion",
            "a completion script for a shell: bash, zsh or fish",
            "",
            "SHELL",
            true,
            {},
            false,
            completion_examples,
            plain_statuses,
            run_completion},
    Command{"man", "the manual page, as roff", "", nullptr, false, {}, false, man_examples, plain_statuses, run_man},
};

}  // namespace

std::span<const Command> commands() { return table; }

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Command& c) { return name == c.name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace sallyport::cli
