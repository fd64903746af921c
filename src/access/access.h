// Access: path and policy joined. Who may do what, through the path that a workload
// really has, through one door, or by the front door from anywhere.
//
//   net::Engine engine(cloud, settings);
//   Access access(engine);
//   Result<CanAnswer> a = access.can({.principal = "", .action = "s3:GetObject",
//                                     .resource = "arn:aws:s3:::s3delta/x", .from = "alpha5"});
//
// The path decides which network condition keys a request carries and whether an
// endpoint's policy is one more layer. Every way that the path may take is an
// alternative: where all agree the answer is theirs; where they differ and chance
// picks the way, it is `unknown`. A path that is blocked denies by the layer that
// blocked it. A path that is not known decides nothing, unless every way denies.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/arrival.h"
#include "access/caller.h"
#include "access/context.h"
#include "access/org.h"
#include "access/policies.h"
#include "access/thing.h"
#include "iam/decide.h"
#include "iam/sets/readable.h"
#include "model/expect.h"
#include "net/engine.h"

namespace sallyport::access {

// One way in which the request may arrive, and what is decided then.
struct Alternative {
  Arrival arrival;
  iam::Context context;
  iam::Decision decision;
};

struct CanAnswer {
  iam::Outcome outcome = iam::Outcome::unknown;
  std::string principal;  // ARN, service or `anonymous`
  std::string action;
  std::string resource;
  // Denied: the layers that deny, the deciding one first: "endpoint-policy", or
  // "route", "security-group" ... where the path is blocked.
  std::vector<std::string> denied_by;
  // The ways, the deciding one first. Empty only where the path is blocked.
  std::vector<Alternative> alternatives;
  std::optional<net::Answer> path;  // with `from`: the flow to the service
  std::optional<net::Label> from;   // with `from`
  std::optional<net::Label> to;     // with `from`: the flow's target
  // Conditional: what the caller has to send, by whichever way it comes. What no request
  // can fulfil is denied, what every request fulfils allowed.
  std::shared_ptr<const iam::sets::Conditions> allowed_if;
  std::vector<GapId> gaps;  // unknown: why; sorted, distinct
  std::vector<std::string> assumptions;
  std::vector<std::string> notes;

  // What single layers say, and by which statements: those of the deciding way.
  const iam::Decision* decision() const { return alternatives.empty() ? nullptr : &alternatives.front().decision; }
  const iam::Context* context() const { return alternatives.empty() ? nullptr : &alternatives.front().context; }
};

class Access {
 public:
  // Compiles the cloud's policies. The engine must outlive it. Asked from any thread.
  // `strict`: a denial that rests on what is not read (beyond.h) counts as unknown in
  // `can`, and as a lack in `who`.
  explicit Access(const net::Engine& engine, bool strict = false);

  const net::Engine& net() const { return net_; }
  const Cloud& cloud() const { return net_.cloud(); }
  const Policies& policies() const { return policies_; }
  const Org& org() const { return org_; }
  const Callers& callers() const { return callers_; }
  const Things& things() const { return things_; }
  bool strict() const { return strict_; }

  // Answers `can`. Errors: a name, ARN, action or endpoint that is none; an action
  // that does not work on the resource; `via` an endpoint that leads elsewhere.
  Result<CanAnswer> can(const CanQuestion& question) const;

  // The same in values: one request, one way of arriving.
  Alternative decide(const Request& request) const;

  // Does an account play a part that is surely not in our organization, so that it
  // matters whether it is in another one?
  bool foreign_part(const Request& request) const;

  const iam::Engine& engine() const { return iam_; }

  // The ways in which requests from a source arrive at the service of a thing, and
  // the flow behind them. `path` may say blocked: then there are none.
  struct Ways {
    std::vector<Arrival> arrivals;
    std::optional<net::Answer> path;
    net::Target target;
  };
  Ways ways(const net::Source& source, const Thing& thing) const;

 private:
  const net::Engine& net_;
  Org org_;
  Policies policies_;
  Callers callers_;
  Things things_;
  iam::Engine iam_;
  bool strict_;
};

// The account that owns a thing, for deciding whether a request crosses accounts: a
// bucket that none of our accounts has belongs to one that is not ours.
std::string_view owner(const Thing& thing);

// Why something hangs on whether a foreign account is in an organization.
GapId in_another_organization(const Cloud& cloud);

// A Region that the user fixes (aws:RequestedRegion) is where the request goes.
std::optional<std::string> fixed_region(const std::vector<ContextEntry>& fixed);

// The layer of a blocked flow: "security-group", "network-acl", "route" ...
std::string blocking_layer(const net::Answer& path);

}  // namespace sallyport::access
