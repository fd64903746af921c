#include "net/target.h"

#include <algorithm>
#include <set>
#include <utility>

#include "facts/endpoints.h"
#include "facts/regions.h"
#include "facts/services.h"
#include "net/domain.h"

namespace sallyport::net {
namespace {

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string partition_of(std::string_view region) {
  const facts::Partition* partition = facts::partition_of(region);
  return partition == nullptr ? "aws" : std::string(partition->name);
}

std::string bucket_arn(const Cloud& cloud, const Bucket& bucket) {
  const std::string_view region = bucket.region.known() ? cloud.view(*bucket.region) : std::string_view();
  return "arn:" + partition_of(region) + ":s3:::" + std::string(cloud.id(bucket.id));
}

ResourceTarget target_of(const Cloud& cloud, const Bucket& bucket) {
  return {bucket.id, bucket_arn(cloud, bucket), "s3", bucket.region};
}

ResourceTarget target_of(const Cloud& cloud, const Table& table) {
  return {table.id, std::string(cloud.id(table.id)), "dynamodb", table.head.region};
}

ResourceTarget target_of(const Cloud& cloud, const Function& function) {
  return {function.id, std::string(cloud.id(function.id)), "lambda", function.head.region};
}

ResourceTarget target_of(const Cloud& cloud, const Resource& resource) {
  return {resource.id, std::string(cloud.id(resource.id)), service_of(resource.what), resource.head.region};
}

// By ARN, name or one of a key's aliases.
bool goes_by(const Cloud& cloud, const Resource& resource, std::string_view text) {
  const bool method = resource.what == Kind::api && text.starts_with(std::string(cloud.id(resource.id)) + "/");
  return cloud.id(resource.id) == text || method || cloud.view(resource.head.name) == text ||
         std::any_of(resource.aliases.begin(), resource.aliases.end(),
                     [&](Text alias) { return cloud.view(alias) == text; }) ||
         (resource.what == Kind::key && cloud.id(resource.id).ends_with("/" + std::string(text)));
}

// The parts of arn:partition:service:region:account:resource; empty if it is none.
std::vector<std::string_view> arn_parts(std::string_view text) {
  if (!text.starts_with("arn:")) return {};
  std::vector<std::string_view> parts;
  for (int i = 0; i < 5; ++i) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {};
    parts.push_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  parts.push_back(text);
  return parts;
}

// Services whose things have addresses of their own: what connects to one does not ask the service's API.
bool has_own_addresses(std::string_view service) {
  static constexpr std::string_view all[] = {"apprunner",
                                             "dax",
                                             "ec2",
                                             "ecs",
                                             "eks",
                                             "elasticache",
                                             "elasticfilesystem",
                                             "elasticloadbalancing",
                                             "elasticmapreduce",
                                             "es",
                                             "fsx",
                                             "iam",
                                             "kafka",
                                             "memorydb",
                                             "mq",
                                             "rds",
                                             "redshift",
                                             "vpc-lattice"};
  return std::find(std::begin(all), std::end(all), service) != std::end(all);
}

// `https://HOST:PORT/PATH` -> `HOST`; else the text.
std::string_view host_of_url(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    return text.substr(0, text.find_first_of("/:?#"));
  }
  return text;
}

// `mars-1`: of the form of a Region's name, but none.
bool looks_like_region(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || dash + 1 == text.size()) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(dash), is_letter) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(dash) + 1, text.end(), is_digit);
}

// What is written like an address or a range and is none, and so no name of a host either.
std::optional<Error> misread_address(std::string_view text) {
  const bool numeric = !text.empty() && text.find_first_not_of("0123456789.:/") == std::string_view::npos;
  if (!numeric || text.find('.') == std::string_view::npos) return std::nullopt;
  if (text.find('/') != std::string_view::npos) return Error{quoted(text) + " is a range", "give one address", {}};
  if (text.find(':') != std::string_view::npos)
    return Error{quoted(text) + " is no address", "give the port by `--port`", {}};
  return Error{quoted(text) + " is no address", "an address has four numbers from 0 to 255", {}};
}

// Everything that goes by a name; the first wins only if it is the only one.
template <class T>
struct Candidates {
  std::vector<std::pair<std::string, T>> list;  // shown as, what

