// The stack of policies and the requests on which decisions are measured.
//
// One role in a member account of an organization: an identity policy of the size of
// AWS's ReadOnlyAccess, SCPs and RCPs for a data perimeter on three levels, and an S3
// interface endpoint with a policy. As lines of `authorize`, so that the peer reads
// exactly what we read. The perimeter policies follow the objectives that AWS describes
// (IAM User Guide, "Data perimeters on AWS"); their text is ours.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "library/net/random.h"

namespace sallyport::bench {

// Policy documents as JSON.
struct Stack {
  std::string identity;
  std::string identity_note;                       // where the identity policy comes from
  std::vector<std::vector<std::string>> scp, rcp;  // by level, the root's first
  std::string endpoint;
};

// The identity policy is AWS's own ReadOnlyAccess where SALLYPORT_CORPORA has it, else one
// of the same size and shape, made from the action table.
Stack realistic_stack();

// One request of the stack's role: who, what, on what, by which way.
struct Question {
  std::string action;
  std::string resource;
  std::string resource_account;
  bool through_endpoint = false;
  std::vector<std::pair<std::string, std::string>> context;
};

// `count` different questions: most of S3 through the endpoint, the rest over many
// services; reads and writes, own buckets and others'.
std::vector<Question> questions(int count);

// The question with all policies of the stack as one line of `authorize`, no newline.
std::string line(const Stack& stack, const Question& question, int number);

// A file of requests as an estate gives them: `roles` roles, each with three policies of
// its own (about 1 kB), behind the perimeter policies of `stack`. With `repeat` false
// every line has policies that stand nowhere else, and no perimeter: 1.3 kB a line.
std::string request_file(const Stack& stack, int lines, int roles, bool repeat);

}  // namespace sallyport::bench
