#include <algorithm>
#include <string>

#include "library/net/generate.h"

namespace sallyport::generate {
namespace {

using naive::From;
using naive::To;

Address some_public(const Cloud& cloud, Random& random) {
  static const char* fixed[] = {"8.8.8.8",   "8.8.8.200",  "93.184.215.14", "52.219.72.1",         "52.219.72.5",
                                "3.5.134.1", "52.94.17.2", "200.1.2.3",     "2606:4700:4700::1111"};
  if (random.chance(60)) return *parse_address(random.one_of(fixed));
  for (int tries = 0; tries < 5 && !cloud->interfaces.empty(); ++tries) {
    const Interface& i = random.one_of(cloud->interfaces.rows());
    if (!i.public_addresses.empty()) return i.public_addresses.items[0].address;
  }
  return *parse_address("1.1.1.1");
}

Ref some_workload(const Cloud& cloud, Random& random) {
  const std::size_t instances = cloud->instances.size();
  if (!cloud->functions.empty() && (instances == 0 || random.chance(20)))
    return random.one_of(cloud->functions.rows()).id;
  if (instances > 0) return random.one_of(cloud->instances.rows()).id;
  return {};
}

const Interface* some_interface(const Cloud& cloud, Random& random) {
  return cloud->interfaces.empty() ? nullptr : &random.one_of(cloud->interfaces.rows());
}

std::string some_host(const Cloud& cloud, Random& random, const std::string& region) {
  static const char* hosts[] = {"sqs.{r}.amazonaws.com", "s3.{r}.amazonaws.com",     "my.s3.{r}.amazonaws.com",
                                "sts.{r}.amazonaws.com", "db.corp.internal",         "kms.{r}.amazonaws.com",
                                "example.com",           "api.ecr.{r}.amazonaws.com"};
  if (random.chance(40) && !cloud->endpoints.empty()) {
    const Endpoint& e = random.one_of(cloud->endpoints.rows());
    if (!e.dns_names.empty()) {
      std::string name(cloud.view(random.one_of(e.dns_names.items)));
      if (name.starts_with("*")) name.replace(0, 1, "bucket");
      return name;
    }
  }
  std::string host = random.one_of(hosts);
  if (const auto at = host.find("{r}"); at != std::string::npos) host.replace(at, 3, region);
  return host;
}

const Interface* first_interface(const Cloud& cloud, const From& from) {
  const Ref* ref = std::get_if<Ref>(&from);
  const Instance* instance = ref == nullptr ? nullptr : cloud->instances.find(ref->as<Kind::instance>());
  return instance == nullptr ? nullptr : cloud->interfaces.find(instance->interfaces.items.at(0));
}

// A workload of the cloud as target, mostly of the same VPC; from outside mostly one with a public address.
Ref some_neighbour(const Cloud& cloud, Random& random, bool outside, const From& from) {
  Ref found;
  for (int tries = 0; tries < 6; ++tries) {
    const Instance& instance = random.one_of(cloud->instances.rows());
    found = instance.id;
    if (std::holds_alternative<Ref>(from) && std::get<Ref>(from) == found) continue;
    if (random.chance(10)) break;
    const Interface* first = cloud->interfaces.find(instance.interfaces.items.at(0));
    if (outside && first->public_addresses.empty()) continue;
    const Interface* near = outside ? nullptr : first_interface(cloud, from);
    if (near == nullptr || *near->vpc == *first->vpc || random.chance(40)) break;
  }
  return found;
}

}  // namespace

Ref neighbour(const Cloud& cloud, Random& random, bool outside) {
  return some_neighbour(cloud, random, outside, naive::Internet{});
}

naive::Question question(const Cloud& cloud, Random& random) {
  naive::Question q;
  const Interface* from = some_interface(cloud, random);
  const Interface* to = some_interface(cloud, random);
  const std::string region(cloud.view(random.one_of(cloud->vpcs.rows()).head.region));

  const Ref workload = some_workload(cloud, random);
  q.from = naive::Internet{};
  bool outside = false;
  if (workload && random.chance(75)) {
    q.from = workload;
  } else if (from != nullptr && from->kind == InterfaceKind::plain && random.chance(50)) {
    q.from = *random.one_of(from->addresses.items);
  } else {
    outside = true;
    if (random.chance(15)) q.from = *parse_address(random.chance(50) ? "8.8.8.8" : "93.184.215.14");
  }

  const bool inside = std::holds_alternative<Ref>(q.from);
  const bool neighbours = !cloud->instances.empty();
  const int kind = random.between(0, 99);
  q.to = to != nullptr ? To(Ref(to->id)) : To(*parse_address("1.1.1.1"));
  if (outside && neighbours && kind < 85) {
    q.to = some_neighbour(cloud, random, true, q.from);
  } else if (kind < 38 && inside) {
    static const char* services[] = {"s3", "s3", "s3", "dynamodb", "dynamodb", "lambda", "sqs", "sts", "ecr"};
    q.to = naive::Service{random.one_of(services), random.chance(93) ? region : "eu-west-1"};
    if (random.chance(25)) q.to = Ref(random.one_of(cloud->buckets.rows()).id);
    if (random.chance(10)) q.to = Ref(random.one_of(cloud->tables.rows()).id);
  } else if (kind < 58 && neighbours) {
    q.to = some_neighbour(cloud, random, false, q.from);
  } else if (kind < 66 && to != nullptr) {
    q.to = *random.one_of(to->addresses.items);
  } else if (kind < 78 && !outside) {
    q.to = some_public(cloud, random);
  } else if (kind < 84 && inside) {
    q.to = naive::Host{some_host(cloud, random, region)};
  } else if (kind < 91 && !cloud->endpoints.empty()) {
    const Endpoint& endpoint = random.one_of(cloud->endpoints.rows());
    if (*endpoint.type == EndpointType::interface) q.to = Ref(endpoint.id);
  } else if (kind < 96 && inside) {
    q.to = naive::Internet{};
  }

  static constexpr std::uint16_t ports[] = {443, 443, 443, 443, 443, 443, 443, 443, 443, 22, 80, 5432, 53, 40000};
  static constexpr std::int16_t protocols[] = {udp, icmp, icmpv6, 50};
  q.port = random.one_of(ports);
  q.protocol = random.chance(90) ? tcp : random.one_of(protocols);
  return q;
}

std::string describe(const Cloud& cloud, const naive::Question& q) {
  const auto word = [&](const auto& end) {
    std::string s;
    if (const Ref* ref = std::get_if<Ref>(&end)) s = std::string(cloud.id(*ref));
    if (const Address* a = std::get_if<Address>(&end)) s = to_string(*a);
    if (std::holds_alternative<naive::Internet>(end)) s = "internet";
    return s;
  };
  std::string to = word(q.to);
  if (const naive::Host* h = std::get_if<naive::Host>(&q.to)) to = h->name;
  if (const naive::Service* s = std::get_if<naive::Service>(&q.to)) to = s->name + "." + s->region;
  return word(q.from) + " -> " + to + " protocol " + std::to_string(q.protocol) + " port " + std::to_string(q.port);
}

}  // namespace sallyport::generate
