#include "access/context.h"

#include <algorithm>

#include "access/keys.h"

namespace sallyport::access {

void fill(const Cloud& cloud, const Org& org, const Request& request, const std::vector<std::string>& keys,
          iam::Context& out) {
  if (keys.empty()) return;
  Keys of_request(cloud, org, request, out);
  for (const std::string& key : keys) of_request.fill(key);
}

iam::Context context(const Cloud& cloud, const Org& org, const Request& request,
                     const std::vector<std::string>& mentioned) {
  // Shown in every answer, whether or not a policy asks for them.
  static const std::vector<std::string> always = {
      "aws:SourceIp",         "aws:SourceVpc",     "aws:SourceVpce",           "aws:VpcSourceIp",
      "aws:PrincipalAccount", "aws:PrincipalArn",  "aws:PrincipalOrgID",       "aws:ResourceAccount",
      "aws:RequestedRegion",  "aws:ViaAWSService", "aws:PrincipalIsAWSService"};
  iam::Context out;
  // Keys that no policy mentions decide nothing; should one be asked for after all,
  // nothing is claimed about it.
  out.set_others_unknown(cloud.registry().gaps.add(
      {GapKind::not_modelled, "a condition key that no document of the input mentions was asked for", ""}));
  Keys keys(cloud, org, request, out);
  for (const std::string& key : always) keys.fill(key);
  for (const std::string& key : mentioned) {
    const bool done = std::any_of(always.begin(), always.end(), [&](const std::string& k) { return same_key(k, key); });
    if (!done) keys.fill(key);
  }
  if (request.fixed != nullptr) {
    for (const ContextEntry& entry : *request.fixed) {
      if (entry.values.empty()) {
        out.set_absent(entry.key);
      } else {
        out.set(entry.key, entry.values);
      }
    }
  }
  return out;
}

}  // namespace sallyport::access
