#include "read/policy/use.h"

#include <algorithm>
#include <array>

#include "base/wildcard.h"
#include "facts/endpoints.h"

namespace sallyport::read {
namespace {

using json::Node;

struct Typed {
  std::string_view type;  // of Terraform or CloudFormation; `*` as in patterns
  PolicyUse use;
  std::string_view service;
};

constexpr std::array types = {
    Typed{"aws_vpc_endpoint", PolicyUse::endpoint, ""},
    Typed{"aws_vpc_endpoint_policy", PolicyUse::endpoint, ""},
    Typed{"aws_iam_policy", PolicyUse::identity, ""},
    Typed{"aws_iam_*_policy", PolicyUse::identity, ""},
    Typed{"aws_iam_role", PolicyUse::identity, ""},
    Typed{"aws_ssoadmin_permission_set_inline_policy", PolicyUse::identity, ""},
    Typed{"aws_s3_bucket", PolicyUse::resource, "s3"},
    Typed{"aws_s3_bucket_policy", PolicyUse::resource, "s3"},
    Typed{"aws_kms_key", PolicyUse::resource, "kms"},
    Typed{"aws_kms_key_policy", PolicyUse::resource, "kms"},
    Typed{"aws_sqs_queue", PolicyUse::resource, "sqs"},
    Typed{"aws_sqs_queue_policy", PolicyUse::resource, "sqs"},
    Typed{"aws_sns_topic", PolicyUse::resource, "sns"},
    Typed{"aws_sns_topic_policy", PolicyUse::resource, "sns"},
    Typed{"aws_secretsmanager_secret*", PolicyUse::resource, "secretsmanager"},
    Typed{"aws_dynamodb_resource_policy", PolicyUse::resource, "dynamodb"},
    Typed{"aws_ecr_repository_policy", PolicyUse::resource, "ecr"},
    Typed{"AWS::EC2::VPCEndpoint", PolicyUse::endpoint, ""},
    Typed{"AWS::IAM::*", PolicyUse::identity, ""},
    Typed{"AWS::S3::BucketPolicy", PolicyUse::resource, "s3"},
    Typed{"AWS::KMS::Key", PolicyUse::resource, "kms"},
    Typed{"AWS::SQS::QueuePolicy", PolicyUse::resource, "sqs"},
    Typed{"AWS::SNS::TopicPolicy", PolicyUse::resource, "sns"},
};

std::string_view first_text(Node object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const std::string_view text = object[name].text(); !text.empty()) return text;
  }
  return {};
}

// `com.amazonaws.eu-central-1.s3` -> `s3`, as IAM calls it.
std::string service_behind(std::string_view endpoint_service) {
  const auto known = facts::api_service_of_endpoint_service(endpoint_service);
  return known && known->service != nullptr ? std::string(known->service->iam_prefix) : std::string();
}

void endpoint_of(Node object, TellTale& told) {
  const std::string_view kind = first_text(object, {"VpcEndpointType", "vpc_endpoint_type"});
  // An endpoint without a type is one of gateway type.
  told.use = kind.empty() || equals_ignoring_case(kind, "Gateway") ? PolicyUse::gateway_endpoint : PolicyUse::endpoint;
  told.service = service_behind(first_text(object, {"ServiceName", "service_name"}));
}

std::optional<PolicyUse> organization_policy(std::string_view type) {
  if (type == "SERVICE_CONTROL_POLICY" || type.empty()) return PolicyUse::scp;
  if (type == "RESOURCE_CONTROL_POLICY") return PolicyUse::rcp;
  return std::nullopt;
}

// Terraform's and CloudFormation's objects say their type; AWS's answers do not.
bool told_by_type(std::string_view type, const Around& last, TellTale& told) {
  if (type == "aws_organizations_policy") {
    told.use = organization_policy(last.object["type"].text());
    return true;
  }
  for (const Typed& row : types) {
    if (!matches(row.type, type)) continue;
    told.use = row.use;
    told.service = row.service;
    if (row.use == PolicyUse::endpoint && type != "aws_vpc_endpoint_policy") endpoint_of(last.object, told);
    return true;
  }
  return false;
}

}  // namespace

