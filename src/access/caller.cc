#include "access/caller.h"

#include <algorithm>
#include <vector>

namespace sallyport::access {
namespace {

std::string account_of(std::string_view arn) {
  // arn:partition:service:region:account:...
  std::size_t at = 0;
  for (int colon = 0; colon < 4; ++colon) {
    at = arn.find(':', at);
    if (at == std::string_view::npos) return {};
    ++at;
  }
  return std::string(arn.substr(at, arn.find(':', at) - at));
}

}  // namespace

Caller& Caller::operator=(const Caller& other) {
  if (this == &other) return *this;
  arn = other.arn;
  principal = other.principal;
  // The views lie within the text (or in a literal that outlives both).
  const auto moved = [&](std::string_view v) -> std::string_view {
    const char* first = other.arn.data();
    if (v.data() == nullptr || v.data() < first || v.data() > first + other.arn.size()) return v;
    return std::string_view(arn).substr(static_cast<std::size_t>(v.data() - first), v.size());
  };
  principal.arn = moved(other.principal.arn);
  principal.account = moved(other.principal.account);
  principal.role = moved(other.principal.role);
  role = other.role;
  user = other.user;
  membership = other.membership;
  full_power = other.full_power;
  stranger = other.stranger;
  missing = other.missing;
  return *this;
}

Callers::Callers(const Cloud& cloud, const Org& org) : cloud_(cloud), org_(org) {
  for (const Role& role : cloud_->roles) {
    const std::string arn(cloud_.id(role.id));
    roles_.try_emplace(arn, &role);
    role_names_.try_emplace(account_of(arn) + "/" + std::string(cloud_.view(role.head.name)), &role);
  }
  for (const User& user : cloud_->users) users_.try_emplace(std::string(cloud_.id(user.id)), &user);
}

const Role* Callers::role_named(std::string_view account, std::string_view name) const {
  const auto it = role_names_.find(std::string(account) + "/" + std::string(name));
  return it == role_names_.end() ? nullptr : it->second;
}

Caller Callers::parsed(std::string_view arn) const {
  Caller caller;
  caller.arn = arn;
  const Result<iam::Principal> principal = iam::parse_principal(caller.arn);
  if (principal) caller.principal = *principal;
  if (!caller.principal.account.empty()) caller.membership = org_.membership(caller.principal.account);
  return caller;
}

Result<Caller> Callers::find(std::string_view text) const {
  std::string arn(text);
  const bool plain = text.find(':') == std::string_view::npos && text.find('.') == std::string_view::npos;
  if (plain && text != "anonymous") {
    std::string_view name = text;
    if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
    const bool users = !text.starts_with("role/"), roles = !text.starts_with("user/");
    std::vector<std::string> found;
    for (const Role& r : cloud_->roles) {
      if (roles && cloud_.view(r.head.name) == name) found.emplace_back(cloud_.id(r.id));
    }
    for (const User& u : cloud_->users) {
      if (users && cloud_.view(u.head.name) == name) found.emplace_back(cloud_.id(u.id));
    }
    if (found.empty()) {
      return fail("no user or role is called `" + std::string(text) + "`",
                  "give an ARN, a service such as `lambda.amazonaws.com`, or `anonymous`");
    }
    if (found.size() > 1) {
      std::string hint = "it may be";
      for (const std::string& f : found) hint += " " + f;
      return fail("`" + std::string(text) + "` is the name of several", hint);
    }
    arn = found.front();
  }
  if (const Result<iam::Principal> ok = iam::parse_principal(arn); !ok) return tl::unexpected(ok.error());
  Caller caller = parsed(arn);
  using iam::PrincipalType;
  const PrincipalType type = caller.principal.type;
  if (type == PrincipalType::role) {
    const auto it = roles_.find(arn);
    caller.role = it == roles_.end() ? nullptr : it->second;
  } else if (type == PrincipalType::session) {
    caller.role = role_named(caller.principal.account, caller.principal.role);
  } else if (type == PrincipalType::user) {
    const auto it = users_.find(arn);
    caller.user = it == users_.end() ? nullptr : it->second;
  }
  const bool has_policies = type == PrincipalType::role || type == PrincipalType::session ||
                            type == PrincipalType::user || type == PrincipalType::federated_user;
  if (has_policies && caller.role == nullptr && caller.user == nullptr) {
    const std::string account(caller.principal.account);
    caller.missing = cloud_.registry().gaps.add(
        {GapKind::not_collected, "`" + arn + "` is not in the input, so its own policies are not known",
         "aws iam get-account-authorization-details (in account " + account + ")"});
  }
  return caller;
}

Caller Callers::key_holder(std::string_view account) const {
  Caller caller = parsed("arn:aws:iam::" + std::string(account) + ":role/whoever-holds-a-key");
  caller.full_power = true;
  caller.stranger = !org_.is_ours(account);
  return caller;
}

Result<Caller> Callers::in_full_power(std::string_view arn) const {
  if (const Result<iam::Principal> ok = iam::parse_principal(arn); !ok) return tl::unexpected(ok.error());
  Caller caller = parsed(arn);
  caller.full_power = true;
  caller.stranger = !org_.is_ours(caller.principal.account);
  return caller;
}

Caller Callers::stranger(std::string_view organization) const {
  Caller caller = key_holder(nobodys_account);
  caller.stranger = true;
  caller.membership = {};
  caller.membership.kind = Membership::Kind::foreign;
  caller.membership.id = organization;
  return caller;
}

Caller Callers::unreadable(std::string_view arn, const Head& head, iam::PrincipalType type) const {
  Caller caller;
  caller.arn = arn;
  caller.principal.type = type;
  caller.principal.arn = caller.arn;
  caller.principal.account = cloud_.view(head.account);
  caller.principal.service_linked = Truth::unknown;
  if (!caller.principal.account.empty()) caller.membership = org_.membership(caller.principal.account);
  caller.missing = cloud_.registry().gaps.add(
      {GapKind::not_readable,
       "`" + caller.arn + "` is no ARN of a role or user, so nobody can say what is allowed to it",
       "aws iam get-account-authorization-details", head.origin});
  return caller;
}

Caller Callers::of_role(const Role& role) const {
  if (!iam::parse_principal(cloud_.id(role.id)))
    return unreadable(cloud_.id(role.id), role.head, iam::PrincipalType::role);
  Caller caller = parsed(cloud_.id(role.id));
  caller.role = &role;
  return caller;
}

Caller Callers::of_user(const User& user) const {
  if (!iam::parse_principal(cloud_.id(user.id)))
    return unreadable(cloud_.id(user.id), user.head, iam::PrincipalType::user);
  Caller caller = parsed(cloud_.id(user.id));
  caller.user = &user;
  return caller;
}

}  // namespace sallyport::access
