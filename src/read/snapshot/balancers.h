// What the readers of load balancers share.
#pragma once

#include "read/snapshot/answer.h"

namespace sallyport::read::snapshot {

// The key of a balancer, listener or target group that goes by an ARN or by its end.
BalancerKey balancer_key(const Answer& answer, std::string_view name);

// Lower case, no final dot.
Text host_name(const Answer& answer, Node node);

// The protocol of packets behind a balancer's word for it.
struct Protocols {
  std::int16_t protocol = tcp;
  bool both = false;  // tcp and udp
  bool understood = false;
};
Protocols balancer_protocol(std::string_view word);

// An attribute as a yes or no; `gap` where it is not there.
Value<bool> attribute(const BalancerParts& parts, const BalancerKey& key, const std::string& name, GapId gap);

}  // namespace sallyport::read::snapshot
