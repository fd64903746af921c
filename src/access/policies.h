// Policies: every policy document of a cloud, compiled once for the layers in which
// it stands, and the condition keys that any of them mentions.
//
// Immutable once built and shared by threads (building interns a text, so build it
// before threads read the registry); compiled policies live as long as it does, and
// decisions point to them.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "iam/policy.h"
#include "model/cloud.h"

namespace sallyport::access {

class Policies {
 public:
  explicit Policies(const Cloud& cloud);

  // The document as it stands in a layer; nullptr if it is not in the input.
  // Cost: two array reads.
  const iam::CompiledPolicy* find(PolicyId id, iam::PolicyType type) const {
    const auto& of_type = compiled_[static_cast<std::size_t>(type)];
    return id.number() < of_type.size() ? of_type[id.number()] : nullptr;
  }

  // What identity policies may say of an action on a resource, under some context: a
  // byte a policy, by its number, of the bits below; others never matter. Policies that
  // are not in the input may say anything. `action`: "s3:GetObject", in any case.
  // Cost: a byte a policy, a test for each statement that speaks of the action.
  static constexpr char may_allow = 1;
  static constexpr char may_deny = 2;
  std::vector<char> voices(std::string_view action, std::string_view resource, Gaps& gaps) const;

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
  // A statement of an identity policy; nullptr: any, the document is not understood.
  struct Voice {
    std::uint32_t number;
    const iam::CompiledStatement* statement;
  };
  using Voices = std::vector<Voice>;
  void compile(const Cloud& cloud, PolicyId id, iam::PolicyType type);
  void mention(const Cloud& cloud, const PolicyDocument& document);
  void index(const Cloud& cloud, const Policy& policy, const iam::CompiledPolicy& compiled);

  static constexpr std::size_t types = 7;
  std::deque<iam::CompiledPolicy> all_;
  std::array<std::vector<const iam::CompiledPolicy*>, types> compiled_;  // by type and number
  // Statements by what their actions begin with: "s3:getobject" for a literal, "s3:" for
  // a pattern within a service; `broad_`: by neither.
  std::unordered_map<std::string, Voices> by_action_;
  Voices broad_;
  std::unique_ptr<iam::CompiledPolicy> default_endpoint_;
  std::unique_ptr<iam::CompiledPolicy> everything_;
  std::unique_ptr<iam::CompiledPolicy> wide_open_;
  std::vector<std::string> keys_;
  std::vector<std::string> accounts_;
};

}  // namespace sallyport::access
