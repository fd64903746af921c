// Services: the names under which one service is known.
//
// A service is what answers at one host: `elb` and `elbv2` are one service, `ecr`
// (the API) and `ecr.dkr` (the Docker registry) are two. Its name is that of the
// AWS CLI and botocore; the endpoint's name, the signing name and the prefix of its
// IAM actions may differ, and all of them find it.
//
// Tables with the lifetime of the program. Sources: data/services.tsv (botocore)
// and data/services_more.tsv (AWS's documentation).
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace sallyport::facts {

struct Service {
  std::string_view name;        // `cloudwatch`
  std::string_view title;       // `CloudWatch`
  std::string_view iam_prefix;  // `cloudwatch` of `cloudwatch:PutMetricData`; empty if not known
  bool global;                  // one host for the whole partition (iam, route53, organizations)
  std::string_view endpoint;    // `monitoring`: the usual first part of its host names
  std::string_view signing;     // the service in a request's signature
  std::string_view also;        // comma-separated names of services at the same host: `elb`
};

// All services, sorted by name.
std::span<const Service> services();

// The service that goes by `name`, tried in this order: the service's name, another
// name at the same host (`elb`), endpoint (`monitoring`, `states`), endpoint service
// (`ecr.api`, `kinesis-streams`), signing name, IAM prefix. Case does not matter.
// Where several share an IAM prefix it is the one whose name comes first in this
// order, then alphabetically: see `services_of_iam_prefix` for all.
//   service("states")->name == "stepfunctions"
// nullptr if no service goes by that name. Cost: binary search.
const Service* service(std::string_view name);

// All services whose actions have that prefix: `dynamodb` gives dynamodb and
// dynamodbstreams, `ecr` gives ecr and ecr.dkr. Sorted by name, empty if none is
// known. Case does not matter. Cost: binary search and a small vector.
std::vector<const Service*> services_of_iam_prefix(std::string_view prefix);

// The services at whose host an action is called.
struct ActionServices {
  std::vector<const Service*> services;  // the most likely first; empty if the prefix is not known
  bool certain;                          // an operation of that name says so; else these are all that share the prefix
};

//   services_of_action("dynamodb:GetItem")    -> {dynamodb}, certain
//   services_of_action("dynamodb:GetRecords") -> {dynamodbstreams}, certain
//   services_of_action("s3:ListBucket")       -> {s3, s3control}, not certain: no operation has that name
// Where a prefix has one service only, that is certain. Case does not matter.
// Source: data/action_services.tsv (botocore's models). Cost: binary searches.
ActionServices services_of_action(std::string_view action);

}  // namespace sallyport::facts
