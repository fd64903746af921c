// Templates, parameter files and assemblies as files: their forms, before anything is
// evaluated.
#include "facts/regions.h"
#include "read/cloudformation/cloudformation.h"
#include "read/json/parse.h"
#include "read/json/text.h"
#include "read/yaml/parse.h"

namespace sallyport::read {

Result<json::Tree> parse_template(std::string bytes, DocumentId document) {
  std::string_view view = bytes;
  if (view.starts_with("\xEF\xBB\xBF")) view.remove_prefix(3);
  const std::size_t first = view.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || view[first] == '{') {
    // YAML may begin like JSON; what is no JSON may still be that.
    auto tree = json::parse(bytes, document);
    if (tree) return tree;
    auto other = yaml::parse(std::move(bytes), document);
    return other ? std::move(other) : std::move(tree);
  }
  return yaml::parse(std::move(bytes), document);
}

Result<TemplateParameters> template_parameters(const json::Tree& tree) {
  TemplateParameters parameters;
  const auto take = [&](std::string_view name, json::Node value) {
    std::string text(value.scalar());
    if (value.is(json::Kind::array)) {
      for (const json::Node entry : value.items()) {
        if (!text.empty()) text += ',';
        text += entry.scalar();
      }
    }
    parameters.values.insert_or_assign(std::string(name), TemplateParameters::Given{std::move(text), value.origin()});
  };
  json::Node root = tree.root();
  if (root["Parameters"].is(json::Kind::object) && root.size() <= 3) root = root["Parameters"];  // CodePipeline's form
  if (root.is(json::Kind::object)) {
    for (const json::Member m : root.members()) {
      if (m.value.is(json::Kind::object))
        return fail("`" + std::string(m.name()) + "` is no value of a parameter", {}, m.value.origin());
      take(m.name(), m.value);
    }
    return parameters;
  }
  if (root.is(json::Kind::array)) {
    for (const json::Node entry : root.items()) {
      const json::Node name = entry["ParameterKey"];
      if (name.text().empty()) {
        return fail("an entry without `ParameterKey`", "each is {\"ParameterKey\": ..., \"ParameterValue\": ...}",
                    entry.origin());
      }
      // `ResolvedValue` is what a parameter of Systems Manager gave; `UsePreviousValue` gives none.
      if (entry["ParameterValue"]) take(name.text(), entry["ParameterValue"]);
    }
    return parameters;
  }
  return fail("no parameters", "give {\"Name\": \"value\"}, or a list of {\"ParameterKey\", \"ParameterValue\"}",
              root.origin());
}

// Source: CDK, cloud-assembly-schema: `aws:cloudformation:stack`, `cdk:cloud-assembly`.
std::vector<Template> stacks_of_assembly(const json::Tree& manifest, const std::string& folder,
                                         std::vector<std::string>& nested) {
  std::vector<Template> stacks;
  const auto inside = [&](std::string_view file) { return folder + std::string(file); };
  for (const json::Member artifact : manifest.root()["artifacts"].members()) {
    const json::Node properties = artifact.value["properties"];
    const std::string_view type = artifact.value["type"].text();
    if (type == "cdk:cloud-assembly" && !properties["directoryName"].text().empty()) {
      nested.push_back(inside(properties["directoryName"].text()) + "/");
    }
    if (type != "aws:cloudformation:stack" || properties["templateFile"].text().empty()) continue;
    Template stack;
    stack.path = inside(properties["templateFile"].text());
    const std::string_view name = properties["stackName"].text();
    stack.name = std::string(name.empty() ? artifact.name() : name);
    // `aws://123456789012/eu-central-1`, either perhaps `unknown-...`
    std::string_view place = artifact.value["environment"].text();
    if (place.starts_with("aws://")) {
      place.remove_prefix(6);
      const std::size_t slash = place.find('/');
      const std::string_view account = place.substr(0, slash);
      const std::string_view region = slash == std::string_view::npos ? std::string_view() : place.substr(slash + 1);
      if (account != "unknown-account") stack.account = std::string(account);
      if (region != "unknown-region" && facts::partition_of(region) != nullptr) stack.region = std::string(region);
    }
    stacks.push_back(std::move(stack));
  }
  return stacks;
}

}  // namespace sallyport::read
