#include "access/who.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "access/beyond.h"
#include "access/candidates.h"
#include "access/doors.h"
#include "access/keys.h"
#include "access/rollcall.h"
#include "iam/sets/needs.h"

namespace sallyport::access {
namespace {

using iam::Outcome;

// What is best for whoever asks stands first.
int rank(Outcome o) {
  switch (o) {
    case Outcome::allowed: return 0;
    case Outcome::conditional: return 1;
    case Outcome::unknown: return 2;
    case Outcome::denied: break;
  }
  return 3;
}

std::vector<Entrance> entrances(const Cloud& cloud, const Thing& thing) {
  std::vector<Entrance> doors;
  const auto add = [&](Arrival arrival) -> Entrance& {
    Entrance e;
    e.door = arrival.door;
    e.strangers = arrival.strangers;
    e.arrival = std::move(arrival);
    return doors.emplace_back(std::move(e));
  };
  add(from_anywhere());
  for (const Endpoint& e : cloud->endpoints) {
    if (!leads_to(cloud, e, thing) || (e.state.known() && !works(e))) continue;
    add(through(cloud, e)).doubt = e.state.gap();
  }
  add(through_strangers());
  Arrival service = from_anywhere();
  service.door = {net::DoorKind::service, {}};
  add(service);
  return doors;
}

// Two answers that hang on the same statements, doors and causes.
using Signature = std::vector<std::uint64_t>;

Signature signature(const Passing& p, Subject::Kind kind) {
  Signature s = {static_cast<std::uint64_t>(kind), static_cast<std::uint64_t>(p.outcome)};
  for (const AtDoor& d : p.doors) {
    s.insert(s.end(), {d.door, static_cast<std::uint64_t>(d.outcome), d.by.size(), d.conditions.size()});
    for (const iam::By& by : d.by) {
      s.insert(s.end(),
               {static_cast<std::uint64_t>(by.layer), reinterpret_cast<std::uintptr_t>(by.policy), by.statement,
                by.level, static_cast<std::uint64_t>(by.effect), static_cast<std::uint64_t>(by.applies)});
    }
    for (const iam::OpenCondition& c : d.conditions) {
      s.insert(s.end(), {reinterpret_cast<std::uintptr_t>(c.policy), reinterpret_cast<std::uintptr_t>(c.condition),
                         c.statement});
    }
    s.push_back(reinterpret_cast<std::uintptr_t>(d.allowed_if.get()));
  }
  for (const GapId gap : p.gaps) s.push_back(gap.number());
  return s;
}

class Asking {
 public:
  Asking(const Access& access, const WhoQuestion& question, const Thing& thing)
      : access_(access),
        cloud_(access.cloud()),
        thing_(thing),
        voices_(access.policies().voices(thing.action, thing.arn, access.cloud().registry().gaps)),
        context_(question.context),
        needs_(access.cloud().registry()) {
    out_.action = question.action;
    out_.resource = thing.arn;
    out_.doors = entrances(cloud_, thing);
    std::vector<Arrival> arrivals;
    for (const Entrance& e : out_.doors) arrivals.push_back(e.arrival);
    call_ = std::make_unique<RollCall>(access_, thing_, std::move(arrivals), context_, &voices_);
  }

  WhoAnswer run() {
    std::vector<PolicyId> documents;
    for (const Entrance& e : out_.doors) {
      const Endpoint* endpoint = cloud_->endpoints.find(e.arrival.endpoint);
      if (endpoint != nullptr && endpoint->policy.known()) documents.push_back(*endpoint->policy);
    }
    each_candidate(access_, thing_, documents, voices_,
                   [&](Subject who, const Caller& caller) { ask(std::move(who), caller); });
    drop_what_says_nothing_new();
    finish();
    return std::move(out_);
  }

 private:
  void ask(Subject who, const Caller& caller) {
    Passing p;
    const bool service = caller.principal.type == iam::PrincipalType::service;
    call_->turn_to(caller);
    for (std::size_t i = 0; i < out_.doors.size(); ++i) {
      // Services call from networks of their own, all others do not.
      if (service != (out_.doors[i].door.kind == net::DoorKind::service)) continue;
      at_door(i, p);
    }
    if (p.doors.empty()) return;
    std::sort(p.gaps.begin(), p.gaps.end());
    p.gaps.erase(std::unique(p.gaps.begin(), p.gaps.end()), p.gaps.end());
    Passing& group = groups_[signature(p, who.kind)];
    if (group.principals.empty()) group = std::move(p);
    group.principals.push_back(std::move(who));
  }

