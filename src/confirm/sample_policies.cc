#include <algorithm>
#include <set>

#include "confirm/sample.h"
#include "confirm/told.h"

namespace sallyport::confirm {
namespace {

// One action for each kind of thing, which tells whether it may be used.
PolicyQuestion question_about(const Cloud& cloud, const net::ResourceTarget& target) {
  const std::string arn = net::label(cloud, target).id;
  switch (target.object.kind) {
    case Kind::bucket: return {{}, "s3:GetObject", arn + "/sallyport"};
    case Kind::table: return {{}, "dynamodb:GetItem", arn};
    case Kind::function: return {{}, "lambda:InvokeFunction", arn};
    case Kind::resource: break;
    default: return {};
  }
  const Resource* resource = cloud->resources.find(target.object.as<Kind::resource>());
  switch (resource == nullptr ? Kind::none : resource->what) {
    case Kind::queue: return {{}, "sqs:SendMessage", arn};
    case Kind::topic: return {{}, "sns:Publish", arn};
    case Kind::key: return {{}, "kms:Decrypt", arn};
    case Kind::secret: return {{}, "secretsmanager:GetSecretValue", arn};
    case Kind::repository: return {{}, "ecr:BatchGetImage", arn};
    case Kind::event_bus: return {{}, "events:PutEvents", arn};
    case Kind::stream: return {{}, "kinesis:PutRecord", arn};
    case Kind::state_machine: return {{}, "states:StartExecution", arn};
    default: return {};
  }
}

}  // namespace

void sample_policies(const access::Access& access, const SampleOptions& options, Sample& out) {
  const Cloud& cloud = access.cloud();
  std::set<std::string> roles;
  std::set<std::string> regions;
  for (const net::SourceClass& c : access.net().classes()) {
    for (const net::Workload& w : c.members) {
      regions.emplace(cloud.view(w.region));
      if (w.role.known() && *w.role && cloud->roles.find(*w.role) != nullptr) roles.emplace(cloud.id(*w.role));
    }
  }
  std::vector<PolicyQuestion> questions;
  std::set<std::string> seen;
  for (const std::string& region : regions) {
    for (const net::Target& target : net::targets(cloud, region)) {
      const auto* resource = std::get_if<net::ResourceTarget>(&target);
      if (resource == nullptr) continue;
      PolicyQuestion q = question_about(cloud, *resource);
      if (!q.action.empty() && seen.insert(q.resource).second) questions.push_back(std::move(q));
    }
  }
  std::map<std::pair<bool, std::string>, std::vector<PolicyProbe>> groups;  // denied?, action
  const std::size_t step = roles.size() * questions.size() / most_requests + 1;
  out.every_request = step;
  std::size_t start = 0;
  for (const std::string& role : roles) {
    for (std::size_t i = start++ % step; i < questions.size(); i += step) {
      PolicyQuestion q = questions[i];
      q.principal = role;
      const std::string account(access::arn_part(role, 4));
      if (!plain_arn(role) || !plain_arn(q.resource) || account.empty() ||
          percent_encoded(role).size() > 240) {  // a file's name ends at 255 bytes
        ++out.policies_left_out["about something that does not exist yet, or has no ARN"];
        continue;
      }
      const Result<Told> expected = told(access, q);
      if (!expected || !expected->yes) {
        ++out.policies_left_out[!expected ? "about something that is not in the input"
                                : expected->words.find("conditional") != std::string::npos
                                    ? "hanging on condition keys, of which the simulator is given none"
                                : expected->words.find("SCP") != std::string::npos
                                    ? "allowed under a service control policy with conditions"
                                    : "unknown, for not all policies were collected"];
        continue;
      }
      std::vector<PolicyProbe>& group = groups[{!*expected->yes, q.action}];
      if (group.size() < options.of_each) group.push_back({q, account, *expected->yes});
    }
  }
  for (const auto& [key, probes] : groups) out.policies.insert(out.policies.end(), probes.begin(), probes.end());
}

Sample sample(const access::Access& access, const SampleOptions& options) {
  Sample out;
  sample_paths(access.net(), options, out);
  sample_policies(access, options, out);
  return out;
}

}  // namespace sallyport::confirm
