#include "net/beam.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sallyport::net {
namespace {

AddressSet united(std::initializer_list<const char*> prefixes) {
  std::vector<Interval<Address>> intervals;
  for (const char* text : prefixes) {
    const Result<Prefix> p = parse_prefix(text);
    SP_ASSERT(p.has_value());
    intervals.push_back({p->first(), p->last()});
  }
  return AddressSet::of(std::move(intervals));
}

AddressSet whole(Family family) { return set_of(everything(family)); }

Side part(const Side& side, AddressSet set) {
  Side piece = side;
  piece.set = std::move(set);
  return piece;
}

// RFC 6052: `64:ff9b::` and the IPv4 address.
Address last_bits(Address v6) { return v4(static_cast<std::uint32_t>(v6.low & 0xFFFFFFFFu)); }
Address made_of(Address v4) { return {Family::v6, std::uint64_t{0x0064FF9B} << 32, v4.low}; }

// Without building sets: most rules cover a side whole or not at all.
bool covers(const AddressSet& whole, const AddressSet& part) {
  auto i = whole.intervals().begin();
  for (const Interval<Address>& piece : part.intervals()) {
    while (i != whole.intervals().end() && i->last < piece.first) ++i;
    if (i == whole.intervals().end() || piece.first < i->first || i->last < piece.last) return false;
  }
  return true;
}

}  // namespace

Beam reversed(const Beam& beam) {
  return {beam.destination, beam.source, beam.destination_ports, beam.source_ports, beam.protocol};
}

bool disjoint(const AddressSet& a, const AddressSet& b) {
  auto i = a.intervals().begin();
  auto j = b.intervals().begin();
  while (i != a.intervals().end() && j != b.intervals().end()) {
    if (i->last < j->first) {
      ++i;
    } else if (j->last < i->first) {
      ++j;
    } else {
      return false;
    }
  }
  return true;
}

namespace {

// Does the block that `named` stands for and that is not known yet hold the side? Blocks of different
// subnets have nothing in common, and neither a service nor anybody outside has an address in one.
Truth in_later(const Side& side, const Named& named) {
  if (!named.later || side.set.empty() || side.set.front().family != Family::v6) return Truth::no;
  if (side.within) {
    return truth(std::binary_search(named.later_of.begin(), named.later_of.end(), side.within));
  }
  if (side.service || side.outside_cloud) return Truth::no;
  return side.set.overlaps(public_space(Family::v6)) ? Truth::unknown : Truth::no;
}

// The same without the block: it may be anywhere among the public addresses.
Named somewhere(const Named& named) {
  Named result = named;
  result.bound = named.gap ? named.bound | public_space(Family::v6) : public_space(Family::v6);
  result.gap = named.later;
  result.later = {};
  return result;
}

}  // namespace

Cut cut(const Side& side, const Named& named) {
  Cut result;
  if (named.later) {
    const Truth inside = in_later(side, named);
    if (inside == Truth::yes) {
      result.inside = side;
      return result;
    }
    if (inside == Truth::unknown) return cut(side, somewhere(named));
  }
  if (side.service && !named.list.empty()) {
    // A name of a service is in its own list by definition and in no other (RT-10a).
    (side.service_list == named.list ? result.inside : result.outside) = side;
    return result;
  }
  if (covers(named.set, side.set)) {
    result.inside = side;
    return result;
  }
  if (disjoint(side.set, named.set) && (!named.gap || disjoint(side.set, named.bound))) {
    result.outside = side;
    return result;
  }
  if (side.exact()) {
    AddressSet in = side.set & named.set;
    AddressSet rest = side.set - named.set;
    if (!in.empty()) result.inside = part(side, std::move(in));
    if (named.gap) {
      AddressSet doubtful = rest & named.bound;
      rest = rest - named.bound;
      if (!doubtful.empty()) result.maybe = part(side, std::move(doubtful));
      result.gap = named.gap;
    }
    if (!rest.empty()) result.outside = part(side, std::move(rest));
    return result;
  }
  result.maybe = side;
  result.gap = named.gap ? named.gap : side.gap;
  return result;
}

bool holds(const Named& named, const Side& side) {
  if (side.service && !named.list.empty()) return side.service_list == named.list;
  return covers(named.set, side.set) || (named.later && in_later(side, named) == Truth::yes);
}

bool misses(const Side& side, const Named& named) {
  if (side.service && !named.list.empty()) return side.service_list != named.list;
  if (named.later && in_later(side, named) != Truth::no) return false;
  return named.list.empty() && disjoint(side.set, named.set) && (!named.gap || disjoint(side.set, named.bound));
}

Cut cut(const Side& side, const Prefix& prefix) {
  const Address first = prefix.first();
  const Address last = prefix.last();
  bool all = true;
  bool none = true;
  for (const Interval<Address>& piece : side.set.intervals()) {
    all = all && first <= piece.first && piece.last <= last;
    none = none && (piece.last < first || last < piece.first);
  }
  if (!all && !none) return cut(side, Named{set_of(prefix), {}, {}, {}});
  Cut result;
  (all ? result.inside : result.outside) = side;
  return result;
}

const AddressSet& private_space(Family family) {
  static const AddressSet v4 = united({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
                                       "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3"});
  static const AddressSet v6 = whole(Family::v6) - united({"2000::/3"});
  return family == Family::v4 ? v4 : v6;
}

AddressSet public_space(Family family) { return whole(family) - private_space(family); }

bool is_public(Address a) { return !private_space(a.family).contains(a); }

const AddressSet& nat64_space() {
  static const AddressSet set = united({"64:ff9b::/96"});
  return set;
}

AddressSet behind64(const AddressSet& v6) {
  std::vector<Interval<Address>> intervals;
  const AddressSet part = v6 & nat64_space();
  for (const Interval<Address>& i : part.intervals()) {
    intervals.push_back({last_bits(i.first), last_bits(i.last)});
  }
  return AddressSet::of(std::move(intervals));
}

AddressSet synthesised(const AddressSet& v4) {
  std::vector<Interval<Address>> intervals;
  for (const Interval<Address>& i : v4.intervals()) {
    if (i.first.family != Family::v4) continue;
    intervals.push_back({made_of(i.first), made_of(i.last)});
  }
  return AddressSet::of(std::move(intervals));
}

bool in_rfc1918(Address a) {
  static const AddressSet set = united({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"});
  return set.contains(a);
}

bool in_rfc6598(Address a) {
  static const AddressSet set = united({"100.64.0.0/10"});
  return set.contains(a);
}

}  // namespace sallyport::net
