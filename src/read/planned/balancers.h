// Load balancers that do not exist yet: what the words of their arguments mean, the interfaces that
// AWS makes for them, listeners, and the targets of their groups (LB, PL, SG-13).
#pragma once

#include <optional>
#include <string_view>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// `application` (also where none is given), `network`, `gateway`. nullopt: no word for a type.
std::optional<BalancerType> balancer_type(std::string_view word);

// `instance` (also where none is given), `ip`, `lambda`, `alb`. nullopt: no such word.
std::optional<TargetType> target_type(std::string_view word);

// The protocol of the packets behind a listener's or group's word for it.
struct BalancerProtocol {
  std::int16_t protocol = tcp;
  bool both = false;  // tcp and udp
};
std::optional<BalancerProtocol> balancer_protocol(std::string_view word);

// What one action of a listener or of a rule does with a request.
struct BalancerAction {
  std::string_view type;       // `forward`, `redirect` ...
  List<TargetGroupId> groups;  // of `forward`
  GapId gap;                   // set: not known
};
void add_action(Work& work, Listener& listener, const BalancerAction& action, Origin place);

// Adds a listener to its balancer, which is read already, under the name by which rules mean it.
void put_listener(Work& work, LoadBalancer& balancer, Listener listener, const std::string& known_as);
// The listener of that name; null if it is not in the input.
Listener* find_listener(Work& work, const std::string& known_as);

// Puts a balancer with an interface in each of its subnets (public ones where it faces the internet), or
// with those that the base shows. `dual_stack`: it has IPv6 addresses, too; `public_ipv4`: and public IPv4 ones.
void put_balancer(Work& work, LoadBalancer row, const Value<bool>& dual_stack, const Value<bool>& public_ipv4);

// What its type alone says: an application balancer's zones, groups that are not given, what comes by PrivateLink
// (`enforce`: `on`, `off` or empty for the default).
void complete_balancer(Work& work, LoadBalancer& row, const Value<Text>& enforce);

// Does a group keep the client's address where nothing is said? By target type and protocol.
Value<bool> keeps_client_address(const Value<TargetType>& type, std::string_view protocol, GapId unknown);

// Adds a target to each group that it may belong to: to `group`, or (it is not known which) in doubt to all.
void add_target(Work& work, const Value<TargetGroupId>& group, const BalancerTarget& target, GapId gap);

// A Classic balancer's listener: each port of its instances that listeners name is a target group of the
// model's own, `<ARN>:<port>`.
void add_classic_listener(Work& work, LoadBalancer& row, std::string_view protocol, std::uint16_t port,
                          std::uint16_t instance_port, Origin place);
// Registers an instance at all ports of a Classic balancer. Null: at those of all. `gap`: which one is not known.
void add_classic_target(Work& work, LoadBalancerId balancer, const BalancerTarget& target, GapId gap);

// A balancer, group or service that stands already may have more than the input shows.
GapId more_beside(Work& work, Ref object);

}  // namespace sallyport::read::planned
