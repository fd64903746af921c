// Random small clouds for the differential tests: mostly sensible estates, with
// the mistakes and corner cases that real ones have.
//
// A cloud follows from its seed alone, on every machine. Everything in it is known
// and collected; `erase` then takes knowledge away.
//
//   Cloud cloud = generate::cloud(17);
//   Question q = generate::question(cloud, random);
#pragma once

#include <cstdint>

#include "library/net/naive.h"
#include "library/net/random.h"
#include "model/cloud.h"

namespace sallyport::generate {

// Chances in percent, bounds inclusive.
struct Knobs {
  int vpcs = 3;               // at most; at least one
  int subnets = 4;            // at most, a VPC
  int instances = 3;          // at most, a subnet; one or two interfaces each
  int same_range = 15;        // a VPC takes the CIDR of an earlier one
  int ipv6 = 35;              // a VPC is dual-stack
  int not_working = 3;        // any one component is not in a working state
  int public_subnet = 50;     // a subnet's table routes to an internet gateway
  int public_address = 60;    // an interface has one
  int nat = 80;               // a VPC with an internet gateway has a NAT gateway
  int private_nat = 10;       // a VPC has a private one
  int gateway_endpoint = 70;  // for S3; half as often for DynamoDB
  int interface_endpoint = 75;
  int private_dns = 65;          // of those
  int peering = 75;              // two neighbouring VPCs without common ranges
  int hosted_zone = 25;          // a private zone, mostly under a service's domain
  int dns_off = 4;               // each of the two DNS attributes
  int custom_acl = 30;           // a subnet has an ACL that does not pass everything
  int closed_group = 8;          // a group without egress
  int function = 60;             // a function in the VPC
  int odd_route = 25;            // a table gets a route that competes with others
  int other_region = 15;         // a VPC in another Region
  int appliance_route = 4;       // a route to an interface, a VPN or transit gateway
  int transit_gateway = 65;      // a Region has one, with most of its VPCs attached
  int public_access_block = 20;  // a Region has VPC Block Public Access set
  int load_balancer = 0;         // a VPC has one (twice), and an endpoint service
  int resolver_rule = 20;        // a VPC's owner has one; a Region has an inbound endpoint
  int inspection = 0;            // a VPC, and a transit gateway, has what stands in generate_inspection.cc
  int recent = 0;                // a VPC has each of what stands in generate_recent.cc
  int platform = 0;              // a VPC has each of what stands in generate_platform.cc
};

// A cloud over a registry of its own. Cost: about a millisecond.
Cloud cloud(std::uint64_t seed, const Knobs& knobs = {});

// A question about it: what workloads ask (services, buckets' names, neighbours,
// the internet), sometimes what nobody would ask.
naive::Question question(const Cloud& cloud, Random& random);

// A workload of the cloud as target; `outside`: mostly one with a public address.
Ref neighbour(const Cloud& cloud, Random& random, bool outside);

// The question in words, for reports: "i-1 -> s3.eu-central-1 tcp/443".
std::string describe(const Cloud& cloud, const naive::Question& question);

}  // namespace sallyport::generate
