// Thing: what a request is about: the resource of an ARN, as far as the cloud knows
// it, with its owner and the service that answers for it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "access/org.h"
#include "base/result.h"
#include "facts/services.h"

namespace sallyport::access {

struct Thing {
  std::string arn;                          // as asked; "*" for an action without resource level
  std::string action;                       // "s3:GetObject"
  std::string prefix;                       // "s3", lower case
  const facts::Service* service = nullptr;  // at whose host the action is called; nullptr: not known
  Ref object;                               // bucket, table, function, role or resource; none: not in the input
  std::string account;                      // of the owner; empty: not known
  Membership membership;                    // of the owner
  Value<std::string> region;                // of the request: where the resource is; unknown with a gap
  bool strangers = false;                   // it is surely not of the input's accounts
  bool wide_open = false;                   // hypothetical: its policy lets everybody do everything
};

class Things {
 public:
  Things(const Cloud& cloud, const Org& org);

  // The resource of a request. `resource` is an ARN, `*`, or the name of a bucket,
  // table, function, queue, topic, key (or its alias), secret, repository or event bus
  // of the cloud. `home_region` is where the asker stands: the
  // Region of what has none of its own; empty if he stands nowhere.
  // Errors: not an action; a name that nothing or several have; a resource that
  // this action cannot work on (an object's action on a bucket's ARN).
  Result<Thing> find(std::string_view action, std::string_view resource, std::string_view home_region) const;

  // The same in an account that nobody here knows, wide open to everybody: where data
  // could be carried to. `resource` is a form of the ARN with nobody's account in it.
  Result<Thing> of_a_stranger(std::string_view action, std::string_view resource, std::string_view region) const;

  // By name or ARN; nullptr if it is not in the input.
  const Bucket* bucket(std::string_view name) const;
  const Table* table(std::string_view arn) const;        // also of an index or stream of it
  const Function* function(std::string_view arn) const;  // also of a version or alias of it
  const Role* role(std::string_view arn) const;
  const Resource* resource(std::string_view arn) const;  // also by the ARN of a key's alias

 private:
  Result<std::string> arn_of(std::string_view action, std::string_view name) const;
  void own(Thing& thing) const;

  Cloud cloud_;
  const Org& org_;
  std::map<std::string, const Bucket*, std::less<>> buckets_;
  std::map<std::string, const Table*, std::less<>> tables_;
  std::map<std::string, const Function*, std::less<>> functions_;
  std::map<std::string, const Role*, std::less<>> roles_;
  std::map<std::string, const Resource*, std::less<>> resources_;
};

// Part `n` of an ARN (0 = "arn", 3 = Region, 4 = account, 5 = the rest); empty if it
// has none.
std::string_view arn_part(std::string_view arn, int n);

}  // namespace sallyport::access
