#include "base/ip.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace sallyport {
namespace {

Address from_bytes(const std::array<unsigned char, 16>& bytes) {
  Address a{Family::v6, 0, 0};
  for (int i = 0; i < 8; ++i) a.high = a.high << 8 | bytes[static_cast<std::size_t>(i)];
  for (int i = 8; i < 16; ++i) a.low = a.low << 8 | bytes[static_cast<std::size_t>(i)];
  return a;
}

// Four numbers up to 255 without leading zeros, as inet_pton reads them, in a fraction of
// its time: addresses of requests are parsed again and again.
std::optional<Address> parse_dotted(std::string_view text) {
  std::uint32_t all = 0;
  std::size_t i = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (i == text.size() || text[i++] != '.')) return std::nullopt;
    const std::size_t first = i;
    std::uint32_t number = 0;
    for (; i < text.size() && i < first + 3 && text[i] >= '0' && text[i] <= '9'; ++i) {
      number = number * 10 + static_cast<std::uint32_t>(text[i] - '0');
    }
    if (i == first || number > 255 || (text[first] == '0' && i > first + 1)) return std::nullopt;
    all = all << 8 | number;
  }
  if (i != text.size()) return std::nullopt;
  return v4(all);
}

// The host-bit mask of the 64 bits that begin at bit `start` of the address.
std::uint64_t host_mask(unsigned length, unsigned start) {
  if (length <= start) return ~std::uint64_t{0};
  if (length >= start + 64) return 0;
  return ~std::uint64_t{0} >> (length - start);
}

}  // namespace

Address next(Address a) {
  if (++a.low == 0) ++a.high;
  return a;
}

Address previous(Address a) {
  if (a.low-- == 0) --a.high;
  return a;
}

Address lowest(Family family) { return {family, 0, 0}; }

Address highest(Family family) {
  if (family == Family::v4) return v4(0xFFFFFFFFu);
  return {Family::v6, ~std::uint64_t{0}, ~std::uint64_t{0}};
}

Address Prefix::last() const {
  if (family() == Family::v4) {
    const std::uint64_t mask = length == 32 ? 0 : 0xFFFFFFFFull >> length;
    return {Family::v4, 0, base.low | mask};
  }
  return {Family::v6, base.high | host_mask(length, 0), base.low | host_mask(length, 64)};
}

Prefix prefix(Address a, unsigned length) {
  SP_ASSERT(length <= width(a.family));
  if (a.family == Family::v4) {
    a.low &= length == 0 ? 0 : 0xFFFFFFFFull << (32 - length) & 0xFFFFFFFFull;
  } else {
    a.high &= ~host_mask(length, 0);
    a.low &= ~host_mask(length, 64);
  }
  return {a, static_cast<std::uint8_t>(length)};
}

Prefix host(Address a) { return {a, static_cast<std::uint8_t>(width(a.family))}; }

Prefix everything(Family family) { return {lowest(family), 0}; }

Result<Address> parse_address(std::string_view text) {
  if (const auto dotted = parse_dotted(text)) return *dotted;
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (text.size() >= buffer.size() || text.find('\0') != std::string_view::npos) {
    return fail("`" + std::string(text.substr(0, 60)) + "` is not an IP address");
  }
  std::copy(text.begin(), text.end(), buffer.begin());
  std::array<unsigned char, 16> six{};
  if (inet_pton(AF_INET6, buffer.data(), six.data()) == 1) return from_bytes(six);
  return fail("`" + std::string(text) + "` is not an IP address");
}

Result<Prefix> parse_prefix(std::string_view text) {
  const std::size_t slash = text.find('/');
  const Result<Address> address = parse_address(text.substr(0, slash));
  if (!address) return tl::unexpected<Error>(address.error());
  if (slash == std::string_view::npos) return host(*address);
  const std::string_view digits = text.substr(slash + 1);
  unsigned length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.size() > 3) {
    return fail("`" + std::string(text.substr(0, 60)) + "` has no valid prefix length");
  }
  if (length > width(address->family)) {
    return fail("prefix length `" + std::string(digits) + "` exceeds " + std::to_string(width(address->family)));
  }
  return prefix(*address, length);
}

std::string to_string(Address a) {
  if (a.family == Family::v4) {
    const auto part = [&](int shift) { return std::to_string(a.low >> shift & 0xFF); };
    return part(24) + "." + part(16) + "." + part(8) + "." + part(0);
  }
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  std::array<unsigned char, 16> six{};
  for (std::size_t i = 0; i < 8; ++i) {
    six[i] = static_cast<unsigned char>(a.high >> (56 - 8 * i));
    six[8 + i] = static_cast<unsigned char>(a.low >> (56 - 8 * i));
  }
  inet_ntop(AF_INET6, six.data(), buffer.data(), buffer.size());
  return buffer.data();
}

std::string to_string(const Prefix& p) { return to_string(p.base) + "/" + std::to_string(p.length); }

}  // namespace sallyport
