// Expectations: what a case (`expect.yaml`) asks of a cloud, and the answer it
// expects. Plain values: read/ fills them, guard/ runs them, show/ prints them.
//
//   - reach: {from: alpha5, to: s3delta, port: 443}
//     verdict: private
//     door: gateway-endpoint
//
// An expected member that is empty (or unset) is not compared; an expectation in
// which nothing is expected is an error of the case, which the reader reports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/origin.h"

namespace sallyport {

// `reach: {from, to, protocol, port}`.
struct ReachQuestion {
  std::string from;
  std::string to;
  std::int16_t protocol = 6;  // IP protocol number; tcp unless said
  std::uint16_t port = 443;
};

// One `key: value` or `key: [values]` that the user fixes in the request context.
struct ContextEntry {
  std::string key;
  std::vector<std::string> values;  // empty: the key is absent from the request
};

// `can: {principal, action, resource, from | via, context}`.
struct CanQuestion {
  std::string principal;  // empty with `from`: the workload's own role
  std::string action;
  std::string resource = "*";
  std::string from;  // a workload or `internet`; empty: none
  std::string via;   // an endpoint's id; empty: none
  std::vector<ContextEntry> context;
};

// `authorize: {...}` or `authorize: {file: case.json}`: one line of `authorize`.
struct AuthorizeQuestion {
  std::string json;  // the object as JSON text
};

// `compare: {old, new}`: two policy files, relative to the case's folder.
struct CompareQuestion {
  std::string old_file;
  std::string new_file;
};

// `check: CONTROL`: one control on the whole cloud. With `where`, only what it
// says of that object.
struct CheckQuestion {
  std::string control;
};

struct Expectation {
  std::variant<ReachQuestion, CanQuestion, AuthorizeQuestion, CompareQuestion, CheckQuestion> question;
  std::string why;  // free text, for people
  Origin origin;

  // reach
  std::string verdict;           // `private`, `public`, `blocked`, `unknown`
  std::vector<std::string> may;  // of an unknown flow, in any order
  std::string door;              // a kind of door or an id
  std::string reason;            // a reason code
  std::optional<bool> degraded;

  // can, authorize
  std::string decision;                                     // `allowed`, `denied`, `conditional`, `unknown`
  std::string layer;                                        // the layer that decided
  std::vector<std::pair<std::string, std::string>> layers;  // what single layers say: {"scp", "deny"}

  // compare
  std::string relation;  // `equivalent`, `more`, `less`, `incomparable`, `unknown`

  // check
  std::string result;  // `holds`, `violated`, `unknown`
  std::string where;   // an object that a finding names: id, name or ARN
};

// One folder with an `expect.yaml`.
struct Case {
  std::string folder;
  std::string source;  // the page that documents it
  std::string why;
  std::vector<std::string> inputs;  // paths, relative to `folder`
  std::string base;                 // what plans and templates are laid over; empty: nothing
  std::vector<std::string> parameter_files;
  std::vector<std::pair<std::string, std::string>> parameters;  // given in the case itself
  std::vector<Expectation> expectations;
};

}  // namespace sallyport
