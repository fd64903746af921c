// Shape: a recorded configuration written as the service's own `describe` call prints it.
//
// AWS Config keeps what the describe calls say, as the Java SDK spells it: members begin
// with a small letter (`vpcId` for `VpcId`), words are objects with one member (`{"value":
// "available"}`), tags are `key` and `value`. This file undoes that, and nothing else: what
// differs beyond it stands with the resource's type (ec2.cc, services.cc).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/json/tree.h"

namespace sallyport::read::awsconfig {

enum class Letters : char { upper, lower };  // how members of the call's answer begin

// `node` as JSON. `{"value": X}` is X. What is nested deeper than any answer is not recorded.
void write(json::Node node, Letters letters, std::string& out);

// One object, member by member:
//
//   Object vpc(configuration);           // all of it, capitalised
//   vpc.set("OwnerId", text(account));   // replaces or adds; JSON
//   vpc.drop("Tags");
//   body = vpc.done();
class Object {
 public:
  explicit Object(json::Node configuration, Letters letters = Letters::upper)
      : configuration_(configuration), letters_(letters) {}

  Object& set(std::string name, std::string json) { return own_.emplace_back(std::move(name), std::move(json)), *this; }
  Object& drop(std::string name) { return set(std::move(name), std::string()); }
  std::string done() const;

 private:
  json::Node configuration_;
  Letters letters_;
  std::vector<std::pair<std::string, std::string>> own_;  // empty JSON: left out
};

// `bytes` as a JSON text.
std::string text(std::string_view bytes);
// In the place of a value that Config does not record (snapshot/said.h).
std::string not_recorded();

// `{"Key": [value]}`: the answer of a call that lists.
std::string answer(std::string_view key, std::string_view value);

}  // namespace sallyport::read::awsconfig
