// IPv4 and IPv6 addresses and prefixes, alike.
//
// One Address holds either family; families are ordered (IPv4 first) and never
// mix: `::/0` contains no IPv4 address, `0.0.0.0/0` no IPv6 one (RT-2).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sallyport {

enum class Family : std::uint8_t { v4, v6 };

// Bits of an address: 32 or 128.
constexpr unsigned width(Family family) { return family == Family::v4 ? 32 : 128; }

struct Address {
  Family family = Family::v4;
  std::uint64_t high = 0;  // the upper 64 bits of an IPv6 address; 0 for IPv4
  std::uint64_t low = 0;   // the lower 64 bits; an IPv4 address in the low 32

  friend constexpr bool operator==(const Address&, const Address&) = default;
  friend constexpr auto operator<=>(const Address&, const Address&) = default;
};

constexpr Address v4(std::uint32_t bits) { return {Family::v4, 0, bits}; }

// The neighbours in the same family; undefined at the family's ends.
Address next(Address a);
Address previous(Address a);
// The first and the last address of a family.
Address lowest(Family family);
Address highest(Family family);

// A CIDR block. Host bits are always clear. `length` counts bits from the left.
struct Prefix {
  Address base;
  std::uint8_t length = 0;

  Family family() const { return base.family; }
  Address first() const { return base; }
  Address last() const;  // inclusive
  bool contains(Address a) const { return first() <= a && a <= last(); }
  bool contains(const Prefix& p) const { return p.length >= length && contains(p.base); }
  bool overlaps(const Prefix& p) const { return contains(p) || p.contains(*this); }

  friend bool operator==(const Prefix&, const Prefix&) = default;
  friend auto operator<=>(const Prefix&, const Prefix&) = default;
};

// The block of `length` bits around `a`; host bits are cleared, as AWS does
// with an ACL entry's CIDR (AC-7). `length` must not exceed the family's width.
Prefix prefix(Address a, unsigned length);
Prefix host(Address a);            // /32 or /128
Prefix everything(Family family);  // 0.0.0.0/0 or ::/0

// "10.0.0.1", "2001:db8::1". Errors: anything else (octal-looking or short IPv4
// forms, zones, surrounding blanks).
Result<Address> parse_address(std::string_view text);

// "10.0.0.0/16", "2001:db8::/32"; host bits are cleared. A bare address is a /32
// or /128. Errors: bad address, bad or too great length.
Result<Prefix> parse_prefix(std::string_view text);

// Canonical text; IPv6 by RFC 5952.
std::string to_string(Address a);
std::string to_string(const Prefix& p);

}  // namespace sallyport
