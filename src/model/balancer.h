// Load balancers as plain values: balancers, listeners, target groups.
//
// A client reaches one of the balancer's interfaces and one of its listeners; the
// balancer then opens a way of its own to one of the listener's targets.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/ip.h"
#include "base/value.h"
#include "model/ids.h"
#include "model/network.h"
#include "model/object.h"

namespace sallyport {

enum class BalancerType : std::uint8_t { application, network, gateway, classic };

struct Listener {
  std::uint16_t port = 0;
  std::int16_t protocol = tcp;  // of the packets: tcp or udp
  bool both_protocols = false;  // TCP_UDP: each of them
  List<TargetGroupId> groups;   // to which any of its rules forwards
  Value<bool> answers = false;  // some rule answers by itself: a redirect, a fixed response, a log-in
  GapId gap;                    // set: something of it was not understood
  Origin place;
};

struct LoadBalancer {
  LoadBalancerId id;  // by ARN; a Classic one by the ARN that IAM gives it
  Head head;          // name = the balancer's name
  Value<BalancerType> type;
  Value<State> state;           // active = working
  Value<bool> internet_facing;  // scheme
  Value<VpcId> vpc;
  List<SubnetId> subnets;            // one per enabled zone
  List<SecurityGroupId> groups;      // none on a network one: everything reaches its listeners (SG-13)
  Value<bool> cross_zone;            // of the balancer; a target group may say otherwise
  Value<bool> filters_private_link;  // its groups judge what comes by PrivateLink, too (SG-13)
  List<InterfaceId> interfaces;
  Text host;  // its DNS name, lower case
  List<Listener> listeners;
};

// What a target group registers.
enum class TargetType : std::uint8_t { instance, ip, function, balancer };

struct BalancerTarget {
  // An address stands for whatever has it; a platform workload for each of its interfaces (the tasks
  // of a service, whose addresses a plan does not know).
  std::variant<InstanceId, Address, FunctionId, LoadBalancerId, PlatformWorkloadId> what;
  std::uint16_t port = 0;  // 0: the group's
  Text zone;               // "all" or a zone's name; empty where the answer does not say
  // Does it get requests? No where its health is bad or it is not in use; health is a
  // moment's state: unhealthy targets are kept.
  Value<bool> healthy;
  Origin place;
};

struct TargetGroup {
  TargetGroupId id;  // by ARN
  Head head;
  Value<VpcId> vpc;
  Value<TargetType> type;
  std::uint16_t port = 0;
  std::int16_t protocol = tcp;       // of the packets to the targets
  Value<bool> keeps_client_address;  // preserve_client_ip.enabled (network ones)
  Value<bool> own_cross_zone;        // set: overrides the balancer's
  bool says_cross_zone = false;      // does `own_cross_zone` say anything?
  List<BalancerTarget> targets;
};

}  // namespace sallyport
