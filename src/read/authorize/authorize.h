// Reads one self-contained request of the command `authorize` (DESIGN.md has the
// format) from a JSON or YAML object into plain values. Nothing is decided here.
//
// A key that looks like a misspelt one of the format (`scp`, `identityPolicy`) is
// an error, since leaving a policy out changes the answer; any other unknown key
// gives a note.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/result.h"
#include "model/authorize.h"
#include "model/registry.h"
#include "read/authorize/policy_texts.h"
#include "read/json/tree.h"

namespace sallyport::read {

// What stands under `id`: a text, or any other scalar as written (`7`, `true`).
// Kind `none`: no id that can be read.
struct AuthorizeId {
  json::Kind kind = json::Kind::none;
  std::string text;
};
AuthorizeId authorize_id(json::Node node);

// The members that hold policy documents: those to seal (json::Parser::parse) for a
// reader with `texts`.
std::span<const std::string_view> authorize_policy_members();

// Errors: a missing or mistyped member, a key that looks misspelt; the message names
// it. A policy that is not understood is no error: see read/policy/policy.h.
// The case views into the node's tree.
// With `texts`, documents that stand sealed in the tree are read through it; ask it
// afterwards whether one was broken: then the line is no JSON, whatever this answers.
Result<AuthorizeCase> read_authorize(json::Node node, Registry& registry, Diagnostics& diagnostics,
                                     PolicyTexts* texts = nullptr);

}  // namespace sallyport::read
