#include <algorithm>
#include <string>
#include <utility>

#include "net/filter.h"

namespace sallyport::net {
namespace {

// A piece that no entry has decided yet; what undecidable entries before it may
// have done to it.
struct Open {
  Beam beam;
  bool may_allow = false;
  bool may_deny = false;
  GapId gap;
};

class Acl {
 public:
  Acl(const Index& index, const NetworkAcl& acl, Direction direction, bool reply)
      : index_(index), acl_(acl), direction_(direction), reply_(reply) {}

  Sifted run(const Beam& beam) {
    std::vector<Open> open{{beam, false, false, {}}};
    if (acl_.head.gap) mark(open, acl_.head.gap);
    // An entry that is not in the input may stand anywhere among the others.
    if (acl_.entries.open) mark(open, acl_.entries.open);
    for (const AclEntry& entry : acl_.entries) {
      if (entry.egress != (direction_ == Direction::egress)) continue;
      std::vector<Open> rest;
      for (Open& piece : open) apply(entry, std::move(piece), rest);
      open = std::move(rest);
      if (open.empty()) break;
    }
    for (Open& piece : open) decide(std::move(piece), false, acl_.head.origin, "no rule matches");
    return std::move(result_);
  }

 private:
  static void mark(std::vector<Open>& open, GapId gap) {
    for (Open& piece : open) piece.may_allow = piece.may_deny = true, piece.gap = gap;
  }

  void apply(const AclEntry& entry, Open piece, std::vector<Open>& rest) {
    if (entry.gap) {
      piece.may_allow = piece.may_deny = true;
      piece.gap = entry.gap;
      rest.push_back(std::move(piece));
      return;
    }
    const bool applies = covers_protocol(entry.protocol, piece.beam) && entry.cidr.family() == piece.beam.family() &&
                         (piece.beam.has_ports() || entry.protocol == any_protocol ||
                          covers_icmp(entry.icmp_type, entry.icmp_code, piece.beam, reply_));
    if (!applies) {
      rest.push_back(std::move(piece));
      return;
    }
    PortSet covered = piece.beam.destination_ports;
    if (piece.beam.has_ports() && entry.protocol != any_protocol) {
      covered = covered & PortSet(entry.first_port, entry.last_port);
      PortSet other = piece.beam.destination_ports - covered;
      if (!other.empty()) {
        Open outside = piece;
        outside.beam.destination_ports = std::move(other);
        rest.push_back(std::move(outside));
      }
      if (covered.empty()) return;
    }
    const Side& remote = direction_ == Direction::egress ? piece.beam.destination : piece.beam.source;
    Cut parts = cut(remote, entry.cidr);
    const auto what = [&] {
      // A stop is always told; what passes, with the hops only.
      if (entry.allow && !index_.options().hops) return std::string();
      return "rule " + std::to_string(entry.number) + (entry.allow ? " allows" : " denies") + " `" +
             to_string(entry.cidr) + "`";
    };
    if (!parts.outside && !parts.maybe) {
      piece.beam.destination_ports = std::move(covered);
      return decide(std::move(piece), entry.allow, entry.place, what());
    }
    if (!parts.inside && !parts.maybe && covered == piece.beam.destination_ports) {
      rest.push_back(std::move(piece));
      return;
    }
    const auto with = [&](Side side) {
      Open part = piece;
      part.beam.destination_ports = covered;
      (direction_ == Direction::egress ? part.beam.destination : part.beam.source) = std::move(side);
      return part;
    };
    if (parts.outside) rest.push_back(with(std::move(*parts.outside)));
    if (parts.maybe) {
      Open part = with(std::move(*parts.maybe));
      (entry.allow ? part.may_allow : part.may_deny) = true;
      part.gap = parts.gap;
      rest.push_back(std::move(part));
    }
    if (parts.inside) {
      decide(with(std::move(*parts.inside)), entry.allow, entry.place, what());
    }
  }

  void decide(Open piece, bool allow, Origin place, std::string what) {
    (allow ? piece.may_allow : piece.may_deny) = true;
    if (piece.may_allow && piece.may_deny) {
      result_.doubted.push_back({std::move(piece.beam), piece.gap});
    } else {
      (allow ? result_.passed : result_.stopped).push_back({std::move(piece.beam), place, acl_.id, std::move(what)});
    }
  }

  const Index& index_;
  const NetworkAcl& acl_;
  Direction direction_;
  bool reply_;
  Sifted result_;
};

}  // namespace

bool covers_protocol(std::int16_t rule, const Beam& beam) { return rule == any_protocol || rule == beam.protocol; }

bool covers_icmp(std::int16_t type, std::int16_t code, const Beam& beam, bool reply) {
  if (beam.protocol != icmp && beam.protocol != icmpv6) return true;
  const std::int16_t echo = beam.protocol == icmp ? (reply ? 0 : 8) : (reply ? 129 : 128);
  return (type == -1 || type == echo) && (code == -1 || code == 0);
}

Sifted sift(const Index& index, const NetworkAcl& acl, Direction direction, const Beam& beam, bool reply) {
  return Acl(index, acl, direction, reply).run(beam);
}

}  // namespace sallyport::net
