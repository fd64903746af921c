// Policies: every policy document of a cloud, compiled once for the layers in which
// it stands, and the condition keys that any of them mentions.
//
// Immutable once built and shared by threads (building interns a text, so build it
// before threads read the registry); compiled policies live as long as it does, and
// decisions point to them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "iam/policy.h"
#include "model/cloud.h"

namespace sallyport::access {

class Policies {
 public:
  explicit Policies(const Cloud& cloud);

  // The document as it stands in a layer; nullptr if it is not in the input.
  const iam::CompiledPolicy* find(PolicyId id, iam::PolicyType type) const;

  // What an endpoint without a policy of its own has: full access (EP-1).
  const iam::CompiledPolicy* default_endpoint_policy() const { return default_endpoint_.get(); }
  // An identity that may do everything: for questions about any key holder.
  const iam::CompiledPolicy* everything() const { return everything_.get(); }
  // A resource that lets everybody do everything: where data could be carried to.
  const iam::CompiledPolicy* wide_open() const { return wide_open_.get(); }

  // Condition keys that some document tests or uses as a variable, lower case,
  // sorted, each once.
  const std::vector<std::string>& mentioned_keys() const { return keys_; }
  // The account ids that documents name anywhere, sorted.
  const std::vector<std::string>& mentioned_accounts() const { return accounts_; }

 private:
  using Key = std::pair<PolicyId, iam::PolicyType>;
  void compile(const Cloud& cloud, PolicyId id, iam::PolicyType type);
  void mention(const Cloud& cloud, const PolicyDocument& document);

  std::map<Key, std::unique_ptr<iam::CompiledPolicy>> compiled_;
  std::unique_ptr<iam::CompiledPolicy> default_endpoint_;
  std::unique_ptr<iam::CompiledPolicy> everything_;
  std::unique_ptr<iam::CompiledPolicy> wide_open_;
  std::vector<std::string> keys_;
  std::vector<std::string> accounts_;
};

}  // namespace sallyport::access
