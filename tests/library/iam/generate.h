// Requests to decide, made up from a seed: lines of `authorize` that mostly mean something.
//
// A line of random words would be denied for nothing in common with its policies.
// So the request comes first, over small alphabets, and each policy is written with
// the request in view: most elements fit it, some nearly do, some do not. How often
// is what the knobs say; the defaults are tuned so that all decisions are frequent
// and that every layer is sometimes the only one that says no (the test measures it).
//
//   generate::iam::Requests requests(7);
//   nlohmann::json line = requests.next();   // the same on every machine
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "library/net/random.h"

namespace sallyport::generate::iam {

// All in percent of the places where it can happen.
struct Knobs {
  int fitting = 92;          // an element of an Allow statement fits the request
  int fitting_deny = 74;     // an element of a Deny statement does
  int deny_statement = 34;   // a statement beside the first is a Deny
  int condition = 28;        // a statement has conditions
  int not_element = 8;       // NotAction, NotResource; NotPrincipal in a Deny
  int old_version = 15;      // Version 2008-10-17 or none
  int variable = 18;         // a text that fits is written with a policy variable
  int empty_list = 1;        // an element is `[]`
  int missing_key = 25;      // a condition key is not in the request
  int not_collected = 4;     // a policy is the text "unknown"
  int cross_account = 30;    // the resource belongs to another account
  int resource_policy = 55;  // there is one (keys and roles: nearly always)
  int endpoint = 35;         // the request passes an endpoint that has a policy
  int boundary = 25;
  int session_policy = 30;
  int organization = 40;  // SCPs, RCPs
  int block_public = 40;  // restrictPublicBuckets, S3 only
};

class Requests {
 public:
  explicit Requests(std::uint64_t seed, Knobs knobs = {}) : random_(seed), knobs_(knobs) {}

  // A well-formed line, with `id` = its number from 0.
  nlohmann::json next();

 private:
  enum class Place { identity, resource, trust, endpoint, scp, rcp };

  struct Asked {
    std::string principal, account, role, action, resource, resource_account;
  };

  void ask();  // the request and its context
  nlohmann::json statement(Place place, bool deny);
  nlohmann::json document(Place place);
  nlohmann::json policy(Place place);  // or "unknown"
  nlohmann::json levels(Place place);
  nlohmann::json principal(Place place, bool fits);
  std::string action_pattern(bool fits);
  std::string resource_pattern(bool fits, bool variables);
  nlohmann::json conditions(bool fits, bool variables);
  nlohmann::json condition_values(const std::string& base, const std::string& key, bool fits, bool variables);
  nlohmann::json listed(std::vector<std::string> texts);

  Random random_;
  Knobs knobs_;
  std::uint64_t number_ = 0;
  Asked asked_;
  std::vector<std::pair<std::string, std::vector<std::string>>> context_;
};

}  // namespace sallyport::generate::iam
