// Asks the engine what the judge is asked, and says where the two disagree.
#pragma once

#include <optional>
#include <string>

#include "library/net/generate.h"
#include "library/net/naive.h"
#include "net/engine.h"

namespace sallyport::net_judge {

inline net::Workload workload(const Cloud& cloud, Ref ref) {
  for (net::Workload& w : net::workloads(cloud)) {
    if (w.object == ref) return w;
  }
  net::Workload w;
  w.object = ref;
  w.kind = ref.kind == Kind::function   ? net::WorkloadKind::function
           : ref.kind == Kind::instance ? net::WorkloadKind::instance
                                        : net::WorkloadKind::network_interface;
  w.account = cloud.registry().text("111122223333");
  w.region = cloud.registry().ids.scope(ref);
  return w;
}

inline net::Flow flow(const Cloud& cloud, const naive::Question& q) {
  net::Flow f;
  f.protocol = q.protocol;
  f.port = q.port;
  if (const Ref* ref = std::get_if<Ref>(&q.from)) f.from = workload(cloud, *ref);
  if (const Address* a = std::get_if<Address>(&q.from)) f.from = net::AddressSource{*a};
  if (std::holds_alternative<naive::Internet>(q.from)) f.from = net::InternetSource{};

  if (const Ref* ref = std::get_if<Ref>(&q.to)) {
    if (ref->kind == Kind::endpoint) {
      f.to = net::EndpointTarget{ref->as<Kind::endpoint>()};
    } else if (ref->kind == Kind::bucket) {
      const Bucket& bucket = *cloud->buckets.find(ref->as<Kind::bucket>());
      f.to = net::ResourceTarget{*ref, "arn:aws:s3:::" + std::string(cloud.id(*ref)), "s3", bucket.region};
    } else if (ref->kind == Kind::table) {
      const Table& table = *cloud->tables.find(ref->as<Kind::table>());
      f.to = net::ResourceTarget{*ref, std::string(cloud.id(*ref)), "dynamodb", table.head.region};
    } else {
      f.to = net::WorkloadTarget{workload(cloud, *ref)};
    }
  }
  if (const Address* a = std::get_if<Address>(&q.to)) f.to = net::AddressTarget{*a};
  if (std::holds_alternative<naive::Internet>(q.to)) f.to = net::InternetTarget{};
  if (const naive::Host* h = std::get_if<naive::Host>(&q.to)) f.to = net::HostTarget{h->name};
  if (const naive::Service* s = std::get_if<naive::Service>(&q.to)) f.to = net::ServiceTarget{s->name, s->region};
  return f;
}

}  // namespace sallyport::net_judge
