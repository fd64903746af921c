#include "access/candidates.h"

#include <algorithm>
#include <set>
#include <string>

#include "access/keys.h"
#include "access/layers.h"
#include "access/named.h"

namespace sallyport::access {
namespace {

// No policy is needed, or none decides alone (EV-9).
bool needs_no_policy(const Thing& thing) { return thing.prefix == "sts" && thing.arn == "*"; }

class Candidates {
 public:
  Candidates(const Access& access, const Thing& thing, std::span<const PolicyId> doors, const std::vector<char>& voices,
             const std::function<void(Subject, const Caller&)>& visit)
      : access_(access), cloud_(access.cloud()), thing_(thing), visit_(visit), voices_(voices) {
    const OwnPolicy own = policy_of(cloud_, thing);
    std::vector<PolicyId> documents(doors.begin(), doors.end());
    if (own.read && own.policy.known() && *own.policy) {
      documents.push_back(*own.policy);
      own_ = named_in(cloud_, {&*own.policy, 1});
      may_name_all_ = own_.everybody || odd(*own.policy);
    }
    // A policy that is not known might name anybody.
    const bool none = thing.arn == "*" || (own.read && own.policy.known() && !own.doubt);
    may_name_all_ = may_name_all_ || !none || needs_no_policy(thing);
    for (const OrgNode& node : cloud_->org_nodes) {
      documents.insert(documents.end(), node.rcps.begin(), node.rcps.end());
    }
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
    named_ = named_in(cloud_, documents);
  }

  void run() {
    // An action without a resource is about the caller's own account.
    if (thing_.arn != "*") {
      Caller anonymous;
      anonymous.arn = "anonymous";
      visit_({Subject::Kind::anonymous, "anonymous", {}, {}}, anonymous);
      visit_({Subject::Kind::any_account, "*", {}, {}}, access_.callers().stranger());
      strangers();
      services();
    }
    for (const std::string& account : access_.org().accounts()) {
      caller(Subject::Kind::root, "arn:aws:iam::" + account + ":root");
    }
    for (const User& user : cloud_->users) {
      if (may(user.policies, user.id, user.head) || by_group(user)) {
        visit_(subject(Subject::Kind::user, user), access_.callers().of_user(user));
      }
    }
    for (const Role& role : cloud_->roles) {
      if (may(role.policies, role.id, role.head)) {
        visit_(subject(Subject::Kind::role, role), access_.callers().of_role(role));
      }
    }
  }

 private:
  // Does the document name principals by more than plain ARNs, accounts and services?
  bool odd(PolicyId id) const {
    const Policy* policy = cloud_->policies.find(id);
    if (policy == nullptr || policy->document.gap) return true;
    const auto plain = [&](const PrincipalEntry& p) {
      const std::string_view value = cloud_.view(p.value);
      const bool arn = value.starts_with("arn:") && value.find_first_of("*?\xFF") == std::string_view::npos;
      const bool digits = value.size() == 12 && value.find_first_not_of("0123456789") == std::string_view::npos;
      return p.kind == PrincipalKind::service || p.kind == PrincipalKind::federated || arn || digits;
    };
    return std::any_of(policy->document.statements.begin(), policy->document.statements.end(), [&](const Statement& s) {
      const bool allows = s.effect == Effect::allow || !s.effect_known;
      return allows && (s.gap || !std::all_of(s.principals.begin(), s.principals.end(), plain));
    });
  }

  bool allowed_by(const List<PolicyId>& policies) const {
    return policies.open || std::any_of(policies.begin(), policies.end(), [&](PolicyId id) {
             return id.number() >= voices_.size() || (voices_[id.number()] & Policies::may_allow) != 0;
           });
  }

  bool may(const List<PolicyId>& policies, Ref principal, const Head& head) {
    if (allowed_by(policies)) return true;
    const bool foreign = !thing_.account.empty() && cloud_.view(head.account) != thing_.account;
    if (foreign && !needs_no_policy(thing_)) return false;  // across accounts both sides must allow
    return may_name_all_ || std::binary_search(own_.principals.begin(), own_.principals.end(), cloud_.id(principal));
  }

