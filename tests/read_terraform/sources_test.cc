// Where the blocks of a configuration stand in its files.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "read/json/parse.h"
#include "read/terraform/sources.h"
#include "read/terraform/terraform.h"

namespace sallyport::read::terraform {
namespace {

namespace fs = std::filesystem;

TEST(Sources, FindBlocksAtTheTopOnly) {
  const std::string text = R"(# resource "aws_vpc" "commented" {}
/* resource "aws_vpc" "commented_too" {} */
locals {
  resource = "aws_vpc"  // a word inside a block
  note     = "resource \"aws_vpc\" \"quoted\" {} ${upper("}\" {")} $${ not a template"
}
resource "aws_vpc" "main" {
  tags = { Name = "a ${join("-", ["x", "}"])}" }
  description = <<-EOT
    resource "aws_vpc" "written" {}
    }
  EOT
}
data "aws_ami" "linux" {}
resource aws_subnet bare {}
resource "aws_vpc" "main" {}
)";
  const auto blocks = blocks_in(text);
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_EQ(text.substr(blocks.at("aws_vpc.main"), 25), "resource \"aws_vpc\" \"main\"");
  EXPECT_LT(blocks.at("aws_vpc.main"), text.find("written"));
  EXPECT_EQ(text.substr(blocks.at("data.aws_ami.linux"), 4), "data");
  EXPECT_EQ(text.substr(blocks.at("aws_subnet.bare"), 8), "resource");
}

TEST(Sources, TakeTextsThatEndAnywhere) {
  const std::string text = "resource \"a\" \"b\" {\n x = \"${\"}\"}\" <<E\n /* \n";
  for (std::size_t n = 0; n <= text.size(); ++n) EXPECT_LE(blocks_in(text.substr(0, n)).size(), 1U);
  EXPECT_TRUE(blocks_in("\"\\").empty());
  EXPECT_TRUE(blocks_in("x = <<").empty());
  EXPECT_TRUE(blocks_in("}}}} resource").empty());
}

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("sallyport-sources-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

constexpr const char* plan = R"({
  "format_version": "1.2", "terraform_version": "1.11.4",
  "configuration": {
    "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-central-1"}}}},
    "root_module": {
      "resources": [{"address": "aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main", "provider_config_key": "aws",
                     "expressions": {"cidr_block": {"constant_value": "10.0.0.0/16"}}}],
      "module_calls": {
        "near": {"source": "./net", "module": {"resources": [
          {"address": "aws_vpc.inner", "mode": "managed", "type": "aws_vpc", "name": "inner", "provider_config_key": "aws",
           "expressions": {"cidr_block": {"constant_value": "10.1.0.0/16"}}}]}},
        "far": {"source": "somebody/net/aws", "module": {"resources": [
          {"address": "aws_vpc.inner", "mode": "managed", "type": "aws_vpc", "name": "inner", "provider_config_key": "aws",
           "expressions": {"cidr_block": {"constant_value": "10.2.0.0/16"}}}]}}}}},
  "resource_changes": [
    {"address": "aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main",
     "change": {"actions": ["create"], "before": null, "after": {"cidr_block": "10.0.0.0/16"}, "after_unknown": {"id": true}}},
    {"address": "module.near[0].aws_vpc.inner", "module_address": "module.near[0]", "mode": "managed", "type": "aws_vpc", "name": "inner",
     "change": {"actions": ["create"], "before": null, "after": {"cidr_block": "10.1.0.0/16"}, "after_unknown": {"id": true}}},
    {"address": "module.far.aws_vpc.inner", "module_address": "module.far", "mode": "managed", "type": "aws_vpc", "name": "inner",
     "change": {"actions": ["create"], "before": null, "after": {"cidr_block": "10.2.0.0/16"}, "after_unknown": {"id": true}}}]
})";

// Where the VPC of that block says that it comes from.
std::string place_of(const std::string& source, const std::string& cidr) {
  const auto registry = std::make_shared<Registry>();
  json::Parser parser;
  const DocumentId document = registry->documents.add_text("plan.json", plan);
  const auto tree = parser.parse(plan, document);
  EXPECT_TRUE(tree.has_value());
  const Change change = read_terraform(Cloud(registry), *tree, source);
  for (const Vpc& vpc : change.put.vpcs) {
    if (to_string(*vpc.cidrs.items.at(0)) == cidr) return registry->documents.show(vpc.head.origin);
  }
  return "no VPC has that block";
}

TEST(Sources, ResourcesStandInTheFilesOfTheirModules) {
  const Folder folder;
  folder.write("main.tf", "\nresource \"aws_vpc\" \"main\" {}\n");
  folder.write("net/vpc.tf", "\n\nresource \"aws_vpc\" \"inner\" {}\n");
  folder.write(".terraform/modules/far/all.tf", "resource \"aws_vpc\" \"inner\" {}\n");
  EXPECT_EQ(place_of(folder.path(), "10.0.0.0/16"), folder.path() + "/main.tf:2");
  EXPECT_EQ(place_of(folder.path(), "10.1.0.0/16"), folder.path() + "/net/vpc.tf:3");
  // Where a module came from is not at hand, then it is.
  EXPECT_EQ(place_of(folder.path(), "10.2.0.0/16"), "plan.json:20");
  folder.write(
      ".terraform/modules/modules.json",
      R"({"Modules": [{"Key": "", "Dir": "."}, {"Key": "far", "Source": "somebody/net/aws", "Dir": ".terraform/modules/far"}]})");
  EXPECT_EQ(place_of(folder.path(), "10.2.0.0/16"), folder.path() + "/.terraform/modules/far/all.tf:1");
  EXPECT_EQ(place_of("", "10.0.0.0/16"), "plan.json:16");
}

}  // namespace
}  // namespace sallyport::read::terraform
