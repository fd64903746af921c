// A small validator of JSON Schema: as much as docs/schema/ uses.
//
// Knows type, enum, const, required, properties, additionalProperties (a schema),
// items, minimum, anyOf, $ref (in the same folder, with a fragment of $defs). A
// keyword that it does not know is a violation: no schema is checked half.
#pragma once

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace sallyport::cli {

class Schemas {
 public:
  using Json = nlohmann::json;

  explicit Schemas(std::string folder) : folder_(std::move(folder)) {}

  // One line per violation, with the place in the document; empty: it conforms.
  std::vector<std::string> violations(const std::string& file, const Json& document) {
    out_.clear();
    check(load(file), file, document, "$");
    return out_;
  }
  // The same against a schema that is no file.
  std::vector<std::string> violations(const Json& schema, const Json& document) {
    out_.clear();
    check(schema, "", document, "$");
    return out_;
  }

 private:
  const Json& load(const std::string& file) {
    auto found = files_.find(file);
    if (found != files_.end()) return found->second;
    std::ifstream in(folder_ + "/" + file);
    Json schema = Json::parse(in, nullptr, false);
    if (schema.is_discarded()) out_.push_back(file + " is no JSON");
    return files_.emplace(file, std::move(schema)).first->second;
  }

  static bool is_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    return type == "null" && value.is_null();
  }

  void check(const Json& schema, const std::string& file, const Json& value, const std::string& at) {
    static const std::set<std::string> known = {
        "$schema", "$ref",     "$defs", "title", "description", "type",    "enum",
        "const",   "required", "items", "anyOf", "properties",  "minimum", "additionalProperties"};
    for (const auto& [keyword, _] : schema.items()) {
      if (known.count(keyword) == 0) out_.push_back(at + ": unknown keyword " + keyword);
    }
    if (schema.contains("$ref")) follow(schema["$ref"], file, value, at);
    if (schema.contains("const") && schema["const"] != value) out_.push_back(at + " is " + value.dump());
    if (schema.contains("enum") && !contains(schema["enum"], value)) out_.push_back(at + " is " + value.dump());
    if (schema.contains("type") && !fits(schema["type"], value)) {
      out_.push_back(at + " is no " + schema["type"].dump());
      return;
    }
    if (schema.contains("minimum") && value.is_number() && value < schema["minimum"]) out_.push_back(at + " is less");
    if (schema.contains("anyOf")) any(schema["anyOf"], file, value, at);
    if (value.is_object()) members(schema, file, value, at);
    if (value.is_array() && schema.contains("items")) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        check(schema["items"], file, value[i], at + "[" + std::to_string(i) + "]");
      }
    }
  }

  static bool contains(const Json& list, const Json& value) {
    for (const Json& one : list) {
      if (one == value) return true;
    }
    return false;
  }

  static bool fits(const Json& types, const Json& value) {
    if (types.is_string()) return is_type(value, types);
    for (const Json& type : types) {
      if (is_type(value, type)) return true;
    }
    return false;
  }

  void members(const Json& schema, const std::string& file, const Json& value, const std::string& at) {
    for (const Json& name : schema.value("required", Json::array())) {
      if (!value.contains(name)) out_.push_back(at + " has no " + name.get<std::string>());
    }
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [name, member] : value.items()) {
      if (properties.contains(name)) {
        check(properties[name], file, member, at + "." + name);
      } else if (schema.contains("additionalProperties")) {
        check(schema["additionalProperties"], file, member, at + "." + name);
      }
    }
  }

  void any(const Json& schemas, const std::string& file, const Json& value, const std::string& at) {
    const std::vector<std::string> before = out_;
    for (const Json& one : schemas) {
      out_.clear();
      check(one, file, value, at);
      if (out_.empty()) {
        out_ = before;
        return;
      }
    }
    out_ = before;
    out_.push_back(at + " fits none of anyOf");
  }

  void follow(const std::string& ref, const std::string& file, const Json& value, const std::string& at) {
    const auto hash = ref.find('#');
    const std::string target = ref.substr(0, hash).empty() ? file : ref.substr(0, hash);
    const Json& root = load(target);
    if (hash == std::string::npos) return check(root, target, value, at);
    const auto pointer = Json::json_pointer(ref.substr(hash + 1));
    if (!root.contains(pointer)) {
      out_.push_back("there is no " + ref);
      return;
    }
    check(root[pointer], target, value, at);
  }

  std::string folder_;
  std::map<std::string, Json> files_;
  std::vector<std::string> out_;
};

}  // namespace sallyport::cli
