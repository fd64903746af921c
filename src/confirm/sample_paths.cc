#include <algorithm>
#include <set>

#include "confirm/sample.h"
#include "confirm/told.h"

namespace sallyport::confirm {
namespace {

class Paths {
 public:
  Paths(const net::Engine& engine, const SampleOptions& options, Sample& out)
      : engine_(engine), cloud_(engine.cloud()), options_(options), out_(out) {}

  void run() {
    const std::vector<net::SourceClass>& classes = engine_.classes();
    std::size_t all = 0;
    for (const net::SourceClass& c : classes) {
      const std::string region(cloud_.view(c.members.front().region));
      const auto [targets, fresh] = targets_.try_emplace(region);
      if (fresh) targets->second = net::targets(cloud_, region);
      all += targets->second.size();
    }
    const std::size_t step = all / most_flows + 1;
    out_.every_flow = step;
    for (std::size_t c = 0; c < classes.size(); ++c) {
      const net::Workload& source = classes[c].members.front();
      const std::vector<net::Target>& targets = targets_.at(std::string(cloud_.view(source.region)));
      for (std::size_t t = c % step; t < targets.size(); t += step) take(source, targets[t], nullptr);
    }
    const std::size_t n = std::min(classes.size(), pairs);
    for (std::size_t from = 0; from < n; ++from) {
      for (std::size_t to = 0; to < n; ++to) {
        const net::Workload& target = classes[to].members.front();
        const bool asked_for =
            target.kind == net::WorkloadKind::instance || target.kind == net::WorkloadKind::network_interface;
        if (from != to && asked_for) {
          take(classes[from].members.front(), net::WorkloadTarget{target}, &target);
        }
      }
    }
    for (const auto& [group, probes] : groups_) {
      out_.paths.insert(out_.paths.end(), probes.begin(), probes.end());
    }
  }

 private:
  void take(const net::Workload& source, const net::Target& target, const net::Workload* to) {
    const net::Answer answer = engine_.answer({source, target, options_.protocol, options_.port});
    if (answer.verdict == net::Verdict::unknown) return leave_out("unknown, so that there is nothing to confirm");
    PathProbe probe;
    probe.group = group_of(answer, to != nullptr);
    probe.question.protocol = options_.protocol;
    probe.question.port = options_.port;
    if (const char* why = from(source, probe)) return leave_out(why);
    if (const char* why =
            to != nullptr ? to_workload(source, *to, answer, probe) : by_door(source, target, answer, probe)) {
      return leave_out(why);
    }
    if (!plain_id(probe.question.from) || !plain_id(probe.question.destination())) {
      return leave_out("about something that does not exist yet, or has no id of AWS");
    }
    if (!path_question(tag_of(probe.question))) return leave_out("too long for a tag");
    std::vector<PathProbe>& group = groups_[probe.group];
    if (group.size() >= options_.of_each) return;
    if (!asked_.insert(tag_of(probe.question)).second) return;  // another flow asks the same
    const Result<Told> expected = told(engine_, probe.question);
    if (!expected || !expected->yes) return leave_out("known, but not the part of it that AWS could be asked");
    probe.found = *expected->yes;
    probe.flow = std::string(cloud_.id(source.object)) + " to " + net::label(cloud_, target).id;
    group.push_back(std::move(probe));
  }

  std::string group_of(const net::Answer& answer, bool workload) const {
    std::string group = net::name(answer.verdict);
    group += answer.has_door() ? std::string(" through ") + net::name(answer.door.kind)
                               : std::string(" by ") + answer.reason.code;
    return group + (workload ? ", to a workload" : "");
  }

