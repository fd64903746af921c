// Plans for tests: written resource by resource, read into a cloud, asked by name.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "model/cloud.h"
#include "net/engine.h"
#include "read/json/parse.h"
#include "read/terraform/terraform.h"

namespace sallyport::read {

// One entry of `resource_changes` with its block in the configuration. All parts are
// JSON texts; an empty one is left out.
struct Made {
  std::string block;  // `aws_vpc.main`
  std::string after;
  std::string unknown = "{}";
  std::string expressions = "{}";
  std::string actions = R"(["create"])";
  std::string before = "null";
  std::string index = {};  // of count or for_each, as JSON
};

inline std::string join(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& p : parts) all += (all.empty() ? "" : ",") + p;
  return all;
}

// A plan of one module, with a provider in eu-central-1 and the account 111122223333.
inline std::string plan_of(const std::vector<Made>& resources, const std::string& more = {}) {
  std::vector<std::string> changes, blocks;
  for (const Made& m : resources) {
    const std::size_t dot = m.block.find('.');
    const std::string type = m.block.substr(0, dot);
    const std::string name = m.block.substr(dot + 1);
    const std::string key = m.index.empty() ? "" : "[" + m.index + "]";
    std::string escaped;
    for (const char c : key) escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
    changes.push_back(R"({"address":")" + m.block + escaped + R"(","mode":"managed","type":")" + type +
                      R"(","name":")" + name + "\"" + (m.index.empty() ? "" : ",\"index\":" + m.index) +
                      R"(,"change":{"actions":)" + m.actions + R"(,"before":)" + m.before + R"(,"after":)" +
                      (m.after.empty() ? "null" : m.after) + R"(,"after_unknown":)" + m.unknown + "}}");
    blocks.push_back(R"({"address":")" + m.block + R"(","mode":"managed","type":")" + type + R"(","name":")" + name +
                     R"(","provider_config_key":"aws","expressions":)" + m.expressions + "}");
  }
  return R"({"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[)" + join(changes) +
         R"(],"configuration":{"provider_config":{"aws":{"name":"aws","expressions":{)"
         R"("region":{"constant_value":"eu-central-1"},"allowed_account_ids":{"constant_value":["111122223333"]}}}},)"
         R"("root_module":{"resources":[)" +
         join(blocks) + "]" + more + "}}}";
}

// `{"references": ["a.b.id", "a.b"]}`
inline std::string refers(const std::string& attribute) {
  const std::size_t last = attribute.rfind('.');
  return R"({"references":[")" + attribute + R"(",")" + attribute.substr(0, last) + R"("]})";
}

// A new VPC with one subnet, as every plan here begins.
inline std::vector<Made> with_network(std::vector<Made> more) {
  std::vector<Made> all = {
      {"aws_vpc.main", R"({"cidr_block":"10.7.0.0/16","enable_dns_support":true,"enable_dns_hostnames":true})",
       R"({"id":true,"default_route_table_id":true,"main_route_table_id":true,"default_network_acl_id":true,
           "default_security_group_id":true,"ipv6_cidr_block":true})"},
      {"aws_subnet.a", R"({"cidr_block":"10.7.1.0/24","availability_zone":"eu-central-1a",
           "map_public_ip_on_launch":false,"assign_ipv6_address_on_creation":false})",
       R"({"id":true,"vpc_id":true})", R"({"vpc_id":)" + refers("aws_vpc.main.id") + "}"}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

inline Change change_of(const RegistryPtr& registry, const std::string& json, const Cloud* base = nullptr) {
  const DocumentId document = registry->documents.add_text("plan.json", json);
  auto tree = json::parse(json, document);
  EXPECT_TRUE(tree.has_value()) << (tree ? "" : tree.error().message);
  if (!tree) return Change(registry);
  return read_terraform(base != nullptr ? *base : Cloud(registry), *tree);
}

inline Cloud cloud_of(const std::string& json) {
  const auto registry = std::make_shared<Registry>();
  return apply(Cloud(registry), change_of(registry, json));
}

inline std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The object whose id reads so: `(aws_vpc.main.id)` for a symbol.
template <class Row>
const Row* find(const Cloud& cloud, const Rows<Row>& rows, const std::string& id) {
  for (const Row& row : rows) {
    std::string shown;
    for (const char c : cloud.id(row.id)) shown += c == '\xFF' ? "(" : c == '\xFE' ? ")" : std::string(1, c);
    if (shown == id) return &row;
  }
  return nullptr;
}

// Asks `from` -> `to` by name.
inline net::Answer ask(const Cloud& cloud, const std::string& from, const std::string& to, std::uint16_t port = 443) {
  const net::Engine engine(cloud);
  const auto source = net::parse_source(cloud, from);
  const auto target = net::parse_target(cloud, to, "eu-central-1");
  EXPECT_TRUE(source.has_value()) << (source ? "" : source.error().message);
  EXPECT_TRUE(target.has_value()) << (target ? "" : target.error().message);
  if (!source || !target) return {};
  return engine.answer({*source, *target, tcp, port});
}

}  // namespace sallyport::read
