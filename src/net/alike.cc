#include "net/alike.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "facts/names.h"
#include "net/dns.h"
#include "net/domain.h"

namespace sallyport::net {
namespace {

constexpr std::string_view any_bucket = "a-bucket";  // a label that nothing is named by

class Alike {
 public:
  explicit Alike(const Index& index) : index_(index) {}

  Alikes run(std::span<const Target> targets) {
    std::map<std::string, std::size_t> by_key;
    Alikes alikes;
    std::vector<AlikeTargets>& all = alikes.groups;
    for (const Target& target : targets) {
      auto [key, service] = key_of(target);
      if (key.empty()) key = "#" + std::to_string(all.size());  // like nothing else
      const auto [entry, is_new] = by_key.try_emplace(std::move(key), all.size());
      if (is_new) all.push_back({&target, std::move(service), 0});
      ++all[entry->second].count;
      alikes.group_of.push_back(static_cast<std::uint32_t>(entry->second));
    }
    return alikes;
  }

 private:
  std::pair<std::string, std::string> key_of(const Target& target) {
    if (const auto* t = std::get_if<ServiceTarget>(&target)) return {"s " + t->service + " " + t->region, t->service};
    const auto* t = std::get_if<ResourceTarget>(&target);
    if (t == nullptr) return {{}, label(index_.cloud(), target).service};
    if (!t->region.known()) return {"u " + t->service, t->service};
    const std::string region(index_.view(*t->region));
    // Whatever is no bucket goes by the service's own names; only a private API has no front door.
    if (t->service == "ecr") {  // by the registry's name, too, which is the account's
      const std::size_t repository = t->arn.rfind(":repository/");
      return {"r " + t->arn.substr(0, repository), t->service};
    }
    if (t->object.kind != Kind::bucket) {
      const Resource* resource = index_.cloud()->resources.find(t->object.as<Kind::resource>());
      const bool private_only = resource != nullptr && truth(resource->endpoints_only) != Truth::no;
      return {(private_only ? "p " : "s ") + t->service + " " + region, t->service};
    }
    if (region.empty() || !is_plain(index_.cloud().id(t->object), t->service, region)) return {{}, t->service};
    return {"b " + t->service + " " + region, t->service};
  }

  struct Form {
    std::string rest;  // behind the bucket: `.s3.eu-central-1.amazonaws.com`
    std::optional<facts::HostMatch> match;
    std::vector<std::string> named;  // names below it that the cloud speaks of
  };

  // No name of the bucket means anything else than any bucket's.
  bool is_plain(std::string_view bucket, const std::string& service, const std::string& region) {
    // What the user assumes may be about any name.
    if (!index_.settings().assumptions.empty()) return false;
    const std::string front = lower(bucket);
    if (front.empty() || front.find("vpce") != std::string::npos) return false;
    for (const Form& form : forms(service, region)) {
      const std::string name = front + form.rest;
      const auto match = facts::service_of_host(name);
      if (match.has_value() != form.match.has_value()) return false;
      if (match && (match->service != form.match->service || match->region != form.match->region ||
                    match->partition != form.match->partition || match->kind != form.match->kind)) {
        return false;
      }
      for (const std::string& other : form.named) {
        if (is_under(name, other) || is_under(other, name)) return false;
      }
    }
    return true;
  }

  const std::vector<Form>& forms(const std::string& service, const std::string& region) {
    const auto [entry, is_new] = forms_.try_emplace({service, region});
    if (!is_new) return entry->second;
    const facts::Service* known = facts::service(service);
    if (known == nullptr) return entry->second;
    for (const facts::HostName& host : facts::names_in_use(*known, region)) {
      if (!host.wildcard || host.kind == facts::NameKind::account) continue;
      Form form;
      form.rest = host.name.substr(1);
      form.match = facts::service_of_host(std::string(any_bucket) + form.rest);
      for (const std::string& other : names()) {
        if (other.size() >= form.rest.size() && is_under(other, std::string_view(form.rest).substr(1)))
          form.named.push_back(other);
      }
      entry->second.push_back(std::move(form));
    }
    return entry->second;
  }

  // All names that a private zone, an endpoint or a resolver rule of the cloud is about.
  const std::set<std::string>& names() {
    if (has_names_) return names_;
    has_names_ = true;
    const auto add = [&](std::string_view name) {
      const std::string plain = lower(name);
      names_.insert(plain.starts_with("*.") ? plain.substr(2) : plain);
    };
    for (const HostedZone& zone : index_.cloud()->hosted_zones) {
      add(index_.view(zone.head.name));
      for (const DnsRecord& record : zone.records) add(index_.view(record.name));
    }
    for (const ResolverRule& rule : index_.cloud()->resolver_rules) add(index_.view(rule.domain));
    for (const DnsFirewall& group : index_.cloud()->dns_firewalls) {
      for (const DnsFirewallRule& rule : group.rules) {
        for (const Text domain : rule.domains) add(index_.view(domain));
      }
    }
    for (const LoadBalancer& balancer : index_.cloud()->load_balancers) add(index_.view(balancer.host));
    for (const ResourceConfiguration& resource : index_.cloud()->resource_configurations) {
      if (resource.custom_domain.known()) add(index_.view(*resource.custom_domain));
    }
    std::set<std::pair<Text, Text>> seen;
    for (const Endpoint& endpoint : index_.cloud()->endpoints) {
      for (const Text own : endpoint.dns_names) add(index_.view(own));
      for (const Text custom : endpoint.custom_names) add(index_.view(custom));
      if (!seen.emplace(endpoint.head.region, endpoint.service).second) continue;
      for (const std::string& name : private_names(index_, endpoint).names) add(name);
    }
    return names_;
  }

  const Index& index_;
  std::map<std::pair<std::string, std::string>, std::vector<Form>> forms_;
  std::set<std::string> names_;
  bool has_names_ = false;
};

}  // namespace

Alikes alike(const Index& index, std::span<const Target> targets) { return Alike(index).run(targets); }

}  // namespace sallyport::net
