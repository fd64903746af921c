// EC2's own names of instances: `ec2-203-0-113-7.eu-central-1.compute.amazonaws.com`, and
// `ip-10-0-0-7.eu-central-1.compute.internal` (DN-13).
//
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
#include <algorithm>
#include <optional>
#include <string>

#include "net/dns.h"

namespace sallyport::net {
namespace {

struct InstanceName {
  bool is_public = false;
  Address address;
  std::string_view region;
};

// The four numbers of `10-0-0-7`.
std::optional<Address> dashed(std::string_view text) {
  std::string dotted(text);
  if (std::count(dotted.begin(), dotted.end(), '.') != 0) return std::nullopt;
  std::replace(dotted.begin(), dotted.end(), '-', '.');
  const Result<Address> address = parse_address(dotted);
  return address && address->family == Family::v4 ? std::optional(*address) : std::nullopt;
}

std::optional<InstanceName> parse(std::string_view name) {
  InstanceName result;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  std::string_view host = name.substr(0, dot);
  std::string_view zone = name.substr(dot + 1);
  if (host.starts_with("ec2-")) {
    result.is_public = true;
    if (zone.ends_with(".cn")) zone.remove_suffix(3);
    if (zone == "compute-1.amazonaws.com") {
      result.region = "us-east-1";
    } else if (zone.ends_with(".compute.amazonaws.com")) {
      result.region = zone.substr(0, zone.find('.'));
    }
  } else if (host.starts_with("ip-")) {
    if (zone == "ec2.internal") {
      result.region = "us-east-1";
    } else if (zone.ends_with(".compute.internal")) {
      result.region = zone.substr(0, zone.find('.'));
    }
  }
  if (result.region.empty()) return std::nullopt;
  const auto address = dashed(host.substr(host.find('-') + 1));
  if (!address) return std::nullopt;
  result.address = *address;
  return result;
}

Truth attributes(const Vpc& vpc) { return truth(vpc.dns_support) & truth(vpc.dns_hostnames); }

class Instances {
 public:
  Instances(const Index& index, const Vpc* vpc, std::string_view name) : index_(index), vpc_(vpc), name_(name) {}

  std::optional<std::vector<Resolution>> run() {
    const auto parsed = parse(name_);
    if (!parsed) return std::nullopt;
    return parsed->is_public ? by_public_name(*parsed) : by_private_name(*parsed);
  }

 private:
  Resolution at(Address address, const std::string& why) const {
    Resolution r;
    r.end = NameEnd::addresses;
    r.side.set = set_of(address);
    r.detail = "`" + std::string(name_) + "` is EC2's name of `" + to_string(address) + "`" + why;
    return r;
  }

  Resolution lost(GapId gap) const {
    Resolution r;
    r.gap = gap;
    r.detail = index_.registry().gaps[gap].what;
    return r;
  }

  std::vector<Resolution> by_public_name(const InstanceName& parsed) const {
    if (vpc_ == nullptr) return {at(parsed.address, "")};
    const Interface* owner = index_.interface_with_public(parsed.address);
    if (owner == nullptr) {
      const GapId unseen = index_.unseen_public();
      if (unseen) return {lost(unseen)};
      return {at(parsed.address, ", which nothing in the input has")};
    }
    const Vpc* home = owner->vpc.known() ? index_.cloud()->vpcs.find(*owner->vpc) : nullptr;
    if (home == nullptr || index_.view(home->head.region) != parsed.region) {
      return {lost(home == nullptr ? (owner->vpc.known() ? index_.absent(*owner->vpc) : owner->vpc.gap())
                                   : index_.gap(GapKind::contradictory, "`" + std::string(name_) +
                                                                            "` names another Region than that of `" +
                                                                            index_.show(owner->id) + "`"))};
    }
    Address inside = parsed.address;
    for (const PublicAddress& p : owner->public_addresses) {
      if (p.address == parsed.address) inside = p.private_address;
    }
    const Resolution near = at(inside, " inside its VPC");
    const Resolution far = at(parsed.address, "");
    if (home->id == vpc_->id) {
      const Truth named = attributes(*vpc_);
      if (named == Truth::yes) return {near};
      const GapId gap = named == Truth::no            ? index_.gap(GapKind::undocumented,
                                                                   "what EC2's public names resolve to in `" +
                                                                       index_.show(vpc_->id) + "`, whose DNS attributes are off")
                        : vpc_->dns_hostnames.known() ? vpc_->dns_support.gap()
                                                      : vpc_->dns_hostnames.gap();
      return either(near, far, gap);
    }
    GapId gap;
    const Truth passed = joined(*home, gap);
    if (passed == Truth::yes) return {near};
    if (passed == Truth::no) return {far};
    return either(near, far, gap);
  }

