// What the answers about load balancers say, each of a part: joined when all files were
// read. Files about one balancer, listener or group name it by ARN, or by the ARN's last
// part alone, so that part is the key.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "model/balancer.h"

namespace sallyport::read::snapshot {

// (account, Region, last part of the ARN).
using BalancerKey = std::tuple<Text, Text, std::string>;

// To whom the actions of rules hand requests.
struct Actions {
  std::vector<TargetGroupId> groups;
  bool answers = false;  // one answers by itself
  GapId gap;             // one was not understood
};

struct ListenerParts {
  BalancerKey key;
  Listener row;
  Actions default_actions;
};

struct BalancerAttributes {
  std::map<std::string, std::string> values;  // by key: `load_balancing.cross_zone.enabled`
};

struct BalancerParts {
  std::map<BalancerKey, List<ListenerParts>> listeners;               // by balancer
  std::map<BalancerKey, Actions> rules;                               // by listener
  std::map<BalancerKey, BalancerAttributes> attributes;               // by balancer or target group
  std::map<BalancerKey, List<BalancerTarget>> health;                 // by target group
  std::map<BalancerKey, std::map<std::string, bool>> classic_health;  // instance -> in service
};

}  // namespace sallyport::read::snapshot
