// Evidence: whose answer it is and of which Region, told from its contents, for
// files whose path does not say.
#pragma once

#include <map>
#include <string>

#include "read/json/tree.h"

namespace sallyport::read::snapshot {

// Votes by name. Strong ones (a zone, an owner) count more than an ARN, which may
// name a thing elsewhere.
struct Evidence {
  std::map<std::string, long> regions;
  std::map<std::string, long> accounts;

  void add(const Evidence& other);
  // The name with most votes, the first by alphabet among equals; empty if none.
  static std::string winner(const std::map<std::string, long>& votes);
  // Strong votes for more than one: a folder in which Regions are mixed.
  static bool mixed(const std::map<std::string, long>& votes);
};

// Looks at every member of the document. Cost: linear.
Evidence evidence_of(json::Node root);

// Is it what `sts get-caller-identity` prints? Then whose.
std::string caller_account(json::Node root);

}  // namespace sallyport::read::snapshot
