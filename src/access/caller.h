// Caller: who makes a request, as far as the cloud knows it: a user, a role, a
// session of one, the root user, a service, nobody, or a hypothetical key holder.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "access/org.h"
#include "base/result.h"
#include "iam/principal.h"

namespace sallyport::access {

struct Caller {
  std::string arn;  // as asked; what `principal` points into
  // For the engine; its views point into `arn`. Call `seen` where a copy was made.
  iam::Principal principal;
  const Role* role = nullptr;  // role and session, if in the input
  const User* user = nullptr;
  Membership membership;    // of its account
  bool full_power = false;  // hypothetical: its own policies allow everything
  bool stranger = false;    // hypothetical: of an account that is not ours
  GapId missing;            // its own policies are not in the input, for this reason

  // The same with views into this object's own text.
  Caller() = default;
  Caller(const Caller& other) { *this = other; }
  Caller& operator=(const Caller& other);
};

class Callers {
 public:
  Callers(const Cloud& cloud, const Org& org);

  // A caller by ARN, `anonymous`, a service's name, or the bare name of a user or
  // role of the cloud. Errors: none of these; a name that several have.
  Result<Caller> find(std::string_view text) const;

  // Somebody in `account` whose own policies allow everything and whom no policy
  // names.
  Caller key_holder(std::string_view account) const;
  // Somebody like that in an account that is neither in the input nor named in it, in
  // the organization `organization`, or in whichever.
  Caller stranger(std::string_view organization = {}) const;
  // Whoever goes by this ARN, as if its own policies allowed everything. Errors: no ARN.
  Result<Caller> in_full_power(std::string_view arn) const;
  // A row of the cloud. If its ARN is none (a broken answer), whatever it asks for is `unknown`
  // unless everybody is denied it.
  Caller of_role(const Role& role) const;
  Caller of_user(const User& user) const;

 private:
  Caller parsed(std::string_view arn) const;
  // The same of a row whose ARN is none: who that is nobody can say, so its own policies and
  // what others say of it count as not known.
  Caller unreadable(std::string_view arn, const Head& head, iam::PrincipalType type) const;
  const Role* role_named(std::string_view account, std::string_view name) const;

  Cloud cloud_;
  const Org& org_;
  std::map<std::string, const Role*, std::less<>> roles_;  // by ARN
  std::map<std::string, const User*, std::less<>> users_;
  std::map<std::string, const Role*, std::less<>> role_names_;  // by "account/name"
};

}  // namespace sallyport::access
