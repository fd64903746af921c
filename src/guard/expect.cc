#include "guard/expect.h"

#include <algorithm>
#include <map>

namespace sallyport::guard {
namespace {

std::string protocol_name(std::int16_t protocol) {
  switch (protocol) {
    case tcp: return "tcp";
    case udp: return "udp";
    case icmp: return "icmp";
    case icmpv6: return "icmpv6";
    default: return "protocol " + std::to_string(protocol);
  }
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& p : parts) text += (text.empty() ? "" : ", ") + p;
  return text;
}

class Trial {
 public:
  Trial(const Expectation& e, const access::Access* access, const Authorize& authorize, const Compare& compare,
        std::map<std::string, Result<Report>>& reports)
      : e_(e), access_(access), authorize_(authorize), compare_(compare), reports_(reports) {
    tried_.expectation = &e;
  }

  Tried run() {
    std::visit([this](const auto& question) { ask(question); }, e_.question);
    return std::move(tried_);
  }

 private:
  void expect(const char* member, const std::string& expected, const std::string& got) {
    if (!expected.empty() && expected != got) tried_.differences.push_back({member, expected, got});
  }

  bool on_cloud() {
    if (access_ == nullptr) tried_.error = Error{"the case has no inputs, so this cannot be asked"};
    return access_ != nullptr;
  }

  void ask(const ReachQuestion& q) {
    tried_.question = "reach " + q.from + " -> " + q.to + " " + protocol_name(q.protocol);
    if (q.protocol == tcp || q.protocol == udp) tried_.question += " " + std::to_string(q.port);
    if (!on_cloud()) return;
    const Cloud& cloud = access_->cloud();
    const Result<net::Source> from = net::parse_source(cloud, q.from);
    if (!from) return fail_with(from.error());
    const auto* workload = std::get_if<net::Workload>(&*from);
    const std::string_view home = workload != nullptr ? cloud.view(workload->region) : std::string_view();
    const Result<net::Target> to = net::parse_target(cloud, q.to, home);
    if (!to) return fail_with(to.error());
    const net::Answer a = access_->net().answer({*from, *to, q.protocol, q.port});
    expect("verdict", e_.verdict, net::name(a.verdict));
    if (!e_.door.empty()) {
      const std::string id = a.door.object ? std::string(cloud.id(a.door.object)) : std::string();
      const bool same = a.has_door() && (e_.door == net::name(a.door.kind) || e_.door == id);
      if (!same) expect("door", e_.door, !a.has_door() ? "none" : id.empty() ? net::name(a.door.kind) : id);
    }
    if (e_.degraded && *e_.degraded != a.degraded) {
      expect("degraded", *e_.degraded ? "true" : "false", a.degraded ? "true" : "false");
    }
    expect("reason", e_.reason, a.reason.code);
    may(a);
    tried_.flow = a;
  }

  void may(const net::Answer& a) {
    if (e_.may.empty()) return;
    std::vector<std::string> expected = e_.may, got;
    for (const net::Verdict v : {net::Verdict::private_, net::Verdict::public_, net::Verdict::blocked}) {
      if (a.may.has(v)) got.emplace_back(net::name(v));
    }
    std::sort(expected.begin(), expected.end());
    std::sort(got.begin(), got.end());
    expect("may", joined(expected), joined(got));
  }

  void ask(const CanQuestion& q) {
    tried_.question =
        "can " + (q.principal.empty() ? "the role of " + q.from : q.principal) + " " + q.action + " " + q.resource;
    if (!q.from.empty() && !q.principal.empty()) tried_.question += " from " + q.from;
    if (!q.via.empty()) tried_.question += " via " + q.via;
    if (!on_cloud()) return;
    Result<access::CanAnswer> a = access_->can(q);
    if (!a) return fail_with(a.error());
    expect("decision", e_.decision, iam::name(a->outcome));
    std::vector<std::string> deciding = a->denied_by;
    if (a->outcome != iam::Outcome::denied && a->decision() != nullptr) {
      for (const iam::By& by : a->decision()->by) deciding.emplace_back(iam::name(by.layer));
    }
    layer(deciding);
    for (const auto& [name, say] : e_.layers) {
      std::string got = "absent";
      for (std::size_t i = 0; a->decision() != nullptr && i < iam::layer_count; ++i) {
        if (name == iam::name(static_cast<iam::Layer>(i))) got = iam::name(a->decision()->layers[i]);
      }
      expect(name.c_str(), say, got);
    }
    tried_.request = std::move(*a);
  }

