// Templates for tests: written as YAML, read into a cloud, asked by name.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/cloud.h"
#include "net/engine.h"
#include "read/cloudformation/cloudformation.h"

namespace sallyport::read {

using Given = std::map<std::string, std::string>;

inline TemplateParameters parameters_of(const Given& given) {
  TemplateParameters parameters;
  for (const auto& [name, value] : given) parameters.values[name] = {value, {}};
  return parameters;
}

// Several files by path: the first `roots` of them are given, the rest lie beside them.
inline Change change_of(const RegistryPtr& registry, const std::vector<std::pair<std::string, std::string>>& files,
                        std::size_t roots, const Given& given, const Cloud* base = nullptr) {
  const auto parse = [&](const std::string& path, const std::string& text) {
    return parse_template(text, registry->documents.add_text(path, text));
  };
  std::vector<Template> templates;
  for (std::size_t i = 0; i < roots; ++i) {
    auto tree = parse(files[i].first, files[i].second);
    EXPECT_TRUE(tree.has_value()) << (tree ? "" : tree.error().message);
    if (tree) templates.push_back({std::move(*tree), files[i].first, {}, {}, {}});
  }
  const LoadTemplate load = [&](const std::string& path) -> Result<json::Tree> {
    for (const auto& [name, text] : files) {
      if (name == path) return parse(name, text);
    }
    return fail("no file");
  };
  return read_cloudformation(base != nullptr ? *base : Cloud(registry), templates, parameters_of(given), load);
}

inline Cloud cloud_of(const std::string& text, const Given& given = {}) {
  const auto registry = std::make_shared<Registry>();
  return apply(Cloud(registry), change_of(registry, {{"template.yaml", text}}, 1, given));
}

// A VPC with a subnet in eu-central-1, as most templates here begin.
inline std::string with_network(const std::string& more) {
  return R"(
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.7.0.0/16, EnableDnsHostnames: true}}
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.7.1.0/24, AvailabilityZone: eu-central-1a}
)" + more;
}

// The text of an id or value with symbols as `(Vpc)`; one that may be anything as `(Vpc?)`.
inline std::string shown(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\xFE\xFF\xFE")) {
      out += "?)", i += 2;
    } else {
      out += text[i] == '\xFF' ? '(' : text[i] == '\xFE' ? ')' : text[i];
    }
  }
  return out;
}

// The object whose id reads so; null if there is none.
template <class Row>
const Row* find(const Cloud& cloud, const Rows<Row>& rows, const std::string& id) {
  for (const Row& row : rows) {
    if (shown(cloud.id(row.id)) == id) return &row;
  }
  return nullptr;
}

inline std::string why(const Cloud& cloud, GapId gap) { return gap ? cloud.registry().gaps[gap].what : "known"; }

// Is a diagnostic of that code there?
inline bool says(const Cloud& cloud, const std::string& code) {
  for (const Diagnostic& d : cloud.diagnostics()) {
    if (d.code == code) return true;
  }
  return false;
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