  void add(std::string shown, T what) { list.emplace_back(std::move(shown), std::move(what)); }

  Result<T> only(std::string_view text, const char* role) {
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (list.size() == 1) return std::move(list.front().second);
    if (list.empty()) {
      return fail("nothing in the input goes by the name " + quoted(text),
                  std::string("give ") + role + " as a Name tag, a name, an id, an ARN, an address or `internet`");
    }
    constexpr std::size_t most = 10;
    std::string hint = "one of:";
    for (std::size_t i = 0; i < list.size() && i < most; ++i) hint += " " + list[i].first;
    if (list.size() > most) hint += " and " + std::to_string(list.size() - most) + " more";
    return fail(quoted(text) + " is ambiguous", hint);
  }
};

bool goes_by(const Cloud& cloud, const Workload& w, std::string_view text) {
  if (cloud.id(w.object) == text || (!w.name.empty() && cloud.view(w.name) == text)) return true;
  // `d-0a1` of `arn:aws:sagemaker:...:domain/d-0a1`
  return w.kind == WorkloadKind::platform && !text.empty() && cloud.id(w.object).ends_with("/" + std::string(text));
}

// An interface is a workload of its own only where nothing else names it, but may be
// asked for by its id always.
std::optional<Workload> interface_by_id(const Cloud& cloud, std::string_view text) {
  for (const Interface& i : cloud->interfaces) {
    if (cloud.id(i.id) == text) {
      return Workload{WorkloadKind::network_interface, i.id, i.head.name, i.head.account, i.head.region, RoleId()};
    }
  }
  return std::nullopt;
}

bool is_instance_arn(std::string_view text, std::string_view id) {
  return text.starts_with("arn:") && text.ends_with("/" + std::string(id)) &&
         text.find(":ec2:") != std::string_view::npos;
}

std::optional<ServiceTarget> service_by_name(std::string_view text, std::string_view home_region) {
  if (const facts::Service* s = facts::service(text))
    return ServiceTarget{std::string(s->name), std::string(home_region)};
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || facts::region(text.substr(dot + 1)) == nullptr) return std::nullopt;
  const facts::Service* s = facts::service(text.substr(0, dot));
  if (s == nullptr) return std::nullopt;
  return ServiceTarget{std::string(s->name), std::string(text.substr(dot + 1))};
}

// Nobody connects to a gateway endpoint, or to one of a Gateway Load Balancer: they stand in
// route tables (GE-7, GW-1). Who names one means what lies behind it.
std::optional<Result<Target>> without_address(const Cloud& cloud, const Endpoint& endpoint, std::string_view text) {
  if (!endpoint.type.known()) return std::nullopt;
  const std::string it = quoted(text) + " is a ";
  if (*endpoint.type == EndpointType::gateway_load_balancer) {
    return fail(it + "Gateway Load Balancer endpoint: a target of routes, with no address to connect to",
                "ask for what lies behind it; the answer's doors say whether the flow passes it");
  }
  if (*endpoint.type != EndpointType::gateway) return std::nullopt;
  const auto behind = facts::api_service_of_endpoint_service(cloud.view(endpoint.service));
  const bool named = behind && behind->service != nullptr && !behind->region.empty();
  const std::string service = named ? std::string(behind->service->name) + "." + behind->region : "its service";
  return fail(it + "gateway endpoint: a target of routes, with no address to connect to",
              "ask for the service behind it, `--to " + service +
                  "`; the answer's door says whether the flow takes the endpoint");
}

// `com.amazonaws.eu-central-1.sqs`: the service; `com.amazonaws.vpce.eu-central-1.vpce-svc-0a1` or `vpce-svc-0a1`: the
// endpoint that leads to it, if it is the only one.
std::optional<Result<Target>> by_endpoint_service(const Cloud& cloud, std::string_view text) {
  if (const auto behind = facts::api_service_of_endpoint_service(text);
      behind && behind->service != nullptr && !behind->region.empty())
    return Target(ServiceTarget{std::string(behind->service->name), std::string(behind->region)});
  const bool whole = text.starts_with("com.amazonaws.vpce.");
  const std::size_t id = whole ? text.rfind("vpce-svc-") : 0;
  if (id == std::string_view::npos || !text.substr(id).starts_with("vpce-svc-")) return std::nullopt;
  if (text.substr(id).find('.') != std::string_view::npos) return std::nullopt;
  Candidates<Target> found;
  for (const Endpoint& e : cloud->endpoints) {
    if (cloud.view(e.service).ends_with(text.substr(id))) found.add(std::string(cloud.id(e.id)), EndpointTarget{e.id});
  }
  if (found.list.empty()) {
    return fail("no endpoint of the input leads to " + quoted(text),
                "ask for the load balancer behind it, or who may reach it: `audience`");
  }
  return found.only(text, "an endpoint that leads there");
}

