// Principal: who makes a request, read from an ARN, a service's name or the word
// `anonymous`.
//
// A role's ARN stands for some session of that role which no policy names. The
// text views point into what was parsed and must outlive the principal.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/truth.h"

namespace sallyport::iam {

enum class PrincipalType : std::uint8_t {
  user,
  role,            // some session of a role
  session,         // sts assumed-role/NAME/SESSION
  federated_user,  // sts federated-user/NAME
  root,            // the account's root user
  service,         // "lambda.amazonaws.com"
  provider,        // identity provider, of the AssumeRoleWith* actions
  anonymous,
};

struct Principal {
  PrincipalType type = PrincipalType::anonymous;
  std::string_view arn;      // ARN, service or provider name; empty: anonymous
  std::string_view account;  // twelve digits; empty: service, anonymous, named provider
  std::string_view role;     // role and session: the role's name, without path
  // SCPs and RCPs spare service-linked roles (SC-1, RC-2). A session's ARN holds
  // no path, so there a reserved name leaves it `unknown`.
  Truth service_linked = Truth::no;
};

// "arn:aws:iam::111122223333:role/app", "arn:aws:sts::...:assumed-role/app/s1",
// "arn:aws:iam::111122223333:root", "sns.amazonaws.com", "accounts.google.com",
// "arn:aws:iam::...:oidc-provider/...", "anonymous".
// Errors: anything else, with what is accepted.
Result<Principal> parse_principal(std::string_view text);

// Has it an account, so that identity policies, SCPs and boundaries exist for it?
bool in_account(PrincipalType type);

const char* name(PrincipalType type);  // "user", "role" ...

}  // namespace sallyport::iam
