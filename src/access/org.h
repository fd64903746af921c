// Org: where an account stands in the organization: its keys aws:PrincipalOrgID,
// aws:ResourceOrgPaths and the like come from here, and the levels of its SCPs and
// RCPs.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/cloud.h"
#include "model/settings.h"

namespace sallyport::access {

// The account of strangers, and of what belongs to nobody we know: no account has it.
inline constexpr std::string_view nobodys_account = "000000000000";

// What is known of an account's membership.
struct Membership {
  enum class Kind : std::uint8_t {
    none,     // in no organization
    ours,     // in the organization of the input: `id`
    foreign,  // surely not in ours; perhaps in another
    unknown,  // by `gap`
  };
  Kind kind = Kind::unknown;
  std::string id;                     // ours: "o-a1b2c3"; foreign: that of the other one, if it is said
  std::vector<const OrgNode*> chain;  // ours: root first, the account last; empty if not known
  std::string path;                   // "o-1/r-2/ou-3/", the account's own path; empty if not known
  GapId gap;                          // unknown; ours: why the chain is not known
};

class Org {
 public:
  Org(const Cloud& cloud, const Settings& settings);

  // Cost: the depth of the tree.
  Membership membership(std::string_view account) const;

  // The organization's management account; empty if there is none or it is not known.
  std::string_view management_account() const { return management_; }
  // "o-..."; empty if there is none or it is not known.
  std::string_view id() const { return id_; }

  // The accounts whose answers the input holds, sorted.
  const std::vector<std::string>& accounts() const { return accounts_; }
  bool is_ours(std::string_view account) const;  // one of them

 private:
  Cloud cloud_;
  std::map<std::string, const OrgNode*, std::less<>> nodes_;  // by id: r-..., ou-..., digits
  std::vector<std::string> accounts_;
  std::vector<std::string> declared_;  // members by the settings, sorted
  std::string id_, management_;
  bool none_ = false;  // known: in no organization
  GapId gap_;          // why the organization is not known
};

}  // namespace sallyport::access
