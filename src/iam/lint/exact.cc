#include "iam/lint/exact.h"

#include <algorithm>
#include <utility>

#include "base/wildcard.h"
#include "iam/lint/known.h"
#include "iam/lint/relations.h"
#include "iam/sets/analysis.h"

namespace sallyport::iam::lint {
namespace {

using sets::Analysis;
using sets::Bdd;

PolicyType type_of(PolicyUse use) {
  switch (use) {
    case PolicyUse::identity: return PolicyType::identity;
    case PolicyUse::resource:
    case PolicyUse::trust: return PolicyType::resource;
    case PolicyUse::endpoint:
    case PolicyUse::gateway_endpoint: return PolicyType::endpoint;
    case PolicyUse::scp: return PolicyType::scp;
    case PolicyUse::rcp: return PolicyType::rcp;
    case PolicyUse::boundary: return PolicyType::boundary;
    case PolicyUse::session: return PolicyType::session;
  }
  return PolicyType::identity;
}

// A document is checked in milliseconds, or nothing is claimed.
sets::Budget small_budget() {
  sets::Budget budget;
  budget.texts.positions = 200'000;
  budget.texts.work = 2'000'000;
  budget.texts.classes = 600;
  budget.nodes = 40'000;
  budget.statements = 80;
  budget.conditions = 200;
  budget.work = 500'000;
  budget.steps = 200'000;
  return budget;
}

// Documents for the engine, made of what the outline understood.
class Documents {
 public:
  explicit Documents(Work& work) : work_(work), type_(type_of(work.use())) {}

  Registry& registry() { return registry_; }
  PolicyType type() const { return type_; }

  PolicyDocument empty() const {
    PolicyDocument document;
    document.version = work_.outline().variables ? PolicyVersion::v2012_10_17 : PolicyVersion::v2008_10_17;
    return document;
  }

  Statement statement(const StatementView& s) {
    Statement made;
    made.effect = s.denies() ? Effect::deny : Effect::allow;
    made.has_principal = s.names_principals();
    made.not_principal = s.not_principal_at != 0;
    made.not_action = s.not_action_at != 0;
    made.has_resource = s.names_resources();
    made.not_resource = s.not_resource_at != 0;
    for (const PrincipalWord& p : s.principals) {
      made.principals.push_back({p.kind, p.kind == PrincipalKind::any ? Text() : registry_.text(p.text)});
    }
    for (const Word& w : s.actions) made.actions.push_back(registry_.text(w.text));
    for (const Word& w : s.resources) made.resources.push_back(registry_.text(w.text));
    for (const Line& line : s.conditions) {
      Condition condition;
      condition.op = registry_.text(line.op_name);
      condition.key = registry_.text(line.key);
      for (const Word& w : line.values) condition.values.push_back(registry_.text(w.text));
      made.conditions.push_back(std::move(condition));
    }
    return made;
  }

  // What requests there can be, as a document that allows them: with a public address or by
  // an endpoint, never both (NK-15); `aws:PrincipalArn` is never that of a role's session,
  // but of its role (NK-9).
  PolicyDocument possible() {
    PolicyDocument document = empty();
    document.version = PolicyVersion::v2012_10_17;
    for (const std::vector<const char*>& absent :
         {std::vector<const char*>{"aws:SourceIp"},
          std::vector<const char*>{"aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp"}}) {
      Statement s = everything(Effect::allow);
      for (const char* key : absent) s.conditions.push_back(condition("Null", key, "true"));
      s.conditions.push_back(condition("StringNotLike", "aws:PrincipalArn", "arn:*:sts::*:assumed-role/*"));
      document.statements.push_back(std::move(s));
    }
    return document;
  }

  Statement everything(Effect effect) {
    Statement s;
    s.effect = effect;
    s.actions.push_back(registry_.text("*"));
    s.has_resource = true;
    s.resources.push_back(registry_.text("*"));
    if (type_ == PolicyType::resource || type_ == PolicyType::endpoint) {
      s.has_principal = true;
      s.principals.push_back({PrincipalKind::any, {}});
    }
    return s;
  }

 private:
  Condition condition(const char* op, const char* key, const char* value) {
    return {registry_.text(op), registry_.text(key), {registry_.text(value)}, {}};
  }

