#include "resolve/resolve.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "read/json/parse.h"
#include "read/json/text.h"
#include "read/terraform/resolved.h"
#include "resolve/data.h"
#include "resolve/process.h"
#include "resolve/source.h"

namespace sallyport::resolve {
namespace {

namespace fs = std::filesystem;
using read::json::Node;

constexpr const char* test_name = "sallyport.tftest.hcl";

// Types whose ARN other resources check for its form: a mock must have one. It has a mark, so that it is
// not believed (read/terraform/resolved.h).
struct Arn {
  const char* type;
  const char* text;  // behind `arn:aws:`
};
constexpr Arn arns[] = {
    {"aws_iam_role", "iam::123456789012:role/"},
    {"aws_iam_policy", "iam::123456789012:policy/"},
    {"aws_iam_instance_profile", "iam::123456789012:instance-profile/"},
    {"aws_cloudwatch_log_group", "logs:eu-west-1:123456789012:log-group:"},
    {"aws_kms_key", "kms:eu-west-1:123456789012:key/"},
    {"aws_sqs_queue", "sqs:eu-west-1:123456789012:"},
    {"aws_sns_topic", "sns:eu-west-1:123456789012:"},
    {"aws_s3_bucket", "s3:::"},
    {"aws_lambda_function", "lambda:eu-west-1:123456789012:function:"},
    {"aws_dynamodb_table", "dynamodb:eu-west-1:123456789012:table/"},
    {"aws_ec2_transit_gateway", "ec2:eu-west-1:123456789012:transit-gateway/"},
    {"aws_lb", "elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/"},
    {"aws_lb_target_group", "elasticloadbalancing:eu-west-1:123456789012:targetgroup/"},
    {"aws_secretsmanager_secret", "secretsmanager:eu-west-1:123456789012:secret:"},
    {"aws_ecs_cluster", "ecs:eu-west-1:123456789012:cluster/"},
};

std::string mock_of(const Provider& provider) {
  std::string text = "mock_provider \"" + provider.name + "\" {\n";
  if (!provider.alias.empty()) text += "  alias = \"" + provider.alias + "\"\n";
  if (provider.name == "aws") {
    for (const Arn& arn : arns) {
      text += std::string("  mock_resource \"") + arn.type + "\" {\n    defaults = { arn = \"arn:aws:" + arn.text +
              read::mocked_mark + "\" }\n  }\n";
    }
    text += std::string("  mock_resource \"aws_vpc\" {\n    defaults = { ipv6_cidr_block = \"") + read::mocked_block +
            "\" }\n  }\n";
    // Of a list whose elements are asked for by their place a mock must have one.
    text += std::string("  mock_resource \"aws_vpc_endpoint\" {\n    defaults = { dns_entry = [{ dns_name = \"") +
            read::mocked_mark + "\", hosted_zone_id = \"" + read::mocked_mark + "\" }] }\n  }\n";
    // What a data source would say of the place is not known: it has the mark, too.
    const std::string mark = std::string("\"") + read::mocked_mark;
    const auto data = [&](const char* type, const std::string& defaults) {
      text += std::string("  mock_data \"") + type + "\" {\n    defaults = { " + defaults + " }\n  }\n";
    };
    data("aws_availability_zones", "names = [" + mark + "-a\", " + mark + "-b\", " + mark + "-c\"]");
    data("aws_region", "name = " + mark + "\", id = " + mark + "\"");
    data("aws_partition", "partition = " + mark + "\"");
    data("aws_caller_identity", "account_id = " + mark + "\"");
    data("aws_vpc_endpoint_service", "service_name = " + mark + "\"");
    data("aws_service_principal", "name = " + mark + "\"");
    data("aws_iam_policy_document",
         "json = \"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Sid\\\":\\\"" +
             std::string(read::mocked_mark) + "\\\"}]}\"");
  }
  return text + "}\n";
}

bool write(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  return out.good();
}

// What Terraform says went wrong: the lines with `Error`, as a person would read them.
std::string errors_in(const std::string& output) {
  std::string all;
  for (std::size_t at = 0; at < output.size() && all.size() < 600;) {
    const std::size_t end = std::min(output.find('\n', at), output.size());
    const std::string line = output.substr(at, end - at);
    at = end + 1;
    const auto tree = line.starts_with('{') ? read::json::parse(line) : fail("no JSON");
    std::string said;
    if (tree && tree->root()["@level"].text() == "error") {
      said = std::string(tree->root()["@message"].text());
      const Node diagnostic = tree->root()["diagnostic"];
      if (const auto detail = diagnostic["detail"].text(); !detail.empty()) said += ": " + std::string(detail);
      if (const auto file = diagnostic["range"]["filename"].text(); !file.empty()) {
        said += " (`" + std::string(file) + ":" + read::json::to_text(diagnostic["range"]["start"]["line"]) + "`)";
      }
    } else if (!tree && line.find("Error") != std::string::npos) {
      said = line;
    }
    if (!said.empty() && all.find(said) == std::string::npos) all += (all.empty() ? "" : "; ") + said;
  }
  return all.empty() ? output.substr(0, 300) : all;
}

// The message of `type` among the lines of `terraform test -json`.
Result<read::json::Tree> message(const std::string& output, const std::string& type) {
  const std::string mark = "\"type\":\"" + type + "\"";
  for (std::size_t at = 0; at < output.size();) {
    const std::size_t end = std::min(output.find('\n', at), output.size());
    const std::string_view line = std::string_view(output).substr(at, end - at);
    at = end + 1;
    if (line.find(mark) == std::string_view::npos) continue;
    auto tree = read::json::parse(std::string(line));
    if (tree && tree->root()[type]) return tree;
  }
  return fail("Terraform printed no `" + type + "`: " + errors_in(output));
}

class Work {
 public:
  explicit Work(const Request& request) : request_(request) {}