  // The source as Reachability Analyzer takes it. Each gives why it cannot be asked.
  const char* from(const net::Workload& source, PathProbe& probe) const {
    probe.account = cloud_.view(source.account);
    probe.region = cloud_.view(source.region);
    if (!std::all_of(probe.account.begin(), probe.account.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
        probe.account.empty()) {
      return "from an account that the input does not name";
    }
    if (!plain_region(probe.region)) return "from a Region that the input does not name";
    InterfaceId interface;
    if (const Instance* instance = cloud_->instances.find(source.object.as<Kind::instance>())) {
      if (instance->interfaces.size() < 2) {
        probe.question.from = cloud_.id(instance->id);
        return nullptr;
      }
      interface = instance->interfaces.items.front();  // which one an instance's path starts from is not documented
    } else if (const Function* function = cloud_->functions.find(source.object.as<Kind::function>())) {
      interface = interface_of(*function);
      if (!interface) return "from a function without an interface in the input";
    } else if (source.kind == net::WorkloadKind::network_interface) {
      interface = source.object.as<Kind::network_interface>();
    }
    if (!interface) return "from what Reachability Analyzer does not take as a source";
    probe.question.from = cloud_.id(interface);
    return nullptr;
  }

  static bool plain_region(const std::string& region) { return plain_id(region); }

  // Lambda's interface for one of the function's subnets and its groups (LA-2).
  InterfaceId interface_of(const Function& function) const {
    if (!function.network.known()) return {};
    std::vector<SecurityGroupId> groups = function.network->groups.items;
    std::sort(groups.begin(), groups.end());
    for (const Interface& i : cloud_->interfaces) {
      if (i.kind != InterfaceKind::function || !i.subnet.known()) continue;
      const auto& subnets = function.network->subnets.items;
      if (std::find(subnets.begin(), subnets.end(), *i.subnet) == subnets.end()) continue;
      std::vector<SecurityGroupId> own = i.groups.items;
      std::sort(own.begin(), own.end());
      if (own == groups) return i.id;
    }
    return {};
  }

  const char* to_workload(const net::Workload& source, const net::Workload& target, const net::Answer& answer,
                          PathProbe& probe) const {
    if (target.account != source.account) return "to another account";
    if (target.region != source.region) return "to another Region, where Reachability Analyzer does not follow";
    const VpcId here = vpc_of(source);
    if (answer.verdict == net::Verdict::blocked && (!here || here != vpc_of(target))) {
      return "blocked between two VPCs, which have to be connected for Reachability Analyzer to be asked";
    }
    const Instance* instance = cloud_->instances.find(target.object.as<Kind::instance>());
    const bool several = instance != nullptr && instance->interfaces.size() > 1;
    probe.question.to = cloud_.id(several ? Ref(instance->interfaces.items.front()) : target.object);
    return nullptr;
  }

  VpcId vpc_of(const net::Workload& w) const {
    Value<VpcId> vpc;
    if (const Instance* instance = cloud_->instances.find(w.object.as<Kind::instance>())) vpc = instance->vpc;
    InterfaceId interface = w.object.as<Kind::network_interface>();
    if (const Function* f = cloud_->functions.find(w.object.as<Kind::function>())) interface = interface_of(*f);
    if (const Interface* i = cloud_->interfaces.find(interface)) vpc = i->vpc;
    return vpc.shown_or({});
  }

  const char* by_door(const net::Workload& source, const net::Target& target, const net::Answer& answer,
                      PathProbe& probe) const {
    if (answer.verdict == net::Verdict::blocked) {
      return "blocked on the way to a service, so that there is no destination to ask for";
    }
    if (answer.verdict == net::Verdict::public_) return by_internet_gateway(source, target, answer, probe);
    const bool gateway = answer.door.kind == net::DoorKind::gateway_endpoint;
    if (!gateway && answer.door.kind != net::DoorKind::interface_endpoint) {
      return "by a door that Reachability Analyzer does not take as a destination";
    }
    const Endpoint* endpoint = cloud_->endpoints.find(answer.door.object.as<Kind::endpoint>());
    if (endpoint == nullptr || endpoint->head.account != source.account || endpoint->head.region != source.region) {
      return "through an endpoint of another account or Region";
    }
    const std::string id(cloud_.id(endpoint->id));
    if (!gateway) {
      probe.question.to = id;
      return nullptr;
    }
    const net::Label label = net::label(cloud_, target);
    if (label.service.empty() || label.region.empty()) return "to something without a service";
    probe.question.to = label.service + "." + label.region;
    probe.question.by = id;
    return nullptr;
  }

  const char* by_internet_gateway(const net::Workload& source, const net::Target& target, const net::Answer& answer,
                                  PathProbe& probe) const {
    const InternetGateway* gateway = nullptr;
    for (const net::Door& door : answer.doors) {
      if (door.kind == net::DoorKind::internet_gateway) {
        gateway = cloud_->internet_gateways.find(door.object.as<Kind::internet_gateway>());
      }
    }
    if (gateway == nullptr) return "by no internet gateway of the input (an egress-only gateway is no destination)";
    if (gateway->head.account != source.account || gateway->head.region != source.region) {
      return "by an internet gateway of another account or Region";
    }
    probe.question.by = cloud_.id(gateway->id);
    probe.question.to = address_of(net::label(cloud_, target));
    return nullptr;
  }

  // Some address of the service, where AWS publishes a prefix list of it; else any: `internet`.
  std::string address_of(const net::Label& label) const {
    for (const PrefixList& list : cloud_->prefix_lists) {
      if (cloud_.view(list.head.name) != "com.amazonaws." + label.region + "." + label.service) continue;
      for (const Prefix& prefix : list.entries) {
        if (prefix.family() == Family::v4 && prefix.length < 31) return to_string(next(prefix.base));
      }
    }
    return "internet";
  }

  void leave_out(const char* why) { ++out_.paths_left_out[why]; }

  const net::Engine& engine_;
  const Cloud& cloud_;
  const SampleOptions& options_;
  Sample& out_;
  std::map<std::string, std::vector<net::Target>> targets_;  // by Region
  std::map<std::string, std::vector<PathProbe>> groups_;
  std::set<std::string> asked_;
};

}  // namespace

void sample_paths(const net::Engine& engine, const SampleOptions& options, Sample& out) {
  Paths(engine, options, out).run();
}

}  // namespace sallyport::confirm
