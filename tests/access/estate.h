// A small estate built in code: one VPC with a gateway endpoint for S3, one bucket,
// a role and a user, and whatever a test changes.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "access/access.h"
#include "model/cloud.h"
#include "net/engine.h"

namespace sallyport::access {

inline constexpr const char* account_id = "111122223333";

class Estate {
 public:
  RegistryPtr registry = std::make_shared<Registry>();
  Change change{registry};
  Settings settings;

  Estate() {
    const Text region = text("eu-central-1"), account = text(account_id);
    for (int kind = 1; kind < static_cast<int>(Kind::count_); ++kind) {
      change.collected(static_cast<Kind>(kind), Text(), region);
      change.collected(static_cast<Kind>(kind), Text(), Text());
    }
    change.sets_organization = true;
    change.organization = Organization{};
    Vpc vpc;
    vpc.id = regional<VpcId>("vpc-1");
    vpc.head = head("net");
    vpc.cidrs.items = {*parse_prefix("10.0.0.0/16")};
    vpc.dns_support = vpc.dns_hostnames = true;
    vpc.custom_dns = false;
    change.put.vpcs.push_back(vpc);
    Endpoint e;
    e.id = regional<EndpointId>("vpce-1");
    e.head = head("s3");
    e.type = EndpointType::gateway;
    e.state = State::working;
    e.vpc = vpc.id;
    e.service = text("com.amazonaws.eu-central-1.s3");
    e.service_region = region;
    e.ip_type = EndpointIpType::ipv4;
    change.put.endpoints.push_back(e);
    Bucket b;
    b.id = registry->ids.get<BucketId>(text("aws"), text("b"));
    b.head = {text("b"), account, region, {}, {}};
    b.region = region;
    b.block_public_access = BlockPublicAccess{};
    change.put.buckets.push_back(b);
    Role r;
    r.id = global<RoleId>("arn:aws:iam::111122223333:role/app");
    r.head = {text("app"), account, Text(), {}, {}};
    r.path = text("/");
    r.unique_id = text("AROAAPP");
    r.policies.items = {policy("app/own", allow("*", "*"))};
    change.put.roles.push_back(r);
    User u;
    u.id = global<UserId>("arn:aws:iam::111122223333:user/ann");
    u.head = {text("ann"), account, Text(), {}, {}};
    u.path = text("/");
    u.unique_id = text("AIDAANN");
    u.policies.items = {policy("ann/own", allow("*", "*"))};
    change.put.users.push_back(u);
  }

  Text text(std::string_view t) { return registry->text(t); }
  template <class IdType>
  IdType regional(std::string_view id) {
    return registry->ids.get<IdType>(text("eu-central-1"), text(id));
  }
  template <class IdType>
  IdType global(std::string_view id) {
    return registry->ids.get<IdType>(text("aws"), text(id));
  }
  Head head(std::string_view name) { return {text(name), text(account_id), text("eu-central-1"), {}, {}}; }
  GapId gap(std::string what) { return registry->gaps.add({GapKind::not_collected, std::move(what), ""}); }

  Role& role() { return change.put.roles.front(); }
  User& user() { return change.put.users.front(); }
  Bucket& bucket() { return change.put.buckets.front(); }
  Endpoint& endpoint() { return change.put.endpoints.front(); }
  Vpc& vpc() { return change.put.vpcs.front(); }

  Statement statement(Effect effect, std::string_view action, std::string_view resource, bool principal = false) {
    Statement s;
    s.effect = effect;
    s.has_resource = true;
    s.has_principal = principal;
    if (principal) s.principals.push_back({PrincipalKind::any, {}});
    s.actions.push_back(text(action));
    s.resources.push_back(text(resource));
    return s;
  }
  Statement allow(std::string_view action, std::string_view resource) {
    return statement(Effect::allow, action, resource);
  }
  Statement when(Statement s, std::string_view op, std::string_view key, std::vector<std::string_view> values) {
    Condition c;
    c.op = text(op);
    c.key = text(key);
    for (const std::string_view v : values) c.values.push_back(text(v));
    s.conditions.push_back(c);
    return s;
  }
  // Adds a document and gives its id.
  template <class... Statements>
  PolicyId policy(std::string_view name, Statements... statements) {
    Policy p;
    p.id = global<PolicyId>(name);
    p.head.name = text(name);
    p.document.version = PolicyVersion::v2012_10_17;
    (p.document.statements.push_back(statements), ...);
    change.put.policies.push_back(p);
    return p.id;
  }

  // Root, unit and account of the organization o-1, with FullAWSAccess everywhere.
  void organization() {
    change.organization = Organization{text("o-1"), text("999900001111")};
    const PolicyId full = policy("FullAWSAccess", allow("*", "*"));
    OrgNodeId parent;
    for (const char* id : {"r-1", "ou-1", account_id}) {
      OrgNode n;
      n.id = global<OrgNodeId>(id);
      n.head.name = text(id);
      n.parent = parent;
      n.scps.items = {full};
      change.put.org_nodes.push_back(n);
      parent = n.id;
    }
  }
};

// The engines over what an estate has become.
struct Built {
  explicit Built(Estate& estate)
      : engine(apply(Cloud(estate.registry), estate.change), estate.settings), access(engine) {}
  const Cloud& cloud() const { return engine.cloud(); }
  Thing thing(const char* action, const char* resource) const {
    const Result<Thing> t = access.things().find(action, resource, "eu-central-1");
    EXPECT_TRUE(t) << (t ? "" : t.error().message);
    return t ? *t : Thing();
  }
  Caller caller(const char* who) const {
    const Result<Caller> c = access.callers().find(who);
    EXPECT_TRUE(c) << (c ? "" : c.error().message);
    return c ? *c : Caller();
  }
  const Endpoint& endpoint() const { return *cloud()->endpoints.begin(); }
  net::Engine engine;
  Access access;
};

}  // namespace sallyport::access