  static std::vector<Resolution> either(Resolution a, Resolution b, GapId gap) {
    a.gap = b.gap = gap;
    return {std::move(a), std::move(b)};
  }

  // Do public names of instances in `home` mean their private addresses here?
  Truth joined(const Vpc& home, GapId& gap) const {
    const Truth named = attributes(*vpc_) & attributes(home);
    if (named == Truth::no) return Truth::no;
    Truth any = Truth::no;
    const auto add = [&](Truth more, GapId why) {
      any = any | more;
      if (more == Truth::unknown && why) gap = why;
    };
    for (const Peering& p : index_.cloud()->peerings) {
      const PeeringSide* far = nullptr;
      if (p.requester.vpc == home.id && p.accepter.vpc == vpc_->id) far = &p.requester;
      if (p.accepter.vpc == home.id && p.requester.vpc == vpc_->id) far = &p.accepter;
      if (far == nullptr) continue;
      const Truth active = p.state.known() ? truth(*p.state == State::working) : Truth::unknown;
      add(active & truth(far->dns_resolution), !p.state.known()              ? p.state.gap()
                                               : far->dns_resolution.known() ? GapId()
                                                                             : far->dns_resolution.gap());
    }
    for (const TransitAttachment& a : index_.cloud()->transit_attachments) {
      if (!a.vpc.known() || *a.vpc != vpc_->id || !a.gateway.known()) continue;
      const Found<TransitAttachment> other = index_.attachment(*a.gateway, home.id);
      if (other.object == nullptr && !other.gap) continue;
      const TransitGateway* gateway = index_.cloud()->transit_gateways.find(*a.gateway);
      if (other.object == nullptr || gateway == nullptr) {
        add(Truth::unknown, other.object == nullptr ? other.gap : index_.absent(*a.gateway));
        continue;
      }
      const Truth far = truth(gateway->dns_support) & truth(other.object->dns_support);
      Truth all = far & truth(a.dns_support);
      if (far != Truth::no && all == Truth::no) all = Truth::unknown;  // its own side's option: AWS does not say
      add(all, index_.gap(GapKind::undocumented,
                          "whether `" + index_.show(*a.gateway) + "` makes public names of `" + index_.show(home.id) +
                              "` mean private addresses in `" + index_.show(vpc_->id) + "`",
                          listing_command(Kind::transit_attachment)));
    }
    for (const Kind kind : {Kind::peering, Kind::transit_attachment}) {
      const GapId missing = index_.cloud().missing(kind, vpc_->head.account, vpc_->head.region);
      if (missing) add(Truth::unknown, missing);
    }
    if (any == Truth::yes && named == Truth::unknown) gap = index_.absent(home.id);
    return any & named;
  }

  // They resolve only where EC2 names instances, and only inside.
  std::vector<Resolution> by_private_name(const InstanceName& parsed) const {
    Resolution none;
    none.end = NameEnd::nothing;
    if (vpc_ == nullptr) {
      none.detail = "`" + std::string(name_) + "` is a private name";
      return {none};
    }
    if (attributes(*vpc_) == Truth::no) {
      none.detail = "the resolver of `" + index_.show(vpc_->id) +
                    "` answers no private name of EC2, since a DNS attribute of the VPC is off";
      none.by = vpc_->id;
      none.place = vpc_->head.origin;
      return {none};
    }
    const Interface* owner = index_.interface_at(vpc_->id, parsed.address);
    if (owner == nullptr || attributes(*vpc_) == Truth::unknown || index_.view(vpc_->head.region) != parsed.region) {
      return {lost(index_.gap(GapKind::undocumented,
                              "to what `" + std::string(name_) + "` resolves in `" + index_.show(vpc_->id) + "`",
                              "ask by address"))};
    }
    return {at(parsed.address, "")};
  }

  const Index& index_;
  const Vpc* vpc_;
  std::string_view name_;
};

}  // namespace

std::optional<std::vector<Resolution>> instance_name(const Index& index, const Vpc* vpc, std::string_view name) {
  return Instances(index, vpc, name).run();
}

}  // namespace sallyport::net
