// Asks the engine what the judge is asked, and says where the two disagree.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "library/net/generate.h"
#include "library/net/naive.h"
#include "net/engine.h"

namespace sallyport::net_judge {

inline net::Workload workload(const Cloud& cloud, Ref ref) {
  for (net::Workload& w : net::workloads(cloud)) {
    if (w.object == ref) return w;
  }
  net::Workload w;
  w.object = ref;
  w.kind = ref.kind == Kind::function   ? net::WorkloadKind::function
           : ref.kind == Kind::instance ? net::WorkloadKind::instance
                                        : net::WorkloadKind::network_interface;
  w.account = cloud.registry().text("111122223333");
  w.region = cloud.registry().ids.scope(ref);
  return w;
}

inline net::Flow flow(const Cloud& cloud, const naive::Question& q) {
  net::Flow f;
  f.protocol = q.protocol;
  f.port = q.port;
  if (const Ref* ref = std::get_if<Ref>(&q.from)) f.from = workload(cloud, *ref);
  if (const Address* a = std::get_if<Address>(&q.from)) f.from = net::AddressSource{*a};
  if (std::holds_alternative<naive::Internet>(q.from)) f.from = net::InternetSource{};

  if (const Ref* ref = std::get_if<Ref>(&q.to)) {
    if (ref->kind == Kind::endpoint) {
      f.to = net::EndpointTarget{ref->as<Kind::endpoint>()};
    } else if (ref->kind == Kind::load_balancer) {
      f.to = net::LoadBalancerTarget{ref->as<Kind::load_balancer>()};
    } else if (ref->kind == Kind::bucket) {
      const Bucket& bucket = *cloud->buckets.find(ref->as<Kind::bucket>());
      f.to = net::ResourceTarget{*ref, "arn:aws:s3:::" + std::string(cloud.id(*ref)), "s3", bucket.region};
    } else if (ref->kind == Kind::table) {
      const Table& table = *cloud->tables.find(ref->as<Kind::table>());
      f.to = net::ResourceTarget{*ref, std::string(cloud.id(*ref)), "dynamodb", table.head.region};
    } else {
      f.to = net::WorkloadTarget{workload(cloud, *ref)};
    }
  }
  if (const Address* a = std::get_if<Address>(&q.to)) f.to = net::AddressTarget{*a};
  if (std::holds_alternative<naive::Internet>(q.to)) f.to = net::InternetTarget{};
  if (const naive::Host* h = std::get_if<naive::Host>(&q.to)) f.to = net::HostTarget{h->name};
  if (const naive::Service* s = std::get_if<naive::Service>(&q.to)) f.to = net::ServiceTarget{s->name, s->region};
  return f;
}

// What the user calls ours: half of the range to which VPNs of generated clouds lead.
// And every appliance of the cloud, but for some, lets port 443 pass.
inline naive::Given given(const Cloud& cloud) {
  naive::Given all{{*parse_prefix("192.168.0.0/17")}, {}};
  const auto vouch = [&](Ref object) {
    if (object.number % 8 == 7) return;
    Assumption a;
    a.object = std::string(cloud.id(object));
    a.passes = true;
    a.port = 443;
    all.assumptions.push_back(std::move(a));
  };
  for (const Endpoint& e : cloud->endpoints) {
    if (e.type.known() && *e.type == EndpointType::gateway_load_balancer) vouch(e.id);
  }
  for (const TransitAttachment& t : cloud->transit_attachments) {
    if (t.kind.known() && *t.kind == AttachmentKind::other) vouch(t.id);
  }
  return all;
}

inline Settings settings(const Cloud& cloud) {
  Settings s;
  s.our_networks = given(cloud).ours;
  s.assumptions = given(cloud).assumptions;
  return s;
}

// Which clouds and questions: of all sorts; VPCs around transit gateways, whose workloads
// talk to each other, to endpoints and to the internet by them; VPCs with load balancers; VPCs with
// what AWS added last (generate_recent.cc); VPCs with appliances in the way; VPCs with platform workloads.
enum class Estate { mixed, hubs, balancers, recent, inspected, platform };

inline Cloud estate(std::uint64_t seed, Estate kind) {
  generate::Knobs knobs;
  if (kind == Estate::mixed) return generate::cloud(seed, knobs);
  if (kind == Estate::balancers) {
    knobs.load_balancer = 80;
    knobs.vpcs = 2;
    knobs.subnets = 3;
    knobs.instances = 2;
    knobs.closed_group = 3;
    knobs.same_range = 5;
    knobs.odd_route = 8;
    knobs.transit_gateway = 25;
    return generate::cloud(seed, knobs);
  }
  if (kind == Estate::recent) {
    knobs.recent = 60;
    knobs.vpcs = 3;
    knobs.subnets = 3;
    knobs.instances = 2;
    knobs.closed_group = 3;
    knobs.custom_acl = 20;
    knobs.ipv6 = 60;
    knobs.odd_route = 8;
    knobs.same_range = 5;
    knobs.other_region = 8;
    knobs.transit_gateway = 40;
    return generate::cloud(seed, knobs);
  }
  if (kind == Estate::platform) {
    knobs.platform = 60;
    knobs.subnets = 3;
    knobs.instances = 2;
    knobs.closed_group = 3;
    knobs.custom_acl = 20;
    knobs.odd_route = 8;
    knobs.same_range = 5;
    knobs.transit_gateway = 40;
    return generate::cloud(seed, knobs);
  }
  if (kind == Estate::inspected) {
    knobs.inspection = 75;
    knobs.gateway_endpoint = 20;
    knobs.interface_endpoint = 20;
    knobs.ipv6 = 10;
    knobs.function = 20;
  }
  knobs.vpcs = 4;
  knobs.subnets = 3;
  knobs.instances = 2;
  knobs.same_range = 6;
  knobs.not_working = 1;
  knobs.public_subnet = 15;
  knobs.nat = 60;
  knobs.peering = 12;
  knobs.custom_acl = 20;
  knobs.closed_group = 3;
  knobs.odd_route = 10;
  knobs.other_region = kind == Estate::inspected ? 5 : 30;
  knobs.transit_gateway = 100;
  return generate::cloud(seed, knobs);
}

// From some instance, or the internet, to a balancer or an endpoint, at a port that is listened on.
inline naive::Question to_balancer(const Cloud& cloud, generate::Random& random, naive::Question q) {
  static constexpr std::uint16_t ports[] = {443, 443, 443, 80, 5432, 22};
  if (cloud->load_balancers.empty()) return q;
  q.from = naive::Internet{};
  if (random.chance(80)) q.from = Ref(random.one_of(cloud->instances.rows()).id);
  q.to = Ref(random.one_of(cloud->load_balancers.rows()).id);
  if (random.chance(25) && !cloud->endpoints.empty()) {
    const Endpoint& endpoint = random.one_of(cloud->endpoints.rows());
    if (*endpoint.type == EndpointType::interface) q.to = Ref(endpoint.id);
  }
  q.port = random.one_of(ports);
  q.protocol = random.chance(95) ? tcp : udp;
  return q;
}

// EC2's name of some instance, public or private.
inline std::string instance_name(const Cloud& cloud, generate::Random& random) {
  const Instance& instance = random.one_of(cloud->instances.rows());
  const Interface& i = *cloud->interfaces.find(instance.interfaces.items[0]);
  const std::string region(cloud.view(cloud->vpcs.find(*i.vpc)->head.region));
  const bool outside = !i.public_addresses.empty() && random.chance(75);
  std::string name = to_string(outside ? i.public_addresses.items[0].address : *i.addresses.items[0]);
  std::replace(name.begin(), name.end(), '.', '-');
  return outside ? "ec2-" + name + "." + region + ".compute.amazonaws.com"
                 : "ip-" + name + "." + region + ".compute.internal";
}

// From some workload to what needs the rules of generate_recent.cc.
inline naive::Question to_recent(const Cloud& cloud, generate::Random& random, naive::Question q) {
  q.from = Ref(random.one_of(cloud->instances.rows()).id);
  q.protocol = random.chance(95) ? tcp : random.chance(50) ? udp : icmpv6;
  const int what = random.between(0, 99);
  if (what < 25) {
    std::vector<EndpointId> endpoints;
    for (const Endpoint& e : cloud->endpoints) {
      if (*e.type == EndpointType::resource) endpoints.push_back(e.id);
    }
    if (endpoints.empty()) return q;
    q.to = Ref(random.one_of(endpoints));
    // Mostly somebody of the endpoint's VPC.
    for (int tries = 0; tries < 4; ++tries) {
      const Instance& instance = random.one_of(cloud->instances.rows());
      q.from = Ref(instance.id);
      if (*instance.vpc == *cloud->endpoints.find(std::get<Ref>(q.to).as<Kind::endpoint>())->vpc) break;
    }
    q.port = random.chance(80) ? 443 : 5432;
  } else if (what < 35) {
    q.to = *parse_address("169.254.171.5");
  } else if (what < 50) {
    q.to = naive::Host{instance_name(cloud, random)};
  } else if (what < 62) {
    q.to = *parse_address(random.chance(60) ? "64:ff9b::808:808" : "64:ff9b::a00:10a");
  } else if (what < 80) {
    q.to = *parse_address(random.chance(50) ? "93.184.215.14" : "8.8.8.8");
  }
  return q;
}

// From or to some platform workload.
inline naive::Question to_platform(const Cloud& cloud, generate::Random& random, naive::Question q) {
  if (cloud->platform_workloads.empty()) return q;
  const PlatformWorkload& row = random.one_of(cloud->platform_workloads.rows());
  q.protocol = random.chance(96) ? tcp : udp;
  if (random.chance(40)) {
    q.to = Ref(row.id);
    q.port = row.port == 0 || random.chance(10) ? 443 : row.port;
    if (!random.chance(70)) return q;
    const Instance* from = &random.one_of(cloud->instances.rows());  // mostly of its VPC
    for (int tries = 0; tries < 4 && (!row.place->vpc || *from->vpc != row.place->vpc); ++tries)
      from = &random.one_of(cloud->instances.rows());
    q.from = Ref(from->id);
    return q;
  }
  q.from = Ref(row.id);
  const int what = random.between(0, 99);
  const std::string region(cloud.view(row.head.region));
  if (what < 45) {
    static const char* services[] = {"s3", "s3", "dynamodb", "sqs", "sts"};
    q.to = naive::Service{random.one_of(services), region};
  } else if (what < 55) {
    q.to = Ref(random.one_of(cloud->buckets.rows()).id);
  } else if (what < 65) {
    q.to = naive::Internet{};
  } else if (what < 80) {
    q.to = Ref(random.one_of(cloud->instances.rows()).id);
  } else if (what < 90) {
    q.to = Ref(random.one_of(cloud->platform_workloads.rows()).id);
  }
  return q;
}

inline naive::Question question(const Cloud& cloud, generate::Random& random, Estate kind) {
  naive::Question q = generate::question(cloud, random);
  if (kind == Estate::mixed || cloud->instances.empty() || random.chance(10)) return q;
  if (kind == Estate::balancers) return to_balancer(cloud, random, std::move(q));
  if (kind == Estate::recent) return to_recent(cloud, random, std::move(q));
  if (kind == Estate::platform) return to_platform(cloud, random, std::move(q));
  const Instance& from = random.one_of(cloud->instances.rows());
  if (kind == Estate::inspected && random.chance(25)) {  // in by an edge table
    q.from = naive::Internet{};
    q.to = generate::neighbour(cloud, random, true);
    q.protocol = tcp;
    q.port = random.chance(85) ? 443 : 22;
    return q;
  }
  q.from = Ref(from.id);
  if (kind == Estate::inspected) q.protocol = tcp, q.port = random.chance(88) ? 443 : 22;
  if (!cloud->functions.empty() && random.chance(15)) q.from = Ref(random.one_of(cloud->functions.rows()).id);
  const int what = random.between(0, 99);
  if (what < 60) {
    const Instance* to = &random.one_of(cloud->instances.rows());
    for (int tries = 0; tries < 8 && *to->vpc == *from.vpc; ++tries) to = &random.one_of(cloud->instances.rows());
    q.to = Ref(to->id);
  } else if (what < 75) {
    q.to = *parse_address(random.chance(50) ? "93.184.215.14" : "8.8.8.8");
  } else if (what < 85 && !cloud->endpoints.empty()) {
    const Endpoint& endpoint = random.one_of(cloud->endpoints.rows());
    if (*endpoint.type == EndpointType::interface) q.to = Ref(endpoint.id);
  } else if (what < 95) {
    q.to = *parse_address(random.chance(60) ? "192.168.7.7" : "192.168.200.1");
  }
  return q;
}

}  // namespace sallyport::net_judge