  void layer(const std::vector<std::string>& deciding) {
    if (std::find(deciding.begin(), deciding.end(), e_.layer) == deciding.end()) {
      expect("layer", e_.layer, deciding.empty() ? "none" : joined(deciding));
    }
  }

  void ask(const AuthorizeQuestion& q) {
    tried_.question = "authorize";
    if (!authorize_) return fail_with(Error{"`authorize` cannot be asked here"});
    const Result<Authorized> a = authorize_(q.json);
    if (!a) return fail_with(a.error());
    expect("decision", e_.decision, a->decision);
    layer(a->by);
    for (const auto& [name, say] : e_.layers) {
      const auto it = std::find_if(a->layers.begin(), a->layers.end(), [&](const auto& l) { return l.first == name; });
      expect(name.c_str(), say, it == a->layers.end() ? "absent" : it->second);
    }
  }

  void ask(const CompareQuestion& q) {
    tried_.question = "compare " + q.old_file + " " + q.new_file;
    if (!compare_) return fail_with(Error{"`compare` cannot be asked yet"});
    const Result<std::string> relation = compare_(q.old_file, q.new_file);
    if (!relation) return fail_with(relation.error());
    expect("relation", e_.relation, *relation);
  }

  void ask(const CheckQuestion& q) {
    tried_.question = "check " + q.control + (e_.where.empty() ? "" : " at " + e_.where);
    if (!on_cloud()) return;
    auto it = reports_.find(q.control);
    if (it == reports_.end()) it = reports_.emplace(q.control, check(*access_, {.only = {q.control}})).first;
    if (!it->second) return fail_with(it->second.error());
    const ControlResult& result = it->second->results.front();
    if (e_.where.empty()) {
      expect("result", e_.result, name(result.outcome));
      if (!e_.reason.empty()) cause(result, "");
    } else {
      cause(result, e_.where);
    }
  }

  // With `where`: what the control says of that object; with `reason`: by that cause.
  void cause(const ControlResult& result, const std::string& where) {
    std::vector<std::string> causes;
    for (const Finding& f : result.findings) {
      if (where.empty() || f.at.id == where || f.at.name == where) causes.emplace_back(f.cause);
    }
    const std::string outcome = !causes.empty() ? "violated" : !result.open.empty() ? "unknown" : "holds";
    if (!where.empty()) expect("result", e_.result, outcome);
    if (!e_.reason.empty() && std::find(causes.begin(), causes.end(), e_.reason) == causes.end()) {
      expect("reason", e_.reason, causes.empty() ? "none" : joined(causes));
    }
  }

  void fail_with(Error error) { tried_.error = std::move(error); }

  const Expectation& e_;
  const access::Access* access_;
  const Authorize& authorize_;
  const Compare& compare_;
  std::map<std::string, Result<Report>>& reports_;
  Tried tried_;
};

std::vector<Tried> run_all(const Case& one, const access::Access* access, const Authorize& authorize,
                           const Compare& compare) {
  std::map<std::string, Result<Report>> reports;
  std::vector<Tried> tried;
  tried.reserve(one.expectations.size());
  for (const Expectation& e : one.expectations) tried.push_back(Trial(e, access, authorize, compare, reports).run());
  return tried;
}

}  // namespace

std::vector<Tried> run(const Case& one, const access::Access& access, const Authorize& authorize,
                       const Compare& compare) {
  return run_all(one, &access, authorize, compare);
}

std::vector<Tried> run(const Case& one, const Authorize& authorize, const Compare& compare) {
  return run_all(one, nullptr, authorize, compare);
}

}  // namespace sallyport::guard