  Work& work_;
  PolicyType type_;
  Registry registry_;
};

// May the sets' reading of principals stand for that of the document's use? A gateway
// endpoint knows nobody by his ARN (EP-2).
bool principals_are_plain(const Work& work, const StatementView& s) {
  if (work.use() == PolicyUse::gateway_endpoint || work.use() == PolicyUse::rcp) return s.everybody();
  return true;
}

// A Deny for all but some also denies them where a boundary limits them (EV-6), which no
// set of requests shows.
bool denies_more(const StatementView& s) { return s.denies() && s.not_principal_at != 0; }

bool understood(const Work& work, const StatementView& s) {
  return !s.open && s.effect.has_value() && principals_are_plain(work, s) && !never_because(s);
}

// May some request fulfil its conditions, whatever it asks for?
bool fulfilled(Work& work, const StatementView& s) {
  Documents documents(work);
  PolicyDocument document = documents.empty();
  Statement all = documents.everything(Effect::allow);
  all.conditions = documents.statement(s).conditions;
  document.statements.push_back(std::move(all));
  const PolicyDocument possible = documents.possible();
  Analysis analysis({&document, &possible}, documents.type(), documents.registry(), small_budget());
  const auto found = analysis.find([&](const Analysis::Region& r) {
    const Bdd::Node can_be = analysis.grants(r, 1);
    return analysis.bdd().both(can_be, analysis.grants(r, 0));
  });
  return found.exists != Truth::no;
}

}  // namespace

struct Exact::Made {
  explicit Made(Work& work) : documents(work) {
    document = documents.empty();
    for (std::size_t i = 0; i < work.outline().statements.size(); ++i) {
      const StatementView& s = work.outline().statements[i];
      if (!understood(work, s)) continue;
      position.push_back(i);
      document.statements.push_back(documents.statement(s));
    }
    if (document.statements.size() > 40) return;
    possible = documents.possible();
    analysis = std::make_unique<Analysis>(std::vector<const PolicyDocument*>{&document, &possible}, documents.type(),
                                          documents.registry(), small_budget());
  }

  // What of the n-th statement can happen, without what these functions cover.
  Bdd::Node of(const Analysis::Region& r, std::size_t n) {
    if (r.applies[n] == Bdd::no) return Bdd::no;
    const Bdd::Node can_be = analysis->grants(r, 1);
    return analysis->bdd().both(r.applies[n], can_be);
  }
  Bdd::Node any(const Analysis::Region& r, Effect effect, const std::vector<bool>& except) {
    Bdd::Node all = Bdd::no;
    for (std::size_t n = 0; n < document.statements.size(); ++n) {
      if (except[n] || document.statements[n].effect != effect) continue;
      all = analysis->bdd().either(all, r.applies[n]);
    }
    return all;
  }

