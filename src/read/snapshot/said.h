// Said: what one call of AWS would have answered, told by who knows it from elsewhere: AWS
// Config records of each resource what the service's own `describe` call says of it, in
// another shape (read/awsconfig). So nothing is read twice over: the reader of that call reads it.
//
// It never says that this is all there is (Listed does), and where a file of the snapshot
// answers the same call, or lists all of the kind, the file stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/gap.h"
#include "base/origin.h"
#include "model/ids.h"

namespace sallyport::read::snapshot {

struct Said {
  std::string account;
  std::string region;     // empty: of a global service
  std::string operation;  // `ec2-describe-vpcs`
  std::string lister;     // the call that lists such things, if it is another
  std::string subject;    // of a call about one thing
  std::string body;       // what it prints; empty: it answers that there is none
  std::string file;       // as the user knows it
  Origin origin;          // everything of it counts as standing there
};

// All objects of `kind` that the account has in the Region have been said; with `gap`: perhaps not.
struct Listed {
  Kind kind = Kind::none;
  std::string account;
  std::string region;
  GapId gap;
};

// In the place of a member's value: it was not recorded, which is not "there is none".
constexpr std::string_view not_recorded = "\x01 not recorded";

}  // namespace sallyport::read::snapshot
