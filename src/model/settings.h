// What no AWS file says: the contents of sallyport.yaml, as plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ip.h"
#include "base/origin.h"

namespace sallyport {

struct SettingsAccount {
  std::string id;
  std::string name;
  std::string ou;
};

// `needs:`: a flow, and perhaps actions, that must work.
struct Need {
  std::string from;
  std::string to;
  std::vector<std::string> actions;
  Origin origin;
};

// `controls:`: a built-in one by name, switched or narrowed.
struct ControlSetting {
  std::string control;
  std::string severity;  // empty: the control's own
  bool enabled = true;
  std::vector<std::string> except;  // names, ids or ARNs it does not look at
  Origin origin;
};

// `assume:`: a fact that the user vouches for; named in each answer that uses it.
struct Assumption {
  std::string object;  // what the fact is about: an id, a Name tag, a DNS server's address
  // `passes:` what a firewall or appliance lets through, both ways.
  bool passes = false;
  std::string to;                  // a glob over host names, a CIDR block or an address; empty: everything
  std::optional<int> port;         // of the destination; none: all
  std::optional<bool> translates;  // it puts its own address in front (a NAT instance)
  // `answers:` what a DNS server says.
  bool answers = false;
  std::string name;                // a glob over names; empty: all
  std::string with;                // "public", or the id of the VPC whose resolver it asks in turn
  std::vector<Address> addresses;  // or these
  std::string reason;
  std::string owner;
  Origin origin;
};

struct Suppression {
  std::string control;
  std::string where;  // glob over names, ids and addresses
  std::string reason;
  std::string expires;  // YYYY-MM-DD; empty: never
  Origin origin;
};

struct Settings {
  std::string organization_id;
  std::vector<SettingsAccount> accounts;
  std::vector<Prefix> our_networks;
  std::vector<std::string> trusted_accounts;
  std::vector<Prefix> trusted_networks;
  std::vector<std::string> trusted_services;
  std::vector<Need> needs;
  std::vector<ControlSetting> controls;
  std::vector<Assumption> assumptions;
  std::vector<Suppression> suppressions;
};

}  // namespace sallyport