TellTale tell_use(const std::vector<Around>& way) {
  TellTale told;
  if (way.empty()) return told;
  const Around& last = way.back();
  for (auto step = way.rbegin(); step != way.rend() && told.owner.empty(); ++step) {
    told.owner = first_text(step->object, {"VpcEndpointId", "PolicyName", "RoleName", "UserName", "GroupName",
                                           "address", "Arn", "arn", "QueueArn", "Name", "name"});
  }
  const auto of_trust = [](const Around& step) {
    return equals_ignoring_case(step.member, "AssumeRolePolicyDocument") || step.member == "assume_role_policy";
  };
  if (std::any_of(way.begin(), way.end(), of_trust)) {
    told.use = PolicyUse::trust;
    return told;
  }
  for (auto step = way.rbegin(); step != way.rend(); ++step) {
    const std::string_view type = first_text(step->object, {"type", "Type"});
    if (!type.starts_with("aws_") && type.find("::") == std::string_view::npos) continue;
    if (!told_by_type(type, last, told)) told.use.reset();
    return told;
  }
  if (const Node summary = last.object["PolicySummary"]; summary) {
    told.use = organization_policy(summary["Type"].text());
    told.accepted = told.use.has_value();
  } else if (last.object["VpcEndpointId"] || last.object["VpcEndpointType"] || last.object["vpc_endpoint_type"]) {
    endpoint_of(last.object, told);
    told.accepted = true;
  } else if (last.member == "PolicyDocument" && last.object["PolicyName"]) {
    told.use = PolicyUse::identity;
    told.accepted = true;
  } else if (last.member == "Document" && last.object["VersionId"]) {
    told.use = PolicyUse::identity;
    told.accepted = true;
    told.in_force = last.object["IsDefaultVersion"].boolean().value_or(true);
  } else if (last.member == "document" && last.object["name"].is(json::Kind::string)) {
    told.use = PolicyUse::identity;
    told.accepted = true;
  } else if (last.member == "Policy") {
    told.use = PolicyUse::resource;
    told.accepted = true;
  }
  return told;
}

PolicyUse use_by_content(const PolicySource& source) {
  using Kind = PolicySource::Kind;
  using Index = PolicySource::Index;
  bool principal = false;
  bool resource = false;
  bool assumes_only = true;
  const Index list = source.empty() ? 0 : source.member(0, "Statement");
  if (list == 0) return PolicyUse::identity;
  const auto look = [&](Index s) {
    principal = principal || source.member(s, "Principal") != 0 || source.member(s, "NotPrincipal") != 0;
    resource = resource || source.member(s, "Resource") != 0 || source.member(s, "NotResource") != 0;
    const Index action = source.member(s, "Action");
    const auto assumes = [&](Index a) {
      return matches_ignoring_case("sts:AssumeRole*", source[a].text) ||
             equals_ignoring_case("sts:*", source[a].text) || matches_ignoring_case("sts:TagSession", source[a].text) ||
             matches_ignoring_case("sts:SetSourceIdentity", source[a].text);
    };
    if (action == 0) {
      assumes_only = false;
    } else if (source.is(action, Kind::array)) {
      for (Index a = source.first(action); a < source[action].end; a = source[a].end) {
        assumes_only = assumes_only && assumes(a);
      }
    } else {
      assumes_only = assumes_only && assumes(action);
    }
  };
  if (source.is(list, Kind::array)) {
    for (Index s = source.first(list); s < source[list].end; s = source[s].end) look(s);
  } else {
    look(list);
  }
  if (!principal) return PolicyUse::identity;
  return assumes_only && !resource ? PolicyUse::trust : PolicyUse::resource;
}

}  // namespace sallyport::read
