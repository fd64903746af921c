// Any bytes as two policy documents, one a line, compared: no crash, no hang; a document is
// equivalent to itself or unknown; the other way round the relation is mirrored; and the
// engine that decides single requests confirms every witness.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "iam/sets/compare.h"
#include "read/policy/policy.h"

namespace {

using namespace sallyport;
using iam::sets::Relation;

Relation mirrored(Relation relation) {
  return relation == Relation::more ? Relation::less : relation == Relation::less ? Relation::more : relation;
}

// Does the document, taken alone, allow the request? Statement by statement.
iam::Match allows(const iam::CompiledPolicy& policy, const iam::sets::Witness& request, const iam::Rules& rules) {
  iam::Match allow = iam::Match::no, deny = iam::Match::no;
  for (std::size_t i = 0; i < policy.size(); ++i) {
    const iam::Match applies = iam::sets::applies_alone(policy, i, request, rules);
    iam::Match& so_far = policy.statement(i).effect == Effect::deny ? deny : allow;
    so_far = so_far | applies;
  }
  if (deny == iam::Match::yes) return iam::Match::no;
  return deny == iam::Match::no ? allow : allow == iam::Match::no ? allow : iam::Match::unknown;
}

void confirm(const std::optional<iam::sets::Witness>& witness, const PolicyDocument& with,
             const PolicyDocument& without, iam::PolicyType type, Registry& registry) {
  if (!witness) return;
  const iam::CompiledPolicy yes(with, type, "with", registry);
  const iam::CompiledPolicy no(without, type, "without", registry);
  const iam::Rules rules(registry.gaps);
  if (allows(yes, *witness, rules) != iam::Match::yes) std::abort();
  if (allows(no, *witness, rules) != iam::Match::no) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 20'000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return 0;
  Registry registry;
  Diagnostics diagnostics;
  const PolicyDocument older = read::read_policy_text(text.substr(0, line), {}, "old", registry, diagnostics);
  const PolicyDocument newer = read::read_policy_text(text.substr(line + 1), {}, "new", registry, diagnostics);
  for (const iam::PolicyType type : {iam::PolicyType::identity, iam::PolicyType::resource, iam::PolicyType::endpoint}) {
    const auto there = iam::sets::compare(older, newer, type, registry);
    const auto back = iam::sets::compare(newer, older, type, registry);
    const auto same = iam::sets::compare(older, older, type, registry);
    if (!there || !back || !same) std::abort();
    if (mirrored(there->relation) != back->relation) std::abort();
    if (same->relation != Relation::equivalent && same->relation != Relation::unknown) std::abort();
    if (there->relation == Relation::unknown && there->gaps.empty()) std::abort();
    const bool more = there->relation == Relation::more || there->relation == Relation::incomparable;
    const bool less = there->relation == Relation::less || there->relation == Relation::incomparable;
    if ((more && !there->more) || (less && !there->less)) std::abort();
    confirm(there->more, newer, older, type, registry);
    confirm(there->less, older, newer, type, registry);
  }
  return 0;
}
