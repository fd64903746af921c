// Who: every principal that may do something with a resource, and through which doors.
//
//   Result<WhoAnswer> a = who(access, {.action = "s3:PutObject", .resource = "s3delta/x"});
//
// Exposure asks "for some request": a principal is listed if it is allowed for some
// values of the keys that the caller fixes, and the conditions say which. The doors are
// the front door, each endpoint that leads to the service, and an endpoint that
// somebody has in an account of his own: whoever holds a principal's credentials may
// come by any of them. Whether a workload can reach a door is the question of `can
// --from` and `audience`.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/access.h"

namespace sallyport::access {

struct WhoQuestion {
  std::string action;
  std::string resource = "*";
  std::vector<ContextEntry> context;  // keys that the user fixes
};

// A way in. `kind` front_door, an endpoint's, or `service`: calls that AWS's services
// make from networks of their own.
struct Entrance {
  net::Door door;
  bool strangers = false;  // an endpoint that somebody has elsewhere
  Arrival arrival;
  GapId doubt;  // whether it works is not known
};

// Who asks, as answers name it.
struct Subject {
  enum class Kind : std::uint8_t {
    anonymous,     // unsigned
    any_account,   // whoever, of any account that is neither ours nor named
    organization,  // of any account in that organization
    account,       // whoever of that account its own policies let
    any_service,   // a service principal that no policy names
    service,
    provider,  // whoever an identity provider has signed in
    root,
    user,
    role,
    session,
  };
  Kind kind = Kind::role;
  std::string id;       // ARN, account, organization or service; "*" for any
  std::string name;     // of a user or role of the cloud
  std::string account;  // twelve digits, where it has one
  friend auto operator<=>(const Subject&, const Subject&) = default;
};
const char* name(Subject::Kind kind);  // "role", "any-account" ...

// What is decided at one door.
struct AtDoor {
  std::size_t door = 0;  // in WhoAnswer::doors
  iam::Outcome outcome = iam::Outcome::denied;
  std::vector<iam::By> by;
  std::vector<iam::OpenCondition> conditions;               // conditional: on what the caller sends
  std::shared_ptr<const iam::sets::Conditions> allowed_if;  // conditional: how, in words
};

// Principals that may do it alike, by the same statements.
struct Passing {
  std::vector<Subject> principals;              // sorted; never empty
  iam::Outcome outcome = iam::Outcome::denied;  // at the best of their doors: allowed, conditional, unknown
  std::vector<AtDoor> doors;                    // where it is not denied; in the order of WhoAnswer::doors
  std::vector<GapId> gaps;                      // unknown somewhere: why
};

struct WhoAnswer {
  std::string action;
  std::string resource;
  std::vector<Entrance> doors;
  std::vector<Passing> principals;       // allowed first, then conditional, then unknown; by kind, then id
  std::vector<GapId> lacks;              // principals or doors that the input may lack
  std::vector<std::string> assumptions;  // what the denial of all others rests on
};

// Errors: those of `can`: an action or a resource that is none. Cost: a byte a policy
// attached to a user or role, and some microseconds for each principal and door where
// an identity or resource policy speaks of the action.
Result<WhoAnswer> who(const Access& access, const WhoQuestion& question);

}  // namespace sallyport::access
