#include "read/recognise.h"

#include "read/awsconfig/items.h"

namespace sallyport::read {

Format format_of(const json::Tree& tree) {
  using json::Kind;
  const json::Node root = tree.root();
  if (tree.empty()) return Format::nothing;
  if (!root["format_version"].text().empty()) {
    if (root["resource_changes"] || root["planned_values"]) return Format::terraform_plan;
    if (root["values"] || root["terraform_version"]) return Format::terraform_state;
  }
  if (!root["terraform_version"].text().empty() && root["version"].is(Kind::number)) return Format::terraform_state;
  if (!root["AWSTemplateFormatVersion"].scalar().empty()) return Format::cloudformation;
  if (const json::Node resources = root["Resources"]; resources.is(Kind::object)) {
    for (const json::Member m : resources.members()) {
      if (m.value["Type"].text().find("::") != std::string_view::npos) return Format::cloudformation;
    }
  }
  if (root["artifacts"].is(Kind::object) && root["version"].is(Kind::string)) return Format::cloudformation;
  if (awsconfig::is_config(root)) return Format::aws_config;
  if (root["Statement"] && !root["Statements"]) return Format::policy;
  return Format::aws_answer;
}

const char* with_article(Format format) {
  switch (format) {
    case Format::nothing: return "an empty file";
    case Format::aws_config: return "a document of AWS Config";
    case Format::aws_answer: return "an AWS answer";
    case Format::terraform_plan: return "a Terraform plan";
    case Format::terraform_state: return "a Terraform state";
    case Format::cloudformation: return "a CloudFormation template";
    case Format::policy: return "a policy document";
  }
  return "something else";
}

}  // namespace sallyport::read