// Reached by endpoints that lead to it, not by itself.
std::optional<Error> without_address(const Cloud& cloud, const ResourceConfiguration& row, std::string_view text) {
  const std::string_view id = cloud.id(row.id);
  if (id != text && cloud.view(row.head.name) != text && !id.ends_with("/" + std::string(text))) return std::nullopt;
  std::string endpoints;
  for (const Endpoint& e : cloud->endpoints) {
    if (e.resource == row.id) endpoints += " " + quoted(cloud.id(e.id));
  }
  return Error{quoted(text) + " is a resource configuration of VPC Lattice, with no address to connect to",
               endpoints.empty() ? "ask for the resource itself" : "ask for an endpoint that leads to it:" + endpoints,
               {}};
}

}  // namespace

Result<Source> parse_source(const Cloud& cloud, std::string_view text) {
  if (text == "internet") return Source(InternetSource{});
  if (const Result<Address> address = parse_address(text)) return Source(AddressSource{*address});
  Candidates<Source> found;
  for (const Workload& w : workloads(cloud)) {
    if (goes_by(cloud, w, text) || is_instance_arn(text, cloud.id(w.object)))
      found.add(std::string(cloud.id(w.object)), w);
  }
  if (found.list.empty()) {
    if (auto w = interface_by_id(cloud, text)) found.add(std::string(text), *w);
  }
  return found.only(text, "the source");
}

