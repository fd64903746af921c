// Roles, users, groups and managed policies: together what `iam
// get-account-authorization-details` answers. Policy documents are percent-encoded, as in
// the API.
#include "read/awsconfig/types.h"
#include "read/json/text.h"

namespace sallyport::read::awsconfig {
namespace {

void keep(const Resource& r, Telling& t, const char* list) {
  Object object(r.configuration);
  if (r.configuration["tags"].absent() || r.configuration["tags"].size() == 0) object.set("Tags", r.tags);
  t.identities[{r.item.account, list}].push_back(object.done());
  t.first_identity.try_emplace(r.item.account, &r.item);
}

void tell_role(const Resource& r, Telling& t) { keep(r, t, "RoleDetailList"); }
void tell_user(const Resource& r, Telling& t) { keep(r, t, "UserDetailList"); }
void tell_identity_group(const Resource& r, Telling& t) { keep(r, t, "GroupDetailList"); }
void tell_managed_policy(const Resource& r, Telling& t) { keep(r, t, "Policies"); }

constexpr Type table[] = {
    {"AWS::IAM::Role", tell_role, {Kind::role, Kind::instance_profile}, true},
    {"AWS::IAM::User", tell_user, {Kind::user}, true},
    {"AWS::IAM::Group", tell_identity_group, {Kind::group}, true},
    {"AWS::IAM::Policy", tell_managed_policy, {}, true},  // those of AWS are not among them
};

}  // namespace

std::span<const Type> identity_types() { return table; }

void finish_identities(Telling& telling) {
  for (const auto& [account, first] : telling.first_identity) {
    std::string body = "{";
    for (const char* list : {"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"}) {
      const auto found = telling.identities.find({account, list});
      if (found == telling.identities.end()) continue;
      body += (body.size() > 1 ? ",\"" : "\"") + std::string(list) + "\":[";
      for (std::size_t i = 0; i < found->second.size(); ++i) body.append(i == 0 ? "" : ",").append(found->second[i]);
      body += ']';
    }
    say(telling, *first, "iam-get-account-authorization-details", body + "}", {}, {}, true);
  }
}

}  // namespace sallyport::read::awsconfig
