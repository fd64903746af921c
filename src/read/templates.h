// Templates: the CloudFormation templates among the inputs, with the files beside them:
// manifests of the CDK, nested templates, parameter files.
//
// All templates are read together, so they are gathered until the last input was seen.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "read/cloudformation/cloudformation.h"
#include "read/store.h"

namespace sallyport::read {

class Templates {
 public:
  // `store` must outlive it.
  Templates(RegistryPtr registry, Store& store) : registry_(std::move(registry)), store_(store) {}

  bool empty() const { return templates_.empty(); }

  // A template, or the manifest of a `cdk.out`, whose stacks are read from their files.
  // Errors: a file of the manifest that cannot be read.
  Result<bool> add(const std::string& path, json::Tree tree);

  // Values of parameters from a file; later files count more. Errors: it cannot be read,
  // or holds none.
  Result<bool> add_parameters(const std::string& path);

  // The value of one parameter.
  void add_parameter(const std::string& name, const std::string& value) { parameters_.values[name] = {value, {}}; }

  // The change over what is there already.
  Change read(const Cloud& base) const;

 private:
  Result<json::Tree> load(const std::string& path) const;
  Result<bool> add_assembly(const std::string& path, const json::Tree& manifest, int depth);

  RegistryPtr registry_;
  Store& store_;
  std::vector<Template> templates_;
  TemplateParameters parameters_;
};

// Does a text that is not JSON look as if it were a template in YAML?
bool looks_like_template(std::string_view bytes);

// Leaves out what lies beside a manifest of the CDK: the manifest names what is to be read.
void keep_manifests(const Store& store, std::vector<Path>& files);

}  // namespace sallyport::read