  Result<std::string> resolve() {
    const auto plan = read::json::parse(request_.plan);
    if (!plan) return fail("the plan cannot be read: " + plan.error().message);
    if (const std::string why = refusal(plan->root()); !why.empty()) return refuse(why);
    if (const std::string why = refusal_of_data(plan->root()); !why.empty()) return refuse(why);
    told_ = read_data(plan->root());
    auto providers = providers_of(plan->root());
    if (!providers) return refuse(providers.error().message);
    providers_ = std::move(*providers);
    const auto root = copy_source(request_.folder, local_modules(plan->root()), request_.scratch);
    if (!root) return tl::unexpected(root.error());
    root_ = *root;
    if (auto refused = look(); !refused) return tl::unexpected(refused.error());
    const auto made = call({"init", "-backend=false", "-input=false", "-no-color"});
    if (!made) return tl::unexpected(made.error());
    if (made->status != 0) {
      return fail("`" + request_.program + " init` failed: " + errors_in(made->output),
                  "a provider or module is missing here: name a folder of plugins in a CLI configuration "
                  "(`filesystem_mirror`), or run `init` with a network once");
    }
    // Modules that `init` fetched were not seen before.
    if (auto refused = look(); !refused) return tl::unexpected(refused.error());
    const auto applied = test();
    if (!applied) return tl::unexpected(applied.error());
    const Node state = applied->root()["test_state"];
    const Node values = state["values"] ? state["values"] : state;
    if (const std::string why = refusal_of_made_up(values, told_); !why.empty()) return refuse(why);
    return read::resolved_plan(plan->root(), values);
  }

 private:
  tl::unexpected<Error> refuse(const std::string& why) const {
    return fail("`" + request_.folder + "` is not run: " + why,
                "read its plan instead: `terraform show -json tfplan | sallyport paths -`");
  }

  Result<bool> look() const {
    const std::string why = refusal_of_text(request_.scratch);
    return why.empty() ? Result<bool>(true) : refuse(why);
  }

  Result<Ran> call(std::vector<std::string> words) const {
    // Should a provider not be mocked for all that, it finds no credentials.
    const std::string program[] = {"env",
                                   "-u",
                                   "AWS_PROFILE",
                                   "-u",
                                   "AWS_SESSION_TOKEN",
                                   "-u",
                                   "AWS_WEB_IDENTITY_TOKEN_FILE",
                                   "AWS_ACCESS_KEY_ID=none",
                                   "AWS_SECRET_ACCESS_KEY=none",
                                   "AWS_CONFIG_FILE=/dev/null",
                                   "AWS_SHARED_CREDENTIALS_FILE=/dev/null",
                                   "AWS_EC2_METADATA_DISABLED=true",
                                   "CHECKPOINT_DISABLE=1",
                                   request_.program};
    words.insert(words.begin(), std::begin(program), std::end(program));
    auto ran = run(words, root_, request_.seconds);
    const bool missing = ran && ran->status == 127;
    if (ran && !missing) return ran;
    return fail(missing ? "`" + request_.program + "` is not there" : ran.error().message,
                "install Terraform 1.7 or OpenTofu 1.8 or later, or name the program with `--program`");
  }

  Result<read::json::Tree> test() const {
    std::string text;
    for (const Provider& provider : providers_) text += mock_of(provider);
    text += overrides(told_) + "run \"all\" {\n  command = apply\n}\n";
    if (!write(fs::path(root_) / test_name, text)) return fail("the copy cannot be written");
    std::vector<std::string> words = {"test", "-json", "-verbose", "-filter=" + std::string(test_name)};
    for (const std::string& variable : request_.variables) words.push_back("-var=" + variable);
    for (const std::string& file : request_.files) words.push_back("-var-file=" + fs::absolute(file).string());
    const auto ran = call(words);
    if (!ran) return tl::unexpected(ran.error());
    auto found = message(ran->output, "test_state");
    if (found && ran->status == 0) return found;
    return fail("the mocked apply failed: " + errors_in(ran->output),
                "values that the configuration needs go by `--var` and `--var-file`");
  }

  const Request& request_;
  std::string root_;  // in the copy
  std::vector<Provider> providers_;
  std::vector<ReadData> told_;
};

}  // namespace

Result<std::string> resolve(const Request& request) { return Work(request).resolve(); }

}  // namespace sallyport::resolve
