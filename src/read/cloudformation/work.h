// Work: the stacks on their way to a change: the rows so far (planned/work.h), and what was
// learnt.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "model/cloud.h"
#include "read/cloudformation/stack.h"
#include "read/planned/work.h"

namespace sallyport::read::cloudformation {

using planned::beside;
using planned::is_new_vpc;
using planned::SubnetDefaults;

// What this format calls things, and the types that no reader takes (unread.cc).
extern const planned::Wording template_words;

struct Work : planned::Work {
  explicit Work(const Cloud& cloud) : planned::Work(cloud, template_words) {}

  std::deque<Stack> stacks;

  bool exports_known = false;
  std::map<Text, std::vector<std::pair<Stack*, Node>>> exports;  // by name

  std::map<Text, Value<bool>> custom_dns;         // of DHCP options by id
  std::set<SecurityGroupId> no_egress;            // groups without inline egress rules
  std::set<SecurityGroupId> has_egress;           // groups with egress rules that are resources
  std::map<SubnetId, std::set<GapId>> with_ipv6;  // subnets that will have an IPv6 block that is not known yet
  std::map<Text, RoleId> role_names;
  std::map<Text, UserId> user_names;
  std::map<Text, GroupId> group_names;
  std::map<Text, InstanceProfileId> profile_names;
  std::map<Text, const Resource*> launch_templates;  // by id
  std::map<Text, ResourceId> queue_urls;
  std::set<std::pair<Kind, Text>> in_base;             // which kinds of objects are there already, by Region
  std::map<const Stack*, std::set<Kind>> made_beside;  // by root stack: which kinds the other root stacks make
  // By type, and by what names them in other resources; null: several go by that.
  std::map<std::string, std::map<Text, const Resource*>, std::less<>> by_text;
  GapId left_out_of_accounts;  // the same, of what lives in no VPC
  std::size_t steps = 0;       // of evaluation: bounded
  std::size_t step_limit = 1'000'000;
  int depth = 0;
};

// A text that exists and is not told; one that AWS chooses when the stack is made
// (base/text.h). Colons in the name become dots: an ARN around it must stay one.
Text any_text(Work& work, std::string_view name);
Text new_text(Work& work, std::string_view name);

// The one gap for stacks of which nothing says where they are made.
GapId no_region(Work& work);

// A gap of something that AWS chooses when the stack is made.
GapId once_made(Work& work, const std::string& what, Origin origin);

}  // namespace sallyport::read::cloudformation
