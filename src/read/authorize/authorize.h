// Reads one self-contained request of the command `authorize` (DESIGN.md has the
// format) from a JSON or YAML object into plain values. Nothing is decided here.
//
// A key that looks like a misspelt one of the format (`scp`, `identityPolicy`) is
// an error, since leaving a policy out changes the answer; any other unknown key
// gives a note.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/result.h"
#include "model/authorize.h"
#include "model/registry.h"
#include "read/json/tree.h"

namespace sallyport::read {

// What stands under `id`: a text, or any other scalar as written (`7`, `true`).
// Kind `none`: no id that can be read.
struct AuthorizeId {
  json::Kind kind = json::Kind::none;
  std::string text;
};
AuthorizeId authorize_id(json::Node node);

// Errors: a missing or mistyped member, a key that looks misspelt; the message names
// it. A policy that is not understood is no error: see read/policy/policy.h.
Result<AuthorizeCase> read_authorize(json::Node node, Registry& registry, Diagnostics& diagnostics);

}  // namespace sallyport::read
