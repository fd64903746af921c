#include "access/access.h"

#include <algorithm>

#include "access/beyond.h"
#include "access/doors.h"
#include "access/keys.h"
#include "access/layers.h"
#include "iam/sets/needs.h"

namespace sallyport::access {
namespace {

void add_gaps(std::vector<GapId>& to, const std::vector<GapId>& from) {
  to.insert(to.end(), from.begin(), from.end());
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
}

}  // namespace

std::string blocking_layer(const net::Answer& path) {
  const std::string_view code = path.reason.code;
  if (code.starts_with("ENI_SG") || code.starts_with("SG_")) return "security-group";
  if (code.find("ACL_RESTRICTION") != std::string_view::npos) return "network-acl";
  if (code == "VPC_BLOCK_PUBLIC_ACCESS_ENABLED") return "vpc-block-public-access";
  return "route";
}

Access::Access(const net::Engine& engine, bool strict)
    : net_(engine),
      org_(engine.cloud(), engine.settings()),
      policies_(engine.cloud()),
      callers_(engine.cloud(), org_),
      things_(engine.cloud(), org_),
      iam_(engine.cloud().registry().gaps),
      strict_(strict) {}

bool Access::foreign_part(const Request& r) const {
  const auto foreign = [](const Membership& m) { return m.kind == Membership::Kind::foreign && m.id.empty(); };
  if (foreign(r.caller.membership) || foreign(r.thing.membership) || r.arrival.strangers) return true;
  const Endpoint* e = cloud()->endpoints.find(r.arrival.endpoint);
  return e != nullptr && foreign(org_.membership(cloud().view(e->head.account)));
}

std::string_view owner(const Thing& thing) {
  return thing.account.empty() && thing.strangers ? nobodys_account : std::string_view(thing.account);
}

GapId in_another_organization(const Cloud& cloud) {
  return cloud.registry().gaps.add(
      {GapKind::outside, "whether accounts outside the organization are in another one is not in the input", ""});
}

Alternative Access::decide(const Request& request) const {
  LayerSet layers;
  gather(cloud(), org_, policies_, request.caller, request.thing, request.arrival, layers);
  const auto one = [&](const Request& r) {
    Alternative a;
    a.arrival = r.arrival;
    a.context = context(cloud(), org_, r, policies_.mentioned_keys());
    a.decision = iam_.decide({.principal = r.caller.principal,
                              .action = r.thing.action,
                              .resource = r.thing.arn,
                              .resource_account = owner(r.thing),
                              .context = &a.context},
                             layers.view());
    return a;
  };
  Alternative first = one(request);
  if (!foreign_part(request)) return first;
  Request other = request;
  other.foreign_in_other_organization = true;
  Alternative second = one(other);
  if (second.decision.outcome == first.decision.outcome) {
    if (second.decision.needs != first.decision.needs) first.decision.needs = {};
    return first;
  }
  Alternative& shown = first.decision.outcome == iam::Outcome::unknown ? first : second;
  shown.decision.outcome = iam::Outcome::unknown;
  shown.decision.gaps.push_back(in_another_organization(cloud()));
  return shown;
}

Access::Ways Access::ways(const net::Source& source, const Thing& thing) const {
  Ways ways;
  // A role is reached at the service that is asked for it: STS, IAM.
  const bool of_resource = thing.object && thing.object.kind != Kind::role;
  const bool unknown_region = !thing.region.known() || (thing.prefix == "s3" && thing.arn != "*");
  Registry& registry = cloud().registry();
  if (of_resource || (unknown_region && thing.service != nullptr)) {
    net::ResourceTarget target;
    target.object = of_resource ? thing.object : Ref();
    target.arn = thing.arn;
    target.service = thing.service != nullptr ? std::string(thing.service->name) : thing.prefix;
    if (thing.region.known()) {
      // A Region that is not in the input anywhere has no text; then no endpoint is there either.
      const auto text = registry.texts.find(*thing.region);
      target.region =
          text ? Value<Text>(*text)
               : Value<Text>(registry.gaps.add(
                     {GapKind::not_collected, "the Region `" + *thing.region + "` is not in the input", ""}));
    } else {
      target.region = thing.region.gap();
    }
    ways.target = target;
  } else {
    ways.target = net::ServiceTarget{thing.service != nullptr ? std::string(thing.service->name) : thing.prefix,
                                     thing.region.known() ? *thing.region : std::string()};
  }
  const bool internet = std::holds_alternative<net::InternetSource>(source);
  ways.path = net_.answer({source, ways.target, tcp, 443});
  for (const net::Passage& passage : ways.path->passages) {
    ways.arrivals.push_back(arrival(cloud(), passage, internet));
  }
  // A path that is not blocked and names no passage, or a service that is not known,
  // may be anything.
  const bool lost = ways.path->verdict != net::Verdict::blocked && ways.arrivals.empty();
  if (lost || thing.service == nullptr) {
    Arrival a;
    a.certain = false;
    a.gap =
        thing.service == nullptr
            ? registry.gaps.add(
                  {GapKind::not_modelled, "at which host `" + thing.action + "` is called is not known", ""})
        : !ways.path->gaps.empty()
            ? ways.path->gaps.front()
            : registry.gaps.add({GapKind::not_modelled, "the path is not known, so neither are the network keys", ""});
    ways.arrivals.push_back(a);
  }
  return ways;
}

namespace {

// What single layers leave open may be decided once they are taken together.
void say_what_it_needs(const Cloud& cloud, CanAnswer& answer) {
  using iam::Outcome;
  if (answer.outcome != Outcome::conditional || answer.alternatives.empty()) return;
  iam::Formula needs = answer.alternatives.front().decision.needs;
  std::vector<const iam::Context*> contexts;
  for (const Alternative& a : answer.alternatives) {
    needs = iam::both(needs, a.decision.needs);
    contexts.push_back(&a.context);
  }
  answer.allowed_if = iam::sets::Needs(cloud.registry()).of(needs, contexts);
  const bool always = answer.allowed_if->always();
  const bool never = answer.allowed_if->never();
  if (!always && !never) return;
  answer.allowed_if.reset();
  // That no request passes by all ways says nothing of any one of them.
  if (never && answer.alternatives.size() > 1) return;
  answer.outcome = always ? Outcome::allowed : Outcome::denied;
  answer.notes.emplace_back(always ? "it hangs on keys of the caller, but is allowed whatever they are"
                                   : "it hangs on keys of the caller, but no request fulfils all the conditions");
  for (Alternative& a : answer.alternatives) {
    a.decision.outcome = answer.outcome;
    a.decision.conditions.clear();
  }
}

// What all ways together say.
void combine(const Cloud& cloud, CanAnswer& answer) {
  using iam::Outcome;
  const auto outcome = [](const Alternative& a) { return a.decision.outcome; };
  const auto all = [&](Outcome o) {
    return std::all_of(answer.alternatives.begin(), answer.alternatives.end(),
                       [&](const Alternative& a) { return outcome(a) == o; });
  };
  const bool any_unknown = std::any_of(answer.alternatives.begin(), answer.alternatives.end(),
                                       [&](const Alternative& a) { return outcome(a) == Outcome::unknown; });
  const bool may_be_blocked =
      answer.path && answer.path->verdict == net::Verdict::unknown && answer.path->may.has(net::Verdict::blocked);
  if (all(Outcome::denied)) {
    answer.outcome = Outcome::denied;
  } else if (any_unknown) {
    answer.outcome = Outcome::unknown;
  } else if (all(Outcome::allowed) || all(Outcome::conditional)) {
    answer.outcome = may_be_blocked ? Outcome::unknown : outcome(answer.alternatives.front());
    if (may_be_blocked) add_gaps(answer.gaps, answer.path->gaps);
  } else {
    answer.outcome = Outcome::unknown;
    const bool lost = answer.path && answer.path->verdict == net::Verdict::unknown;
    if (lost) {
      add_gaps(answer.gaps, answer.path->gaps);
    } else {
      add_gaps(answer.gaps, {cloud.registry().gaps.add({GapKind::undocumented,
                                                        "which of several ways a request takes is up to chance, and " +
                                                            std::string("the ways are not decided alike"),
                                                        "make every way pass the same door"})});
    }
  }
  if (answer.outcome == Outcome::unknown) {
    for (const Alternative& a : answer.alternatives) add_gaps(answer.gaps, a.decision.gaps);
    if (answer.gaps.empty() && answer.path) add_gaps(answer.gaps, answer.path->gaps);
  }
  say_what_it_needs(cloud, answer);
  // The way that shows the outcome stands first.
  const auto deciding = std::find_if(answer.alternatives.begin(), answer.alternatives.end(),
                                     [&](const Alternative& a) { return outcome(a) == answer.outcome; });
  if (deciding != answer.alternatives.end()) std::rotate(answer.alternatives.begin(), deciding, deciding + 1);
  if (answer.outcome == Outcome::denied && answer.decision() != nullptr) {
    for (const iam::By& by : answer.decision()->by) {
      const std::string layer = iam::name(by.layer);
      if (std::find(answer.denied_by.begin(), answer.denied_by.end(), layer) == answer.denied_by.end()) {
        answer.denied_by.push_back(layer);
      }
    }
  }
  if (answer.decision() != nullptr) {
    for (const std::string_view note : answer.decision()->notes) answer.notes.emplace_back(note);
  }
}

}  // namespace

std::optional<std::string> fixed_region(const std::vector<ContextEntry>& fixed) {
  for (const ContextEntry& e : fixed) {
    if (same_key(e.key, "aws:RequestedRegion") && e.values.size() == 1) return e.values.front();
  }
  return std::nullopt;
}

Result<CanAnswer> Access::can(const CanQuestion& q) const {
  if (!q.from.empty() && !q.via.empty()) return fail("`from` and `via` exclude each other", "a path has its own doors");
  std::optional<net::Source> source;
  const net::Workload* workload = nullptr;
  if (!q.from.empty()) {
    Result<net::Source> parsed = net::parse_source(cloud(), q.from);
    if (!parsed) return tl::unexpected(parsed.error());
    source = *parsed;
    workload = std::get_if<net::Workload>(&*source);
  }
  CanAnswer answer;
  Caller caller;
  if (!q.principal.empty()) {
    Result<Caller> found = callers_.find(q.principal);
    if (!found) return tl::unexpected(found.error());
    caller = *found;
  } else if (workload == nullptr) {
    return fail("a principal is missing", "say --principal ARN; only a workload has a role of its own");
  } else if (!workload->role.known()) {
    return fail("the role of `" + q.from + "` is not known: " + cloud().registry().gaps[workload->role.gap()].what,
                "say --principal ARN");
  } else if (const Role* role = cloud()->roles.find(*workload->role)) {
    caller = callers_.of_role(*role);
  } else if (*workload->role) {
    Result<Caller> found = callers_.find(cloud().id(*workload->role));
    if (!found) return tl::unexpected(found.error());
    caller = *found;
  } else {
    return fail("`" + q.from + "` has no role", "say --principal ARN");
  }

  const Endpoint* via = nullptr;
  if (!q.via.empty()) {
    const Result<const Endpoint*> found = endpoint_named(cloud(), q.via);
    if (!found) return tl::unexpected(found.error());
    via = *found;
  }
  const std::string_view home = workload != nullptr ? cloud().view(workload->region)
                                : via != nullptr    ? cloud().view(via->head.region)
                                                    : std::string_view();
  Result<Thing> thing = things_.find(q.action, q.resource, home);
  if (!thing) return tl::unexpected(thing.error());
  if (const auto region = fixed_region(q.context)) thing->region = *region;
  if (via != nullptr && !leads_to(cloud(), *via, *thing)) {
    return fail("`" + q.via + "` leads to `" + std::string(cloud().view(via->service)) + "`, where `" + q.action +
                    "` is not called",
                "name an endpoint for `" + thing->prefix + "`");
  }

  answer.principal = caller.arn;
  answer.action = q.action;
  answer.resource = thing->arn;
  std::vector<Arrival> arrivals;
  if (source) {
    Ways w = ways(*source, *thing);
    answer.from = net::label(cloud(), *source);
    answer.to = net::label(cloud(), w.target);
    answer.assumptions = w.path->assumptions;
    answer.path = std::move(w.path);
    if (answer.path->verdict == net::Verdict::blocked) {
      answer.outcome = iam::Outcome::denied;
      answer.denied_by = {blocking_layer(*answer.path)};
      return answer;
    }
    arrivals = std::move(w.arrivals);
  } else if (via != nullptr) {
    if (via->state.known() && *via->state != State::working) {
      answer.outcome = iam::Outcome::denied;
      answer.denied_by = {"route"};
      answer.notes.push_back("`" + q.via + "` is not in state available, so it carries nothing (IF-10)");
      return answer;
    }
    arrivals.push_back(through(cloud(), *via));
  } else {
    arrivals.push_back(from_anywhere());
  }
  for (const Arrival& a : arrivals) {
    answer.alternatives.push_back(decide({caller, *thing, a, workload, false, &q.context}));
  }
  combine(cloud(), answer);
  using iam::Outcome;
  if (via != nullptr && !via->state.known() && answer.outcome != Outcome::denied) {
    answer.outcome = Outcome::unknown;
    add_gaps(answer.gaps, {via->state.gap()});
  }
  if (answer.outcome == Outcome::denied) {
    std::vector<std::string> rests = rests_on(cloud(), caller, *thing, answer.decision());
    if (strict_ && !rests.empty()) {
      answer.outcome = Outcome::unknown;
      answer.denied_by.clear();
      add_gaps(answer.gaps, whether(cloud(), rests));
    } else {
      answer.assumptions.insert(answer.assumptions.end(), rests.begin(), rests.end());
    }
    if (answer.decision() != nullptr) {
      std::string why = why_missing(caller, *thing, *answer.decision());
      if (!why.empty()) answer.notes.push_back(std::move(why));
    }
  }
  if (answer.path && answer.path->degraded) {
    answer.notes.emplace_back("some of the ways are blocked; this is decided for those that get through");
  }
  return answer;
}

}  // namespace sallyport::access
