// CloudFormation: templates, also those that the CDK synthesized -> a change.
//
//   Cloud cloud = apply(base, read::read_cloudformation(base, templates, {}, load));
//
// A template gives what is there once its stack is made: it is taken as one that does
// not exist yet. Functions and conditions are evaluated as far as parameters decide them;
// an id that does not exist yet is a symbol named after the logical id. Every row's origin
// is its resource in the document.
//
// Idea: `stack.h` finds resources, `evaluate.h` evaluates their properties three-valued,
// `properties.h` reads those as values of the model, and one small function for each
// resource type fills rows.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/cloud.h"
#include "read/json/tree.h"

namespace sallyport::read {

// A template, and where its stack is made as far as that is known (a manifest of the
// CDK says it).
struct Template {
  json::Tree tree;
  std::string path;    // of its file: nested templates are found from there
  std::string name;    // of the stack; empty: not known
  std::string region;  // empty: as the template shows
  std::string account;
};

// Values of parameters by name, pseudo parameters (`AWS::Region`) among them.
struct TemplateParameters {
  struct Given {
    std::string value;
    Origin origin;
  };
  std::map<std::string, Given, std::less<>> values;
};

// Reads the template at a path, for nested stacks.
using LoadTemplate = std::function<Result<json::Tree>(const std::string& path)>;

// All `templates` together: what one exports another may import. Those that another one
// nests are read as its part. `base` is what is there already, an empty cloud if the
// templates stand alone. Never fails: what is not understood is a diagnostic, and a gap
// where it counts. Cost: about linear, bounded for hostile templates.
Change read_cloudformation(const Cloud& base, const std::vector<Template>& templates,
                           const TemplateParameters& parameters, const LoadTemplate& load);

// A template from bytes: JSON, or YAML with short tags. Errors: those of the parsers.
Result<json::Tree> parse_template(std::string bytes, DocumentId document);

// The parameters in a file, in either form of AWS's: `[{"ParameterKey", "ParameterValue"}]`
// or `{"Name": "value"}`. Errors: neither of them.
Result<TemplateParameters> template_parameters(const json::Tree& tree);

// The stacks of a `cdk.out`: `manifest` is its manifest.json, which lies in `folder`.
// `nested` gets the folders of assemblies within it. Without trees: those are to be read.
std::vector<Template> stacks_of_assembly(const json::Tree& manifest, const std::string& folder,
                                         std::vector<std::string>& nested);

}  // namespace sallyport::read
