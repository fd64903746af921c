// Who may ask, for the solver judge: the finitely many callers that two documents can tell apart.
//
// Each name that a document lists is a caller of its own; beside them stand, for every account
// that is named and for one that is not, its root user, a user and a role that nobody lists;
// a role's session that nobody lists; a service, a provider and the anonymous caller.
// Rules MA-5, EV-6, EP-2.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "library/solver/solver.h"
#include "library/solver/texts.h"

namespace sallyport::solver {

struct Caller {
  enum class Sort { user, role, session, federated, root, service, provider, anonymous } sort;
  std::string name;     // as an `authorize` line says it
  std::string account;  // empty: none
  // Whose role it is follows from names only; a document that tests aws:PrincipalArn may say more.
  bool by_name_only = false;
};

class Principals {
 public:
  Principals(z3::context& z, Place place, const Json& older, const Json& newer);

  Three means(const Json& statement) const;  // the caller of the request
  const Caller& caller(int number) const { return callers_[static_cast<std::size_t>(number)]; }
  const z3::expr& who() const { return who_; }
  z3::expr domain(bool core) const;

 private:
  enum class Says { no, maybe, yes };
  struct Ways {
    Says self = Says::no, role = Says::no, account = Says::no, everyone = Says::no;
    Says any() const { return std::max(std::max(self, role), std::max(account, everyone)); }
  };
  void scan(const Json& document);
  void add(Caller::Sort sort, const std::string& name, const std::string& account);
  Ways listed(const Json& principal, const Caller& caller) const;
  Ways one(const std::string& type, const std::string& name, const Caller& caller) const;
  Says spares(const Json& principal, const Caller& caller) const;

  z3::context& z_;
  Place place_;
  bool tests_principal_arn_ = false;
  std::vector<Caller> callers_;
  z3::expr who_;
};

}  // namespace sallyport::solver