  void at_door(std::size_t door, Passing& p) {
    iam::Decision d = call_->decide(door);
    std::shared_ptr<const iam::sets::Conditions> allowed_if;
    if (d.outcome == Outcome::conditional) {
      const std::array contexts{&call_->keys(door)};
      allowed_if = needs_.of(d.needs, contexts);
      if (allowed_if->never()) d.outcome = Outcome::denied;
      if (allowed_if->always()) d.outcome = Outcome::allowed;
    }
    if (d.outcome == Outcome::denied) return;
    // What a stranger's own side allows is an assumption, no statement.
    const Policies& policies = access_.policies();
    std::erase_if(d.by, [&](const iam::By& by) {
      return by.policy == policies.everything() || by.policy == policies.default_endpoint_policy();
    });
    if (out_.doors[door].doubt) {
      d.outcome = Outcome::unknown;
      d.gaps.push_back(out_.doors[door].doubt);
    }
    if (p.doors.empty() || rank(d.outcome) < rank(p.outcome)) p.outcome = d.outcome;
    if (d.outcome == Outcome::unknown) p.gaps.insert(p.gaps.end(), d.gaps.begin(), d.gaps.end());
    const bool conditional = d.outcome == Outcome::conditional;
    if (!conditional) {
      d.conditions.clear();
      allowed_if.reset();
    }
    p.doors.push_back({door, d.outcome, std::move(d.by), std::move(d.conditions), std::move(allowed_if)});
  }

  // An account or organization that may do just what any account may is no news, unless
  // the resource's own policy names it: then a statement of its own speaks for it.
  void drop_what_says_nothing_new() {
    const Passing* any = nullptr;
    for (const auto& [s, p] : groups_) {
      if (p.principals.front().kind == Subject::Kind::any_account) any = &p;
    }
    if (any == nullptr) return;
    const Signature of_any = signature(*any, Subject::Kind::any_account);
    std::erase_if(groups_, [&](const auto& entry) {
      const Subject::Kind kind = entry.second.principals.front().kind;
      const bool foreign = kind == Subject::Kind::account || kind == Subject::Kind::organization;
      return foreign && std::equal(entry.first.begin() + 1, entry.first.end(), of_any.begin() + 1, of_any.end());
    });
  }

  void finish() {
    std::vector<Passing*> sorted;
    for (auto& [s, p] : groups_) {
      std::sort(p.principals.begin(), p.principals.end());
      sorted.push_back(&p);
    }
    std::sort(sorted.begin(), sorted.end(), [](const Passing* a, const Passing* b) {
      if (a->outcome != b->outcome) return rank(a->outcome) < rank(b->outcome);
      return a->principals.front() < b->principals.front();
    });
    for (Passing* p : sorted) out_.principals.push_back(std::move(*p));
    // Doors that nobody asks at all say nothing.
    const bool services = std::any_of(out_.principals.begin(), out_.principals.end(),
                                      [&](const Passing& p) { return p.doors.front().door + 1 == out_.doors.size(); });
    if (!services) out_.doors.pop_back();
    std::vector<std::string> rests = rests_on(cloud_, access_.callers().stranger(), thing_, nullptr);
    if (access_.strict()) {
      out_.lacks = whether(cloud_, rests);
    } else {
      out_.assumptions = std::move(rests);
    }
    lacks();
  }

  void lacks() {
    std::vector<GapId>& gaps = out_.lacks;
    for (const std::string& account : access_.org().accounts()) {
      const auto text = cloud_.registry().texts.find(account);
      for (const Kind kind : {Kind::role, Kind::user}) {
        if (const GapId gap = text ? cloud_.missing(kind, *text, Text()) : GapId()) gaps.push_back(gap);
      }
      const auto region = thing_.region.known() ? cloud_.registry().texts.find(*thing_.region) : std::nullopt;
      if (!region || !text || thing_.service == nullptr) continue;
      if (const GapId gap = cloud_.missing(Kind::endpoint, *text, *region)) gaps.push_back(gap);
    }
    std::sort(gaps.begin(), gaps.end());
    gaps.erase(std::unique(gaps.begin(), gaps.end()), gaps.end());
  }

  const Access& access_;
  const Cloud& cloud_;
  const Thing& thing_;
  std::vector<char> voices_;
  std::vector<ContextEntry> context_;
  std::unique_ptr<RollCall> call_;  // its ways are the doors
  iam::sets::Needs needs_;
  std::map<Signature, Passing> groups_;
  WhoAnswer out_;
};

}  // namespace

const char* name(Subject::Kind kind) {
  switch (kind) {
    case Subject::Kind::anonymous: return "anonymous";
    case Subject::Kind::any_account: return "any-account";
    case Subject::Kind::organization: return "organization";
    case Subject::Kind::account: return "account";
    case Subject::Kind::any_service: return "any-service";
    case Subject::Kind::service: return "service";
    case Subject::Kind::provider: return "provider";
    case Subject::Kind::root: return "root";
    case Subject::Kind::user: return "user";
    case Subject::Kind::role: return "role";
    case Subject::Kind::session: return "session";
  }
  return "principal";
}

Result<WhoAnswer> who(const Access& access, const WhoQuestion& question) {
  Result<Thing> thing = access.things().find(question.action, question.resource, {});
  if (!thing) return tl::unexpected(thing.error());
  if (const auto region = fixed_region(question.context)) thing->region = *region;
  return Asking(access, question, *thing).run();
}

}  // namespace sallyport::access
