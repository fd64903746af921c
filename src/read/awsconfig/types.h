// Types: which resource types of AWS Config are read, and which calls' answers their items are.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/ids.h"
#include "read/awsconfig/items.h"
#include "read/awsconfig/shape.h"
#include "read/snapshot/snapshot.h"

namespace sallyport::read::awsconfig {

// An item with its texts parsed.
struct Resource {
  const Item& item;
  json::Node configuration;
  json::Node supplementary;
  std::string tags;  // `[{"Key": ..., "Value": ...}]`

  // A member of the supplementary configuration, which is JSON or a text that holds some.
  // Parsed, it lives in `room`.
  json::Node extra(std::string_view member, json::Tree& room) const;
};

// What a subnet's item says, for things that name only their subnets.
struct SubnetFacts {
  std::string vpc;
  bool ipv6 = false;
};

// All that the items say, in answers of AWS's calls.
struct Telling {
  snapshot::Snapshot& snapshot;  // hears what is said
  // By (Region, id): all of them, before anything is said.
  std::map<std::pair<std::string, std::string>, SubnetFacts> subnets;
  // Lists that come together out of several items: by (account, Region) or balancer.
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> identities;  // (account, list): objects
  std::map<std::string, const Item*> first_identity;                                   // by account
  std::map<std::string, std::pair<const Item*, std::string>> listeners;                // by balancer's ARN
};

// One answer that the item is: `subject` as in the name of the file that would hold it.
void say(Telling& telling, const Item& item, std::string operation, std::string body, std::string subject = {},
         std::string lister = {}, bool global = false);

struct Type {
  std::string_view name;
  // Says what the item says; null: known, and other types' items say it, or no answer depends on it.
  void (*tell)(const Resource&, Telling&) = nullptr;
  // What a whole inventory of the type covers.
  Kind kinds[2] = {};
  bool global = false;
  // Config has supported it in every Region from its beginning: a recorder of "all supported
  // types" records it.
  bool everywhere = false;
  // Can be read where a select asked for some members only; then these must be among them.
  bool in_part = false;
  std::string_view needs = {};
};

// Keeps what a subnet's item says for others; nothing for items of other types.
void note_subnet(const Item& item, Telling& telling);

const Type* type_named(std::string_view name);

// By family: ec2.cc, services.cc, identities.cc.
std::span<const Type> network_types();
std::span<const Type> service_types();
std::span<const Type> identity_types();

// Says what several items say together. Once, at the end.
void finish_services(Telling& telling, const std::set<std::pair<std::string, std::string>>& listeners_listed);
void finish_identities(Telling& telling);

}  // namespace sallyport::read::awsconfig
