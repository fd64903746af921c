// `sallyport.yaml` -> Settings: what no AWS file says. Every key is optional, an
// unknown one is an error; the keys are those of DESIGN.md and docs.
//
//   networks: {ours: [10.0.0.0/8]}
//   assume: [{object: nfw-0a1, passes: {to: "*.amazonaws.com", port: 443}, reason: "..."}]
#pragma once

#include <string>

#include "base/result.h"
#include "model/settings.h"
#include "read/json/tree.h"

namespace sallyport::read {

// Errors, each with its place: the file cannot be read, is not YAML, holds several
// documents, an unknown or repeated key, a value of a wrong kind, a bad block, account
// id or date. An empty file gives empty settings.
Result<Settings> read_settings(const std::string& path, Documents& documents);

// The same from a document that is already there.
Result<Settings> settings_of(json::Node root);

}  // namespace sallyport::read
