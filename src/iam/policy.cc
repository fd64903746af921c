#include "iam/policy.h"

#include <algorithm>
#include <utility>

#include "iam/public_policy.h"

namespace sallyport::iam {
namespace {

const char* with_article(PolicyType type) {
  switch (type) {
    case PolicyType::identity: return "an identity policy";
    case PolicyType::resource: return "a resource policy";
    case PolicyType::endpoint: return "an endpoint policy";
    case PolicyType::scp: return "a service control policy";
    case PolicyType::rcp: return "a resource control policy";
    case PolicyType::boundary: return "a permissions boundary";
    case PolicyType::session: return "a session policy";
  }
  return "a policy";
}

// What keeps AWS from accepting the statement in such a policy; nullptr: nothing.
const char* refused(const Statement& s, PolicyType type, PolicyVersion version) {
  const bool principal = s.has_principal || s.not_principal;
  switch (type) {
    case PolicyType::identity:
    case PolicyType::scp:
    case PolicyType::boundary:
    case PolicyType::session:
      if (principal) return "has a `Principal`";
      return s.has_resource ? nullptr : "has no `Resource`";
    case PolicyType::endpoint:
      if (!principal) return "has no `Principal`";  // EP-1
      return s.has_resource ? nullptr : "has no `Resource`";
    case PolicyType::resource: return principal ? nullptr : "has no `Principal`";
    case PolicyType::rcp: {  // RC-3
      if (version != PolicyVersion::v2012_10_17) return "has not `Version` 2012-10-17";
      if (s.not_principal || s.not_action) return "has `NotPrincipal` or `NotAction`";
      const bool everybody = s.principals.size() == 1 && s.principals.front().kind == PrincipalKind::any;
      if (!s.has_principal || !everybody) return "has another `Principal` than `*`";
      return s.has_resource ? nullptr : "has no `Resource`";
    }
  }
  return nullptr;
}

bool names_principal_arn(const std::vector<Predicate>& conditions) {
  return std::any_of(conditions.begin(), conditions.end(), [](const Predicate& p) {
    const Comparison c = p.op.comparison;
    const bool texts = c == Comparison::string_equals || c == Comparison::string_like || c == Comparison::arn_like;
    return p.known_operator && texts && !p.op.negated && !p.op.if_exists && p.op.quantifier == Quantifier::one &&
           lower_case(p.key) == "aws:principalarn";
  });
}

// Why nobody can say whether a statement that was understood is public.
GapId public_undocumented(Gaps& gaps) {
  return gaps.add({GapKind::undocumented, "whether S3 counts a condition of the bucket's policy as one that fixes who",
                   "name a single value under StringEquals"});
}

CompiledStatement compile(const Statement& s, bool variables, const TextPool& texts, TextArena& arena) {
  CompiledStatement c;
  c.effect = s.effect;
  c.effect_known = s.effect_known;
  c.gap = s.gap;
  c.sid = s.sid;
  c.origin = s.origin;
  c.principal = PrincipalMatcher(s, texts);
  c.action = ActionMatcher(s.actions, s.not_action, texts, arena);
  c.not_resource = s.not_resource;
  if (s.has_resource) {
    for (const Text resource : s.resources) {
      c.resources.push_back(compile_arn(texts.view(resource), ArnReading::resource, variables, arena));
    }
    c.any_resource = std::any_of(c.resources.begin(), c.resources.end(), [](const ArnPattern& p) { return p.any; });
  }
  for (const Condition& condition : s.conditions) {
    c.conditions.push_back(compile_condition(condition, texts, variables, arena));
  }
  c.by_principal_arn = c.principal.everybody() && names_principal_arn(c.conditions);
  return c;
}

}  // namespace

CompiledPolicy::CompiledPolicy(const PolicyDocument& document, PolicyType type, std::string label, Registry& registry)
    : type_(type),
      label_(std::move(label)),
      origin_(document.origin),
      gap_(document.gap),
      arena_(std::make_unique<TextArena>()) {
  const bool variables = document.version == PolicyVersion::v2012_10_17;
  statements_.reserve(document.statements.size());
  for (const Statement& s : document.statements) {
    CompiledStatement c = compile(s, variables, registry.texts, *arena_);
    c.index = static_cast<std::uint32_t>(statements_.size());
    if (const char* why = refused(s, type, document.version); why != nullptr && !c.gap) {
      const std::string where = label_.empty() ? "" : " of `" + label_ + "`";
      c.gap = registry.gaps.add({GapKind::not_readable,
                                 "statement " + std::to_string(c.index + 1) + where + " " + why +
                                     ", which AWS refuses in " + with_article(type),
                                 "correct the document", s.origin});
    }
    if (type == PolicyType::resource) {
      const Truth grants = grants_public(c, registry.texts);
      if (grants == Truth::unknown) public_gap_ = c.gap ? c.gap : public_undocumented(registry.gaps);
      public_ = public_ | grants;
    }
    statements_.push_back(std::move(c));
  }
  if (gap_) public_ = public_ | Truth::unknown;
  if (gap_) public_gap_ = gap_;
  if (public_ == Truth::unknown && !public_gap_) {
    public_gap_ = registry.gaps.add({GapKind::undocumented,
                                     "whether S3 Block Public Access calls a policy public whose conditions its page "
                                     "does not speak of",
                                     ""});
  }
  index();
}

CompiledPolicy::~CompiledPolicy() = default;
CompiledPolicy::CompiledPolicy(CompiledPolicy&&) noexcept = default;
CompiledPolicy& CompiledPolicy::operator=(CompiledPolicy&&) noexcept = default;

void CompiledPolicy::index() {
  struct Mention {
    Word service;
    Speaker speaker;
  };
  std::vector<Mention> mentions;
  for (const CompiledStatement& s : statements_) {
    if (s.action.speaks_of_all()) speakers_.push_back({s.index, ActionMatcher::none});
    s.action.each_prefix(
        [&](const Word& service, ActionMatcher::Group group) { mentions.push_back({service, {s.index, group}}); });
  }
  always_ = static_cast<std::uint32_t>(speakers_.size());
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) {
    return a.service == b.service ? a.speaker.statement < b.speaker.statement : a.service < b.service;
  });
  for (auto first = mentions.begin(); first != mentions.end();) {
    const auto last =
        std::find_if(first, mentions.end(), [&](const Mention& m) { return !(m.service == first->service); });
    const auto begin = static_cast<std::uint32_t>(speakers_.size());
    // The statements for any service stand in between, in the document's order.
    std::uint32_t any = 0;
    for (auto mention = first; mention != last; ++mention) {
      const std::uint32_t statement = mention->speaker.statement;
      while (any < always_ && speakers_[any].statement < statement) speakers_.push_back(Speaker(speakers_[any++]));
      if (any < always_ && speakers_[any].statement == statement) ++any;
      speakers_.push_back(mention->speaker);
    }
    while (any < always_) speakers_.push_back(Speaker(speakers_[any++]));
    runs_.push_back({first->service, begin, static_cast<std::uint32_t>(speakers_.size())});
    first = last;
  }
}

std::span<const CompiledPolicy::Speaker> CompiledPolicy::speaking_of(const Word& service) const {
  const auto run = std::lower_bound(runs_.begin(), runs_.end(), service,
                                    [](const Run& r, const Word& wanted) { return r.service < wanted; });
  const std::span<const Speaker> all = speakers_;
  if (run == runs_.end() || !(run->service == service)) return all.first(always_);
  return all.subspan(run->first, run->last - run->first);
}

}  // namespace sallyport::iam