  bool by_group(const User& user) const {
    if (user.groups.open) return true;
    return std::any_of(user.groups.begin(), user.groups.end(), [&](GroupId id) {
      const Group* group = cloud_->groups.find(id);
      return group == nullptr || allowed_by(group->policies);
    });
  }

  template <class Row>
  Subject subject(Subject::Kind kind, const Row& row) const {
    return {kind, std::string(cloud_.id(row.id)), std::string(cloud_.view(row.head.name)),
            std::string(cloud_.view(row.head.account))};
  }

  // By ARN or name, if there can be such a one.
  void caller(Subject::Kind kind, const std::string& text) {
    const Result<Caller> found = access_.callers().find(text);
    if (found) visit_({kind, text, {}, std::string(found->principal.account)}, *found);
  }

  // Accounts, organizations and principals that some policy tells from the rest.
  void strangers() {
    std::set<std::string> accounts(named_.accounts.begin(), named_.accounts.end());
    for (const OrgNode& node : cloud_->org_nodes) {
      const std::string_view id = cloud_.id(node.id);
      if (id.size() == 12 && id.find('-') == std::string_view::npos) accounts.emplace(id);
    }
    for (const std::string& account : accounts) {
      if (access_.org().is_ours(account)) continue;
      visit_({Subject::Kind::account, account, {}, account}, access_.callers().key_holder(account));
    }
    for (const std::string& id : named_.organizations) {
      if (id == access_.org().id()) continue;
      visit_({Subject::Kind::organization, id, {}, {}}, access_.callers().stranger(id));
    }
    for (const std::string& arn : named_.principals) named_principal(arn);
  }

  void named_principal(const std::string& arn) {
    const Result<iam::Principal> p = iam::parse_principal(arn);
    if (!p) return;
    const Subject::Kind kind = p->type == iam::PrincipalType::user   ? Subject::Kind::user
                               : p->type == iam::PrincipalType::role ? Subject::Kind::role
                                                                     : Subject::Kind::session;
    if (!access_.org().is_ours(p->account)) {
      const Result<Caller> somebody = access_.callers().in_full_power(arn);
      if (somebody) visit_({kind, arn, {}, std::string(p->account)}, *somebody);
      return;
    }
    // Users and roles of ours are asked one by one; one that is not in the input is
    // only news where it may be there all the same.
    const Result<Caller> ours = access_.callers().find(arn);
    if (!ours) return;
    const auto account = cloud_.registry().texts.find(p->account);
    const bool complete =
        account && !cloud_.missing(Kind::role, *account, Text()) && !cloud_.missing(Kind::user, *account, Text());
    if (kind == Subject::Kind::session || (ours->missing && !complete)) caller(kind, arn);
  }

  void services() {
    if (own_.everybody || may_name_all_) {
      const Result<Caller> any = access_.callers().find("any-service.amazonaws.com");
      if (any) visit_({Subject::Kind::any_service, "*", {}, {}}, *any);
    }
    for (const std::string& name : named_.services) caller(Subject::Kind::service, name);
    for (const std::string& name : named_.providers) caller(Subject::Kind::provider, name);
  }

  const Access& access_;
  const Cloud& cloud_;
  const Thing& thing_;
  const std::function<void(Subject, const Caller&)>& visit_;
  Named own_;    // in the thing's own policy
  Named named_;  // in that one, in RCPs and in policies of endpoints
  bool may_name_all_ = false;
  const std::vector<char>& voices_;
};

}  // namespace

void each_candidate(const Access& access, const Thing& thing, std::span<const PolicyId> doors,
                    const std::vector<char>& voices, const std::function<void(Subject, const Caller&)>& visit) {
  Candidates(access, thing, doors, voices, visit).run();
}

}  // namespace sallyport::access
