// A tiny cloud for golden outputs: an instance, a function, a bucket, an endpoint,
// a NAT gateway, and a document to which origins point.
#pragma once

#include <memory>
#include <string>

#include "model/cloud.h"
#include "net/answer.h"
#include "net/target.h"

namespace sallyport::show {

struct TinyCloud {
  TinyCloud() : registry(std::make_shared<Registry>()), cloud(registry) {
    document = registry->documents.add_text("routes.json", "{\n \"one\": 1,\n \"two\": 2\n}\n");
    region = registry->text("eu-central-1");
    account = registry->text("111122223333");
    Change change(registry);
    Endpoint e;
    e.id = endpoint = registry->ids.get<EndpointId>(region, registry->text("vpce-0b7"));
    e.head = {registry->text("s3"), account, region, at(0), {}};
    change.put.endpoints.push_back(e);
    table = registry->ids.get<RouteTableId>(region, registry->text("rtb-01"));
    nat = registry->ids.get<NatGatewayId>(region, registry->text("nat-01"));
    cloud = apply(cloud, std::move(change));
  }

  // The first byte of a line of the document, 0-based.
  Origin at(std::uint32_t line) const {
    constexpr std::uint32_t starts[] = {0, 2, 13};
    return {document, starts[line]};
  }

  net::Label from() const { return {"i-0a1", "alpha5", "instance", "", "eu-central-1", "111122223333"}; }
  net::Label to() const { return {"arn:aws:s3:::s3delta", "s3delta", "bucket", "s3", "eu-central-1", "111122223333"}; }

  net::Answer through_endpoint() const {
    net::Answer a;
    a.verdict = net::Verdict::private_;
    a.may = net::Verdict::private_;
    a.door = {net::DoorKind::gateway_endpoint, endpoint};
    a.doors = {a.door};
    a.hops = {{"route-table", table, {}, "the list leads to `vpce-0b7`", at(1)},
              {"endpoint", endpoint, {}, "gateway endpoint", {}}};
    return a;
  }

  net::Answer blocked() const {
    net::Answer a;
    a.verdict = net::Verdict::blocked;
    a.may = net::Verdict::blocked;
    a.reason = {"NO_ROUTE_TO_DESTINATION", "no route leads to `10.9.0.1`", table, at(2)};
    return a;
  }

  net::Answer unknown() const {
    net::Answer a;
    a.may = net::May(net::Verdict::private_) | net::May(net::Verdict::blocked);
    a.gaps = {registry->gaps.add(
        {GapKind::not_collected, "network ACLs of 111122223333 were not collected", "aws ec2 describe-network-acls"})};
    return a;
  }

  RegistryPtr registry;
  Cloud cloud;
  DocumentId document = 0;
  Text region, account;
  EndpointId endpoint;
  RouteTableId table;
  NatGatewayId nat;
};

}  // namespace sallyport::show