Result<Target> parse_target(const Cloud& cloud, std::string_view asked, std::string_view home_region) {
  const std::string_view text = host_of_url(asked);
  if (text == "internet") return Target(InternetTarget{});
  if (const Result<Address> address = parse_address(text)) return Target(AddressTarget{*address});
  if (auto misread = misread_address(text)) return tl::unexpected(std::move(*misread));
  Candidates<Target> found;
  for (const Workload& w : workloads(cloud)) {
    const bool is_function = w.kind == WorkloadKind::function;
    if (!is_function && (goes_by(cloud, w, text) || is_instance_arn(text, cloud.id(w.object)))) {
      found.add(std::string(cloud.id(w.object)), WorkloadTarget{w});
    }
  }
  for (const Function& f : cloud->functions) {
    if (cloud.id(f.id) == text || cloud.view(f.head.name) == text)
      found.add(std::string(cloud.id(f.id)), target_of(cloud, f));
  }
  for (const Bucket& b : cloud->buckets) {
    const std::string arn = bucket_arn(cloud, b);
    const bool by_arn = text == arn || text.starts_with(arn + "/");
    // A bucket whose name is chosen later goes by what it is called in the plan or template.
    const bool later = cloud.registry().texts.has_symbol(cloud.registry().ids.id(b.id));
    if (by_arn || cloud.id(b.id) == text || text == "s3://" + std::string(cloud.id(b.id)) ||
        (later && cloud.view(b.head.name) == text))
      found.add(arn, target_of(cloud, b));
  }
  for (const Table& t : cloud->tables) {
    if (cloud.id(t.id) == text || cloud.view(t.head.name) == text)
      found.add(std::string(cloud.id(t.id)), target_of(cloud, t));
  }
  for (const Resource& r : cloud->resources) {
    if (goes_by(cloud, r, text)) found.add(std::string(cloud.id(r.id)), target_of(cloud, r));
  }
  for (const Endpoint& e : cloud->endpoints) {
    if (cloud.id(e.id) == text || (!e.head.name.empty() && cloud.view(e.head.name) == text)) {
      found.add(std::string(cloud.id(e.id)), EndpointTarget{e.id});
    }
  }
  for (const LoadBalancer& b : cloud->load_balancers) {
    const std::string_view host = cloud.view(b.host);
    if (cloud.id(b.id) == text || cloud.view(b.head.name) == text || (!host.empty() && lower(text) == host))
      found.add(std::string(cloud.id(b.id)), LoadBalancerTarget{b.id});
  }
  if (const auto service = service_by_name(text, home_region))
    found.add(service->service + "." + service->region, *service);
  if (!found.list.empty()) {
    auto only = found.only(text, "the target");
    const EndpointTarget* endpoint = only ? std::get_if<EndpointTarget>(&*only) : nullptr;
    if (endpoint != nullptr) {
      if (auto refused = without_address(cloud, *cloud->endpoints.find(endpoint->endpoint), text)) return *refused;
    }
    return only;
  }
  if (auto w = interface_by_id(cloud, text)) return Target(WorkloadTarget{*w});
  if (auto service = by_endpoint_service(cloud, text)) return std::move(*service);
  for (const ResourceConfiguration& row : cloud->resource_configurations) {
    if (auto refused = without_address(cloud, row, text)) return tl::unexpected(std::move(*refused));
  }
  if (const auto parts = arn_parts(text); !parts.empty()) {
    // `arn:aws:ec2:REGION:ACCOUNT:network-interface/ID`
    if (const std::size_t slash = text.rfind('/'); parts[2] == "ec2" && slash != std::string_view::npos)
      return parse_target(cloud, text.substr(slash + 1), home_region);
    if (has_own_addresses(parts[2])) {
      return fail("nothing in the input goes by the name " + quoted(text),
                  "collect what holds it, or ask for the service's API: `--to " + std::string(parts[2]) + "`");
    }
    Value<Text> region = cloud.registry().texts.find(parts[3]).value_or(Text());
    if (parts[3].empty()) {
      region =
          cloud.registry().gaps.add({GapKind::not_collected, "the Region of " + quoted(text) + " is not in the input",
                                     "name the service with its Region"});
    }
    return Target(ResourceTarget{{}, std::string(text), std::string(parts[2]), region});
  }
  if (text.find('.') != std::string_view::npos) {
    // The name of a database, a cluster ... means that.
    const std::string host = lower(text);
    for (const Workload& w : workloads(cloud)) {
      const PlatformWorkload* row = cloud->platform_workloads.find(w.object.as<Kind::platform_workload>());
      if (row == nullptr || row->what == Kind::file_system) continue;  // whose name is not everybody's
      const bool further = std::any_of(row->further_hosts.begin(), row->further_hosts.end(),
                                       [&](Text other) { return cloud.view(other) == host; });
      if (further || (!row->host.empty() && cloud.view(row->host) == host))
        found.add(std::string(cloud.id(w.object)), WorkloadTarget{w});
    }
    // `ID.execute-api.REGION.amazonaws.com`
    for (const Resource& r : cloud->resources) {
      const std::string_view arn = cloud.id(r.id);
      if (r.what == Kind::api && host.starts_with(std::string(arn.substr(arn.rfind(':') + 1)) + ".execute-api." +
                                                  std::string(cloud.view(r.head.region)) + ".")) {
        found.add(std::string(arn), target_of(cloud, r));
      }
    }
    if (!found.list.empty()) return found.only(text, "the target");
    const std::size_t dot = text.rfind('.');
    if (facts::service(text.substr(0, dot)) != nullptr && looks_like_region(text.substr(dot + 1))) {
      return fail(quoted(text.substr(dot + 1)) + " in " + quoted(text) + " is no Region that is known here",
                  "give the service as `SERVICE.REGION`, or a whole host name");
    }
    return Target(HostTarget{host});
  }
  return found.only(text, "the target");
}

namespace {

struct Labels {
  const Cloud& cloud;

  Label of(const Workload& w) const {
    return {std::string(cloud.id(w.object)),   std::string(cloud.view(w.name)),   kind_word(w), "",
            std::string(cloud.view(w.region)), std::string(cloud.view(w.account))};
  }

