#include "net/dns_public.h"

#include <utility>

#include "facts/endpoints.h"
#include "facts/names.h"
#include "facts/regions.h"
#include "net/dns_endpoints.h"
#include "net/name_book.h"

namespace sallyport::net {
namespace {

class PublicNames {
 public:
  PublicNames(const Index& index, const Vpc* vpc, std::string_view region)
      : index_(index), vpc_(vpc), region_(region) {}

  std::vector<Resolution> of(const std::string& name, const std::string& why) const {
    if (const LoadBalancer* balancer = index_.balancer_named(name))
      return {led_to(*balancer, "`" + name + "` is a load balancer's own name")};
    if (const auto own = endpoint_named(index_, name))
      return {led_to(*own->endpoint, own->zone, "`" + name + "` is an endpoint's own name")};
    if (auto instance = instance_name(index_, vpc_, name)) return std::move(*instance);
    if (const PlatformWorkload* system = file_system_named(index_, name)) {
      Resolution r;
      r.end = NameEnd::nothing;
      r.detail = told([&] { return "`" + name + "` answers in the VPC of the file system only"; });
      r.by = system->id;
      return {std::move(r)};
    }
    if (name.ends_with(".on.aws") && name.find(".vpc-lattice-svcs.") != std::string::npos) return {of_lattice(name)};
    if (const auto& host = index_.names().behind(name)) return {of_service(*host, name, why)};
    Resolution r = not_known(
        index_.gap(GapKind::outside, "to what `" + name + "` resolves is not in the input", "ask by address"));
    // IF-7: an endpoint's own names lead to its interfaces, whoever has it.
    r.is_private = name.ends_with(".vpce.amazonaws.com") || name.ends_with(".vpce.amazonaws.com.cn");
    return {std::move(r)};
  }

 private:
  // A detail, where somebody reads it.
  template <class Say>
  std::string told(Say say) const {
    return index_.options().hops || index_.options().reasons ? say() : std::string();
  }

  Resolution not_known(GapId gap) const {
    Resolution r;
    r.gap = gap;
    r.detail = told([&] { return index_.registry().gaps[gap].what; });
    return r;
  }

  Resolution of_service(const facts::HostMatch& host, const std::string& name, const std::string& why) const {
    Resolution r;
    r.end = NameEnd::service;
    const std::string region = region_of(host);
    const std::string_view at = at_the_edge(name) ? "cloudfront" : host.service->name;
    r.side = index_.names().addresses(index_, at, region, Family::v4);
    if (host.kind == facts::NameKind::dualstack || host.kind == facts::NameKind::fips_dualstack)
      r.side_v6 = index_.names().addresses(index_, at, region, Family::v6);
    r.detail = told([&] { return "`" + name + "` resolves to public addresses (" + why + ")"; });
    return r;
  }

  // Transfer Acceleration and Multi-Region Access Points: at edge locations, whose addresses stand in no list of S3's.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html
  static bool at_the_edge(const std::string& name) {
    return name.find("s3-accelerate.") != std::string::npos || name.find(".s3-global.") != std::string::npos;
  }

  bool is_associated() const {
    for (const ServiceNetwork& network : index_.cloud()->service_networks) {
      for (const ServiceNetworkVpc& association : network.vpcs) {
        if (association.vpc == Value<VpcId>(vpc_->id) && association.state != Value<State>(State::not_working))
          return true;
      }
    }
    return false;
  }

  // RE-7: "169.254.171.0/24" and "fd00:ec2:80::/64".
  // https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html
  Resolution of_lattice(const std::string& name) const {
    if (vpc_ != nullptr && is_associated() && !has_lattice_route(index_, vpc_->id)) {
      Resolution r = not_known(index_.gap(
          GapKind::contradictory,
          "`" + index_.show(vpc_->id) + "` is associated with a service network, but no table shows its route",
          "collect route tables and associations again"));
      r.is_private = true;
      return r;
    }
    Resolution r;
    r.end = NameEnd::lattice;
    r.side.set = set_of(*parse_prefix("169.254.171.0/24"));
    r.side_v6.set = set_of(*parse_prefix("fd00:ec2:80::/64"));
    r.side.gap = r.side_v6.gap =
        index_.gap(GapKind::undocumented, "at which of VPC Lattice's addresses `" + name + "` answers");
    r.detail = told([&] { return "`" + name + "` is a service of VPC Lattice"; });
    return r;
  }

  // The Region of a public name: it says so, or the service has one for the partition;
  // `<bucket>.s3.amazonaws.com` leads to wherever the bucket is. Empty: not known.
  std::string region_of(const facts::HostMatch& host) const {
    if (!host.region.empty()) return host.region;
    if (!region_.empty()) return std::string(region_);
    if (!host.resource.empty()) {
      for (const Bucket& bucket : index_.cloud()->buckets) {
        if (index_.cloud().id(bucket.id) == host.resource && bucket.region.known())
          return std::string(index_.view(*bucket.region));
      }
      return {};
    }
    const facts::Partition* partition = facts::partition(host.partition);
    return partition == nullptr ? std::string() : std::string(partition->global_region);
  }

  const Index& index_;
  const Vpc* vpc_;
  std::string_view region_;
};

}  // namespace

Resolution led_to(const Endpoint& endpoint, std::string zone, std::string detail) {
  Resolution r;
  r.end = NameEnd::endpoint;
  r.endpoint = &endpoint;
  r.zone = std::move(zone);
  r.detail = std::move(detail);
  r.by = endpoint.id;
  r.place = endpoint.head.origin;
  return r;
}

Resolution led_to(const LoadBalancer& balancer, std::string detail) {
  Resolution r;
  r.end = NameEnd::balancer;
  r.balancer = &balancer;
  r.detail = std::move(detail);
  r.by = balancer.id;
  r.place = balancer.head.origin;
  return r;
}

std::vector<Resolution> public_answer(const Index& index, const Vpc* vpc, const std::string& name,
                                      std::string_view region, const std::string& why) {
  return PublicNames(index, vpc, region).of(name, why);
}

}  // namespace sallyport::net
