// PrincipalMatcher: the `Principal` or `NotPrincipal` element of a statement, and
// in which way it names a principal.
//
// The way matters: what a resource policy grants to a session directly no boundary
// limits, what it grants to a role is limited, and what it grants to an account
// only lets that account's own policies decide (ResDirect, docs/internals/iam.md).
// Source: IAM User Guide, reference_policies_elements_principal.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "iam/context.h"
#include "iam/principal.h"
#include "iam/rules.h"
#include "iam/why.h"
#include "model/policy.h"

namespace sallyport::iam {

enum class Naming : std::uint8_t {
  direct,    // the user, session, root user or service itself
  role,      // the role behind a session, the user behind a federated session
  everyone,  // `*`
  account,   // its account
};
inline constexpr std::size_t naming_count = 4;

// By Naming: does the element name the principal in that way?
using Named = std::array<Match, naming_count>;
constexpr Match overall(const Named& n) { return n[0] | n[1] | n[2] | n[3]; }

// Whose policy it is, so far as principals are read differently in it.
enum class PrincipalReading : std::uint8_t { ordinary, gateway_endpoint };

// The principal of a request, with what its context adds.
struct Caller {
  Principal principal;
  const Context* context = nullptr;
  std::string_view role_arn;  // role behind a session, if `aws:PrincipalArn` tells
  std::string_view user_arn;  // user behind a federated session, likewise
  Match bounded = Match::no;  // has it a permissions boundary (EV-6)?
};

class PrincipalMatcher {
 public:
  PrincipalMatcher() = default;
  PrincipalMatcher(const Statement& statement, const TextPool& texts);

  bool present() const { return present_; }
  // `Principal: "*"`: everybody, anonymous callers included.
  bool everybody() const { return any_ && !negated_; }
  bool negated() const { return negated_; }

  // In which ways does the element name the caller? `effect` decides how a partly
  // listed NotPrincipal is read.
  Named matches(const Caller& caller, Effect effect, PrincipalReading reading, const Rules& rules,
                const Why& why) const;

 private:
  enum class Form : std::uint8_t { account, user, role, session, federated_user, unique_id, name, canonical, odd };
  struct Entry {
    Form form;
    std::string_view value;    // ARN, id or name as written
    std::string_view account;  // account: its twelve digits; ARNs: theirs
  };
  static Entry read(const PrincipalEntry& entry, std::string_view value);
  Named listed(const Caller& caller, PrincipalReading reading, const Rules& rules, const Why& why) const;
  Match names_role(const Entry& entry, const Caller& caller) const;
  Match spared(const Caller& caller, Effect effect, PrincipalReading reading, const Rules& rules, const Why& why) const;

  bool present_ = false;
  bool negated_ = false;
  bool any_ = false;
  std::vector<Entry> entries_;
};

}  // namespace sallyport::iam