  Label operator()(const Workload& w) const { return of(w); }
  Label operator()(const InternetSource&) const { return {"internet", "internet", "internet", "", "", ""}; }
  Label operator()(const AddressSource& s) const { return {to_string(s.address), "", "address", "", "", ""}; }
  Label operator()(const ServiceTarget& t) const {
    return {t.service + "." + t.region, t.service, "service", t.service, t.region, ""};
  }
  Label operator()(const ResourceTarget& t) const {
    const std::string region = t.region.known() ? std::string(cloud.view(*t.region)) : "";
    Head head;
    if (const Bucket* b = cloud->buckets.find(t.object.as<Kind::bucket>())) head = b->head;
    if (const Table* table = cloud->tables.find(t.object.as<Kind::table>())) head = table->head;
    if (const Function* f = cloud->functions.find(t.object.as<Kind::function>())) head = f->head;
    std::string kind = t.object ? name(t.object.kind) : "resource";
    if (const Resource* r = cloud->resources.find(t.object.as<Kind::resource>())) {
      head = r->head;
      kind = name(r->what);
    }
    std::string shown(cloud.view(head.name));
    if (shown.empty() && t.object.kind == Kind::bucket) shown = cloud.id(t.object);
    return {t.arn, shown, kind, t.service, region, std::string(cloud.view(head.account))};
  }
  Label operator()(const HostTarget& t) const { return {t.host, t.host, "host", "", "", ""}; }
  Label operator()(const AddressTarget& t) const { return {to_string(t.address), "", "address", "", "", ""}; }
  Label operator()(const WorkloadTarget& t) const { return of(t.workload); }
  Label operator()(const EndpointTarget& t) const {
    const Endpoint* e = cloud->endpoints.find(t.endpoint);
    if (e == nullptr) return {std::string(cloud.id(t.endpoint)), "", "endpoint", "", "", ""};
    return {std::string(cloud.id(t.endpoint)),
            std::string(cloud.view(e->head.name)),
            "endpoint",
            std::string(cloud.view(e->service)),
            std::string(cloud.view(e->head.region)),
            std::string(cloud.view(e->head.account))};
  }
  Label operator()(const LoadBalancerTarget& t) const {
    Label label{std::string(cloud.id(t.balancer)), "", "load-balancer", "elasticloadbalancing", "", ""};
    if (const LoadBalancer* b = cloud->load_balancers.find(t.balancer)) {
      label.name = cloud.view(b->head.name);
      label.region = cloud.view(b->head.region);
      label.account = cloud.view(b->head.account);
    }
    return label;
  }
  Label operator()(const InternetTarget&) const { return {"internet", "internet", "internet", "", "", ""}; }
};

}  // namespace

Label label(const Cloud& cloud, const Target& target) { return std::visit(Labels{cloud}, target); }

Label label(const Cloud& cloud, const Source& source) { return std::visit(Labels{cloud}, source); }

std::vector<Target> targets(const Cloud& cloud, std::string_view region, bool every) {
  std::vector<Target> all;
  std::set<std::string> services;
  const auto use = [&](std::string_view service, std::string_view where) {
    if (where == region) services.emplace(service);
  };
  for (const Bucket& b : cloud->buckets) {
    all.emplace_back(target_of(cloud, b));
    if (b.region.known()) use("s3", cloud.view(*b.region));
  }
  for (const Table& t : cloud->tables) {
    all.emplace_back(target_of(cloud, t));
    use("dynamodb", cloud.view(t.head.region));
  }
  for (const Function& f : cloud->functions) {
    all.emplace_back(target_of(cloud, f));
    use("lambda", cloud.view(f.head.region));
  }
  for (const Resource& r : cloud->resources) {
    // Every account has a default bus in every Region, used or not. A key of AWS's is
    // used by its services, by a way of their own.
    if (r.aws_managed || (r.what == Kind::event_bus && cloud.view(r.head.name) == "default")) continue;
    all.emplace_back(target_of(cloud, r));
    use(service_of(r.what), cloud.view(r.head.region));
  }
  for (const Endpoint& e : cloud->endpoints) {
    const auto behind = facts::api_service_of_endpoint_service(cloud.view(e.service));
    if (behind && behind->service != nullptr)
      use(behind->service->name, behind->region.empty() ? region : behind->region);
  }
  if (every) {
    for (const facts::Service& s : facts::services()) services.emplace(s.name);
  }
  for (const std::string& s : services) all.emplace_back(ServiceTarget{s, std::string(region)});
  std::stable_sort(all.begin(), all.end(),
                   [&](const Target& a, const Target& b) { return label(cloud, a) < label(cloud, b); });
  return all;
}

}  // namespace sallyport::net
