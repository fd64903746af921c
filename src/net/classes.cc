// Classes of workloads: two workloads are one class if every look-up of a walk gives
// both the same: subnets, groups, the atoms of their addresses, how they stand to
// public addresses.
#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <string>
#include <variant>
#include <vector>

#include "net/atoms.h"
#include "net/index.h"
#include "net/workload.h"

namespace sallyport::net {
namespace {

// What a walk sees of a workload, as a text of words of eight bytes: equal texts, one class.
class Signature {
 public:
  Signature(const Index& index, const Atoms& atoms) : index_(index), atoms_(atoms) {}

  const std::string& of(const Workload& w) {
    text_.clear();
    add(static_cast<std::uint64_t>(w.kind));
    add(w.account.number());
    add(w.region.number());
    if (const Instance* i = index_.cloud()->instances.find(w.object.as<Kind::instance>())) add(*i);
    if (const Function* f = index_.cloud()->functions.find(w.object.as<Kind::function>())) add(*f);
    if (const Interface* i = index_.cloud()->interfaces.find(w.object.as<Kind::network_interface>())) add(*i);
    // What a service runs for us is alike to nothing else: its ways are its own.
    if (w.kind == WorkloadKind::platform) add(w.object.number);
    return text_;
  }

 private:
  // Marks are no numbers of anything.
  static constexpr std::uint64_t end_of_groups = ~std::uint64_t{0};
  static constexpr std::uint64_t interface_mark = end_of_groups - 1;
  static constexpr std::uint64_t address_mark = end_of_groups - 2;

  void add(std::uint64_t n) { text_.append(reinterpret_cast<const char*>(&n), sizeof n); }
  void add(GapId gap) { add(gap.number()); }

  template <class T>
  void add_groups(const List<T>& list) {
    std::vector<T> sorted = list.items;
    std::sort(sorted.begin(), sorted.end());
    for (const T id : sorted) add(id.number());
    add(list.open);
    add(end_of_groups);
  }

  void add(const Instance& i) {
    add(i.head.gap);
    add(i.state.gap());
    add(i.state.known() ? static_cast<std::uint64_t>(*i.state) : 9);
    add(i.windows ? 1 : 0);
    for (const Interface* interface : index_.interfaces_of(i)) add(*interface);
    for (const InterfaceId id : i.interfaces) {
      if (index_.cloud()->interfaces.find(id) == nullptr) add(id.number());
    }
    add(i.interfaces.open);
  }

  void add(const Function& f) {
    add(f.head.gap);
    add(f.network.gap());
    if (!f.network.known()) return;
    for (const SubnetId id : f.network->subnets) add(id.number());
    add(f.network->subnets.open);
    add_groups(f.network->groups);
    add(f.network->ipv6 ? 1 : 0);
  }

  void add(const Interface& i) {
    add(interface_mark);
    add(i.head.gap);
    add(i.vpc.gap());
    add(i.subnet.gap());
    if (i.subnet.known()) add(i.subnet->number());
    add_groups(i.groups);
    for (const Value<Address>& a : i.addresses) {
      add(address_mark);
      add(a.gap());
      if (!a.known()) continue;
      add(atoms_.of(*a));
      const auto is_public = [&](const PublicAddress& p) { return p.private_address == *a; };
      add(static_cast<std::uint64_t>(std::count_if(i.public_addresses.begin(), i.public_addresses.end(), is_public)));
    }
    add(i.addresses.open);
    add(i.public_addresses.open);
    add(i.surely_public ? 1 : 0);
  }

  const Index& index_;
  const Atoms& atoms_;
  std::string text_;
};

}  // namespace

std::vector<SourceClass> source_classes(const Index& index) {
  const Atoms atoms(index.cloud());
  Signature signature(index, atoms);
  std::vector<SourceClass> classes;
  boost::unordered_flat_map<std::string, std::size_t> by_signature;
  for (Workload& w : workloads(index.cloud())) {
    const auto [entry, is_new] = by_signature.try_emplace(signature.of(w), classes.size());
    if (is_new) classes.emplace_back();
    classes[entry->second].members.push_back(std::move(w));
  }
  return classes;
}

}  // namespace sallyport::net
