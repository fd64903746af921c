// Shapes: what a walk can see of a start and of a destination, as numbers.
//
// Two starts of one shape, and two destinations of one, give the same verdict by the same
// kind of door. For TCP to one port. Not to be shared between threads.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "net/atoms.h"
#include "net/destination.h"
#include "net/index.h"
#include "net/start.h"

namespace sallyport::net {

// What stands once for a cloud.
struct ShapeGround {
  ShapeGround(const Index& index, std::uint16_t port);

  std::uint16_t port;
  Atoms atoms;
  std::vector<bool> named_outward;  // by group number: some egress rule names it
};

struct StartShape {
  std::uint32_t number = 0;
  // Its number says the atom of its address only: memberships are to be asked.
  bool by_atom = false;
};

struct DestinationShape {
  std::uint32_t number = 0;
  // Groups that the rules in front of it name: whether the start's address is a member
  // matters.
  std::vector<SecurityGroupId> asks;
};

class Shapes {
 public:
  // `ground`: of that index, or of the one whose noting copy it is.
  Shapes(const Index& index, const ShapeGround& ground) : index_(index), ground_(ground) {}

  StartShape of(const Departure& departure);
  // Nothing: no number tells all that a walk sees of it.
  std::optional<DestinationShape> of(const Destination& destination);

  // Which of `asks` (64 at most) the departure's addresses are members of, as bits. Nothing:
  // some of them are.
  std::optional<std::uint64_t> memberships(const Departure& departure, const std::vector<SecurityGroupId>& asks) const;

  void clear();  // forgets all numbers

 private:
  void add(std::uint64_t n) { key_.append(reinterpret_cast<const char*>(&n), sizeof n); }
  void add(const AddressSet& set);
  void add_outward(const List<SecurityGroupId>& groups, Family family);
  std::uint32_t number();

  const Index& index_;
  const ShapeGround& ground_;
  std::string key_;
  boost::unordered_flat_map<std::string, std::uint32_t> numbers_;
};

}  // namespace sallyport::net
