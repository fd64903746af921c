// CompiledPolicy: a policy document made ready for many decisions.
//
// Idea: what depends on the document alone is done once. Actions are split into
// service prefix, literal names (binary search) and patterns; an index by prefix
// gives the few statements that can speak of a request; conditions become typed
// predicates with parsed values. Nothing is decided here.
//
// A document that a layer cannot hold (an identity policy with `Principal`, an RCP
// with `NotAction`) is kept with a gap: AWS would have refused it, so what it does
// is unknown.
//
// Lifetime: texts stay in the registry's pool, which must outlive the policy.
// Immutable; shared by threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/gap.h"
#include "base/truth.h"
#include "iam/arena.h"
#include "iam/statement.h"
#include "model/policy.h"
#include "model/registry.h"

namespace sallyport::iam {

// In which layer a document stands; decides what is legal in it.
enum class PolicyType : std::uint8_t { identity, resource, endpoint, scp, rcp, boundary, session };

class CompiledPolicy {
 public:
  // `label` is how answers call the document: a policy's name or ARN. Gaps are
  // added to `registry.gaps`; its texts are only read. Cost: linear in the document.
  CompiledPolicy(const PolicyDocument& document, PolicyType type, std::string label, Registry& registry);
  ~CompiledPolicy();
  CompiledPolicy(CompiledPolicy&&) noexcept;
  CompiledPolicy& operator=(CompiledPolicy&&) noexcept;

  PolicyType type() const { return type_; }
  const std::string& label() const { return label_; }
  Origin origin() const { return origin_; }
  GapId gap() const { return gap_; }  // set: the whole document is unknown
  std::size_t size() const { return statements_.size(); }
  const CompiledStatement& statement(std::size_t index) const { return statements_[index]; }

  // The statements (ascending) that can speak of actions of that service, each with the
  // place of the service among its own actions, so that nobody searches for it again.
  struct Speaker {
    std::uint32_t statement;  // 0-based
    ActionMatcher::Group group;
  };
  std::span<const Speaker> speaking_of(const Word& service) const;

  // Is the document "public" in the sense of S3 Block Public Access: an Allow for
  // everybody that no fixed condition narrows? Meaningful for resource policies.
  // Source: S3 User Guide, access-control-block-public-access, "The meaning of public".
  Truth is_public() const { return public_; }
  GapId public_gap() const { return public_gap_; }  // why that is unknown, if something was not understood

 private:
  void index();

  struct Run {
    Word service;
    std::uint32_t first, last;
  };

  PolicyType type_;
  std::string label_;
  Origin origin_;
  GapId gap_;
  Truth public_ = Truth::no;
  GapId public_gap_;
  std::unique_ptr<TextArena> arena_;
  std::vector<CompiledStatement> statements_;
  std::vector<Run> runs_;  // sorted
  std::vector<Speaker> speakers_;
  std::uint32_t always_ = 0;  // the statements for any other service: speakers_[0, always_)
};

}  // namespace sallyport::iam
