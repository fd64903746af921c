// Principals: who may ask, as far as documents tell callers apart.
//
// Everybody whom the `Principal` elements name (accounts, users, roles, sessions,
// services ...), one other of each kind in each account they name, and others from
// elsewhere. What an element says of each is asked of the engine's own matcher
// (iam/principal_match.h), so both agree. A role's ARN means some session of it that no
// document names. Federated sessions of a named user count only where a document names
// such a session: else they differ from the user only by what AWS leaves open (EV-6).
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "iam/principal_match.h"
#include "iam/sets/bdd.h"
#include "iam/sets/unknowns.h"

namespace sallyport::iam::sets {

struct Person {
  std::string text;           // as `request.principal`; empty: anonymous
  std::string user_id;        // its `aws:userid`, where an element names a unique id
  std::string principal_arn;  // its `aws:PrincipalArn`: the user behind a federated session
  bool real = true;           // false: something that does not exist yet
};

class Principals {
 public:
  using Element = std::uint32_t;

  Principals(Bdd& bdd, Unknowns& unknowns, const Rules& rules, const TextPool& texts)
      : bdd_(bdd), unknowns_(unknowns), rules_(rules), texts_(texts) {}

  // The element of a statement; equal ones are one. Beyond `entry_limit` entries in all
  // documents it is `exhausted`.
  Element add(const Statement& statement);
  void build();

  static constexpr std::size_t entry_limit = 600;  // cost grows with their square
  bool exhausted() const { return entries_.size() > entry_limit; }

  struct Class {
    Person person;
    std::vector<Bdd::Node> values;  // by element
  };
  const std::vector<Class>& classes() const { return classes_; }
  std::size_t element_count() const { return elements_.size(); }

 private:
  struct ElementOf {
    bool negated = false;
    Effect effect = Effect::allow;
    std::vector<std::uint32_t> entries;  // sorted; into entries_
    std::string name;
    PrincipalMatcher whole;  // negated: the element as it stands
  };
  struct EntryOf {
    PrincipalEntry entry;
    PrincipalMatcher matcher;  // of the entry alone
    std::string name;
  };
  std::vector<Person> people() const;
  void add_accounts(std::vector<Person>& people) const;
  Bdd::Node value(const ElementOf& element, const Caller& caller);
  Bdd::Node node(Match match, const char* what, const std::string& name, const std::vector<GapId>& gaps);

  Bdd& bdd_;
  Unknowns& unknowns_;
  const Rules& rules_;
  const TextPool& texts_;
  std::vector<ElementOf> elements_;
  std::vector<EntryOf> entries_;
  std::vector<Class> classes_;
};

}  // namespace sallyport::iam::sets
