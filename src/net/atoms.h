// Atoms: addresses that lie in the same prefixes of every rule, route, list and block of
// the cloud are one atom; no look-up of a walk by prefix can tell them apart.
//
//   Atoms atoms(cloud);
//   atoms.of(a) == atoms.of(b)
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/cloud.h"

namespace sallyport::net {

class Atoms {
 public:
  explicit Atoms(const Cloud& cloud);  // cost: n log n in prefixes
  // Those of `before`, parted further by what these rows of rules of `cloud` name.
  Atoms(const Atoms& before, const Cloud& cloud, std::span<const Ref> rules);

  // A number: the same for addresses of one atom. Cost: log n.
  std::size_t of(Address a) const;

  // Which of these atoms are several of `finer` (which knows all prefixes of these): numbers, sorted.
  std::vector<std::size_t> parted_in(const Atoms& finer) const;

  // More prefixes that count; `settle` before the next `of`.
  void add(const Prefix& p);
  void settle();

 private:
  void add(const SecurityGroup& group);
  void add(const NetworkAcl& acl);
  void add(const RouteTable& table);
  void add(const List<Value<Prefix>>& list);

  std::vector<Address> bounds_;  // first addresses of atoms, sorted
};

}  // namespace sallyport::net
