#include "net/classes.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <iterator>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace sallyport::net {
namespace {

// What a walk sees of a workload, as a text of words of eight bytes: equal texts, one class.
class Signature {
 public:
  explicit Signature(const Index& index) : index_(index) {}

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
      add(index_.atoms().of(*a));
      const auto is_public = [&](const PublicAddress& p) { return p.private_address == *a; };
      add(static_cast<std::uint64_t>(std::count_if(i.public_addresses.begin(), i.public_addresses.end(), is_public)));
    }
    add(i.addresses.open);
    add(i.public_addresses.open);
    add(i.surely_public ? 1 : 0);
  }

  const Index& index_;
  std::string text_;
};

// Classes in the order of their first members, and what a walk sees of each.
struct Classes {
  std::vector<SourceClass> list;
  boost::unordered_flat_map<std::string, std::size_t> by_signature;

  std::vector<Workload>& members_of(const std::string& signature) {
    const auto [entry, is_new] = by_signature.try_emplace(signature, list.size());
    if (is_new) list.emplace_back();
    return list[entry->second].members;
  }
};

Classes classes_of(const Index& index, std::span<Workload> workloads) {
  Signature signature(index);
  Classes classes;
  for (Workload& w : workloads) classes.members_of(signature.of(w)).push_back(std::move(w));
  return classes;
}

constexpr std::size_t worth_threads = 4096;  // workloads

}  // namespace

std::vector<SourceClass> source_classes(const Index& index, std::vector<Workload> all) {
  const std::size_t threads =
      all.size() < worth_threads ? 1 : std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  // Each takes as many neighbours, so that classes stand in the order of one thread.
  std::vector<Classes> parts(threads);
  const auto work = [&](std::size_t n) {
    const std::size_t first = all.size() * n / threads;
    const std::size_t last = all.size() * (n + 1) / threads;
    parts[n] = classes_of(index, std::span(all).subspan(first, last - first));
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t n = 1; n < threads; ++n) others.emplace_back(work, n);
    work(0);
  }
  Classes& classes = parts.front();
  for (std::size_t n = 1; n < threads; ++n) {
    std::vector<const std::string*> signatures(parts[n].list.size());
    for (const auto& [signature, number] : parts[n].by_signature) signatures[number] = &signature;
    for (std::size_t c = 0; c < signatures.size(); ++c) {
      std::vector<Workload>& members = classes.members_of(*signatures[c]);
      std::vector<Workload>& more = parts[n].list[c].members;
      members.insert(members.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
  }
  return std::move(classes.list);
}

std::shared_ptr<const std::vector<SourceClass>> split_classes(const Index& index, const Atoms& atoms_before,
                                                              std::shared_ptr<const std::vector<SourceClass>> before) {
  const std::vector<std::size_t> parted = atoms_before.parted_in(index.atoms());
  if (parted.empty()) return before;
  const auto in_parted = [&](const Interface& interface) {
    return std::any_of(interface.addresses.begin(), interface.addresses.end(), [&](const Value<Address>& a) {
      return a.known() && std::binary_search(parted.begin(), parted.end(), atoms_before.of(*a));
    });
  };
  // Addresses of all members lie in the same atoms.
  const auto may_split = [&](const SourceClass& c) {
    const Ref object = c.members.front().object;
    if (const Instance* i = index.cloud()->instances.find(object.as<Kind::instance>())) {
      const auto interfaces = index.interfaces_of(*i);
      return std::any_of(interfaces.begin(), interfaces.end(), [&](const Interface* i) { return in_parted(*i); });
    }
    const Interface* interface = index.cloud()->interfaces.find(object.as<Kind::network_interface>());
    return interface != nullptr && in_parted(*interface);
  };
  std::vector<SourceClass> all;
  bool split = false;
  for (const SourceClass& c : *before) {
    if (c.members.size() == 1 || !may_split(c)) {
      all.push_back(c);
      continue;
    }
    std::vector<Workload> members = c.members;
    for (SourceClass& part : classes_of(index, members).list) all.push_back(std::move(part));
    split = split || all.back().members.size() < c.members.size();
  }
  return split ? std::make_shared<const std::vector<SourceClass>>(std::move(all)) : before;
}

}  // namespace sallyport::net
