#include "read/planned/managed_policies.h"

#include <algorithm>
#include <string>

#include "read/planned/policies.h"

namespace sallyport::read::planned {
namespace {

struct Managed {
  std::string_view name;  // behind `policy/`
  const char* document;
};
constexpr Managed documented[] = {
    // v1, edited April 09, 2015
    {"service-role/AWSLambdaBasicExecutionRole",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup",)"
     R"("logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]})"},
    // v3, edited January 05, 2024
    {"service-role/AWSLambdaVPCAccessExecutionRole",
     R"({"Version":"2012-10-17","Statement":[{"Sid":"AWSLambdaVPCAccessExecutionPermissions","Effect":"Allow",)"
     R"("Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents","ec2:CreateNetworkInterface",)"
     R"("ec2:DescribeNetworkInterfaces","ec2:DescribeSubnets","ec2:DeleteNetworkInterface",)"
     R"("ec2:AssignPrivateIpAddresses","ec2:UnassignPrivateIpAddresses"],"Resource":"*"}]})"},
    // v1, edited February 06, 2015
    {"service-role/AWSLambdaRole",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["lambda:InvokeFunction"],"Resource":["*"]}]})"},
};

void put(Work& work, PolicyId id) {
  const std::string_view arn = work.registry.id(id);
  constexpr std::string_view account = ":iam::aws:policy/";
  const std::size_t at = arn.find(account);
  if (at == std::string_view::npos) return;
  const auto found = std::find_if(std::begin(documented), std::end(documented),
                                  [&](const Managed& m) { return m.name == arn.substr(at + account.size()); });
  if (found == std::end(documented) || work.base->policies.find(id) != nullptr ||
      work.row(work.change.put.policies, id) != nullptr)
    return;
  Head head;
  head.name = work.text(arn.substr(arn.rfind('/') + 1));
  put_policy_text(work, work.registry.ids.scope(id), std::string(arn), head, found->document);
}

}  // namespace

void put_managed_policies(Work& work) {
  const auto each = [&](const auto& rows) {
    for (const auto& row : rows) {
      for (const PolicyId id : row.policies) put(work, id);
    }
  };
  each(work.change.put.roles);
  each(work.change.put.users);
  each(work.change.put.groups);
}

}  // namespace sallyport::read::planned