  Documents documents;
  PolicyDocument document, possible;
  std::vector<std::size_t> position;  // in the outline, of each statement of the document
  std::unique_ptr<Analysis> analysis;
};

Exact::Exact(Work& work) : work_(work), made_(std::make_unique<Made>(work)) {}
Exact::~Exact() = default;

std::vector<Exact::Claims> Exact::claims(const std::vector<bool>& told) {
  std::vector<Claims> claims(work_.outline().statements.size());
  Made& m = *made_;
  if (m.analysis == nullptr || m.document.statements.empty()) return claims;
  const std::size_t count = m.document.statements.size();
  const std::vector<bool> none(count, false);
  // A statement's own kind of others: who is named in which way decides what a resource's
  // policy grants, so there an Allow is never said by others here.
  const bool by_naming = m.documents.type() == PolicyType::resource;
  const auto goals_of = [&](std::size_t n, std::vector<bool> except) {
    const bool denies = m.document.statements[n].effect == Effect::deny;
    except[n] = true;
    std::vector<Analysis::Goal> goals;
    goals.emplace_back([&m, n](const Analysis::Region& r) { return m.of(r, n); });
    goals.emplace_back([&m, n, none](const Analysis::Region& r) {
      const Bdd::Node can = m.of(r, n);
      return can == Bdd::no ? can : m.analysis->bdd().without(can, m.any(r, Effect::deny, none));
    });
    goals.emplace_back([&m, n, denies, except](const Analysis::Region& r) {
      Bdd::Node left = m.of(r, n);
      if (left == Bdd::no) return left;
      left = m.analysis->bdd().without(left, m.any(r, Effect::deny, except));
      return denies ? left : m.analysis->bdd().without(left, m.any(r, Effect::allow, except));
    });
    return goals;
  };
  std::vector<Analysis::Goal> goals;
  for (std::size_t n = 0; n < count; ++n) {
    for (Analysis::Goal& goal : goals_of(n, none)) goals.push_back(std::move(goal));
  }
  const std::vector<Analysis::Found> found = m.analysis->find(goals);
  std::vector<bool> except(count, false);
  for (std::size_t n = 0; n < count; ++n) except[n] = told[m.position[n]];
  for (std::size_t n = count; n-- > 0;) {  // of several that say the same the later is told
    const StatementView& s = work_.outline().statements[m.position[n]];
    Claims& c = claims[m.position[n]];
    if (told[m.position[n]] || denies_more(s)) continue;
    if (found[3 * n].exists == Truth::no) {
      // For another reason (a placeholder as the resource) there are other findings.
      c.never = !s.conditions.empty() && !fulfilled(work_, s);
      continue;
    }
    c.denied = s.allows() && found[3 * n + 1].exists == Truth::no;
    if (c.denied || found[3 * n + 2].exists != Truth::no || (by_naming && s.allows())) continue;
    // Alone it says nothing new; does it still not, when those before it that were told are gone?
    const std::vector<Analysis::Goal> again = goals_of(n, except);
    c.said = m.analysis->find(std::span(&again[2], 1)).front().exists == Truth::no;
    except[n] = c.said;
  }
  return claims;
}

std::vector<std::size_t> Exact::denied_by(std::size_t statement) {
  Made& m = *made_;
  const auto at = std::find(m.position.begin(), m.position.end(), statement);
  if (m.analysis == nullptr || at == m.position.end()) return {};
  const auto n = static_cast<std::size_t>(at - m.position.begin());
  std::vector<std::size_t> deny;
  std::vector<Analysis::Goal> goals;
  for (std::size_t d = 0; d < m.document.statements.size(); ++d) {
    if (m.document.statements[d].effect != Effect::deny) continue;
    deny.push_back(m.position[d]);
    goals.emplace_back([&m, n, d](const Analysis::Region& r) {
      const Bdd::Node can = m.of(r, n);
      return can == Bdd::no ? can : m.analysis->bdd().without(can, r.applies[d]);
    });
  }
  const std::vector<Analysis::Found> found = m.analysis->find(goals);
  std::vector<std::size_t> alone;
  for (std::size_t i = 0; i < deny.size(); ++i) {
    if (found[i].exists == Truth::no) alone.push_back(deny[i]);
  }
  return alone;
}

bool exactly_nothing(Work& work, std::string_view service) {
  Documents documents(work);
  PolicyDocument document = documents.empty();
  for (const StatementView& s : work.outline().statements) {
    if (s.open || !s.effect) return false;
    const bool plain = principals_are_plain(work, s);
    if (s.denies()) {
      if (plain) document.statements.push_back(documents.statement(s));  // without it more is allowed
      continue;
    }
    if (never_because(s)) continue;
    Statement allow = documents.statement(s);
    // A gateway endpoint knows no more principals than it names.
    if (!service.empty() && s.plain_action()) {
      std::erase_if(allow.actions, [&](Text t) {
        const std::string_view prefix = service_of(documents.registry().view(t));
        return !prefix.empty() && !matches_ignoring_case(prefix, service);
      });
      if (allow.actions.empty()) continue;
    }
    document.statements.push_back(std::move(allow));
  }
  if (document.statements.size() > 40) return false;
  const PolicyDocument possible = documents.possible();
  Analysis analysis({&document, &possible}, documents.type(), documents.registry(), small_budget());
  const auto found = analysis.find([&](const Analysis::Region& r) {
    const Bdd::Node allowed = analysis.allows(r, 0);
    if (allowed == Bdd::no) return allowed;
    const Bdd::Node can_be = analysis.grants(r, 1);
    return analysis.bdd().both(allowed, can_be);
  });
  return found.exists == Truth::no;
}

bool deny_everybody(Work& work, const std::vector<const StatementView*>& statements) {
  if (statements.empty() || statements.size() > 40) return false;
  Documents documents(work);
  PolicyDocument document = documents.empty();
  for (const StatementView* s : statements) {
    Statement all = documents.everything(Effect::deny);
    Statement made = documents.statement(*s);
    all.not_principal = made.not_principal;
    all.principals = std::move(made.principals);
    all.conditions = std::move(made.conditions);
    document.statements.push_back(std::move(all));
  }
  const PolicyDocument possible = documents.possible();
  Analysis analysis({&document, &possible}, documents.type(), documents.registry(), small_budget());
  const auto found = analysis.find([&](const Analysis::Region& r) {
    const Bdd::Node can_be = analysis.grants(r, 1);
    return analysis.bdd().without(can_be, analysis.denies(r, 0));
  });
  return found.exists == Truth::no;
}

}  // namespace sallyport::iam::lint
