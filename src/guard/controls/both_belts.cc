// both-belts: every bucket and table refuses everybody from outside (network belt),
// and strangers from anywhere (identity belt).
//
// Asked are all actions on data, in the name of principals whose own policies allow
// everything, so that what refuses is the resource's side. Outside is any public
// address beyond the trusted networks, and any endpoint in a stranger's own VPC.
#include <algorithm>

#include "access/doors.h"
#include "guard/belts.h"
#include "guard/ground.h"

namespace sallyport::guard {
namespace {

using access::Arrival;
using access::Caller;

class Belts {
 public:
  Belts(const Ground& ground, Ledger& ledger, const Apart& apart, const Guarded& what)
      : ground_(ground), access_(ground.access), ledger_(ledger), apart_(apart), what_(what) {
    id_ = show_symbols(ground.cloud.id(what.object));
    to_ = {what.arn, culprit(ground.cloud, what.object).name, name(what.object.kind), "", "", what.account};
  }

  void look() {
    if (what_.asks.empty()) return;
    thing_ = what_.asks.front();
    outside_ = access_.ways(net::InternetSource{}, thing_).arrivals;
    outside_.push_back(access::through_strangers());
    identity_belt();
    network_belt();
  }

 private:
  // Whatever decides whether a request passes, all ways together.
  Passed worst(const Caller& caller, const std::vector<Arrival>& ways) const {
    Passed worst;
    for (const Arrival& way : ways) {
      Passed p = ask(access_, what_, caller, way);
      const bool worse = p.outcome == iam::Outcome::allowed ||
                         (p.outcome == iam::Outcome::conditional && worst.outcome != iam::Outcome::allowed) ||
                         (p.outcome == iam::Outcome::unknown && worst.outcome == iam::Outcome::denied);
      if (worse) worst = std::move(p);
      if (worst.outcome == iam::Outcome::allowed) break;
    }
    return worst;
  }

  static bool passes(const Passed& p) {
    return p.outcome == iam::Outcome::allowed || p.outcome == iam::Outcome::conditional;
  }

  Sample sample(const std::string& who, const Passed& p) const {
    net::Label from{who, "", "principal", "", "", ""};
    return {from, to_, p.action + ": " + iam::name(p.outcome)};
  }

  void unknown(const Passed& p, const std::string& who) {
    for (const GapId gap : p.gaps) ledger_.unknown(gap, sample(who, p));
  }

  void violated(const char* cause, std::string about, const std::string& who, const Passed& p, std::string message,
                int worse) {
    ledger_.violated({cause, what_.object, std::move(about), std::move(message), repair(), worse}, sample(who, p));
  }

  std::string repair() const {
    if (what_.object.kind == Kind::function) {
      return "aws lambda delete-function-url-config --function-name " + to_.name +
             "  (or let an organization policy deny lambda:InvokeFunctionUrl)";
    }
    const bool bucket = what_.object.kind == Kind::bucket;
    return bucket ? "aws s3api put-bucket-policy --bucket " + id_ +
                        " --policy file://policy.json  (deny unless aws:SourceVpce is your endpoint)"
                  : "aws dynamodb put-resource-policy --resource-arn " + what_.arn +
                        " --policy file://policy.json  (deny unless aws:SourceVpce is your endpoint)";
  }

  // Every way by which a stranger may come: from outside, and through each endpoint
  // of the cloud that leads here.
  std::vector<Arrival> everywhere() const {
    std::vector<Arrival> ways = outside_;
    for (const Endpoint& e : ground_.cloud->endpoints) {
      if (access::leads_to(ground_.cloud, e, thing_)) ways.push_back(access::through(ground_.cloud, e));
    }
    return ways;
  }

  void identity_belt() {
    // Where it does not matter how a stranger comes, once is enough.
    Arrival anyhow;
    anyhow.gap = ground_.cloud.registry().gaps.add(
        {GapKind::not_modelled, "the path is not known, so neither are the network keys", ""});
    const auto asked = [&](const Caller& caller) {
      if (ask(access_, what_, caller, anyhow).outcome == iam::Outcome::denied) return Passed{};
      return worst(caller, everywhere());
    };
    Caller anonymous;
    anonymous.arn = "anonymous";
    const Passed nobody = asked(anonymous);
    if (passes(nobody)) {
      violated("open-to-everybody", "", "anonymous", nobody,
               "`" + id_ + "` answers unsigned requests: everybody may do `" + nobody.action + "`", 1);
      return;  // strangers are among everybody
    }
    if (nobody.outcome == iam::Outcome::unknown) unknown(nobody, "anonymous");
    const Passed foreign = asked(access_.callers().stranger());
    if (passes(foreign)) {
      violated("open-to-strangers", "", "any foreign account", foreign,
               "`" + id_ + "` lets principals of foreign accounts do `" + foreign.action + "`", 1);
      return;
    }
    if (foreign.outcome == iam::Outcome::unknown) unknown(foreign, "any foreign account");
    const Named named = named_in(ground_.cloud, what_);
    const access::Callers& callers = access_.callers();
    for (const std::string& account : named.accounts) {
      if (strange(account)) named_stranger(callers.key_holder(account), account);
    }
    for (const std::string& arn : named.principals) {
      const Result<Caller> caller = callers.in_full_power(arn);
      if (caller && strange(caller->principal.account)) named_stranger(*caller, caller->arn);
    }
    for (const std::string& id : named.organizations) {
      if (id != access_.org().id()) named_stranger(callers.stranger(id), id);
    }
  }

  // Neither ours, nor trusted, nor in our organization.
  bool strange(std::string_view account) const {
    const auto& trusted = ground_.settings.trusted_accounts;
    return account != what_.account && !access_.org().is_ours(account) &&
           std::find(trusted.begin(), trusted.end(), account) == trusted.end() &&
           access_.org().membership(account).kind != access::Membership::Kind::ours;
  }

  void named_stranger(const Caller& caller, const std::string& who) {
    const Passed p = worst(caller, everywhere());
    const access::Membership& m = caller.membership;
    if (passes(p) && m.kind == access::Membership::Kind::unknown) {
      ledger_.unknown(m.gap, sample(who, p));  // it may be one of the organization's
    } else if (passes(p)) {
      violated("open-to-strangers", who, who, p,
               "`" + id_ + "` lets " + who + " do `" + p.action +
                   "`, which is neither of the organization nor trusted (`trusted.accounts`)",
               1);
    } else if (p.outcome == iam::Outcome::unknown) {
      unknown(p, who);
    }
  }

  void network_belt() {
    if (what_.account.empty()) {
      return ledger_.unknown(ground_.cloud.registry().gaps.add(
          {GapKind::not_collected, "the account that owns `" + id_ + "` is not known", "aws sts get-caller-identity"}));
    }
    const Passed holder = worst(access_.callers().key_holder(what_.account), outside_);
    const std::string who = "whoever holds a key of " + what_.account;
    if (passes(holder)) {
      violated("front-door-open", "", who, holder,
               "the front door of `" + id_ + "` is open: " + who + " may do `" + holder.action + "` from anywhere", 0);
      return;
    }
    if (holder.outcome == iam::Outcome::unknown) return unknown(holder, who);
    const Apart apart = apart_.with(what_);
    const auto single = [&](const Caller& caller) {
      if (apart.tells(caller)) one(caller);
    };
    for (const Role& role : ground_.cloud->roles) {
      const bool linked = ground_.cloud.view(role.path).starts_with("/aws-service-role/");
      if (!linked && ground_.cloud.view(role.head.account) == what_.account) single(access_.callers().of_role(role));
    }
    for (const User& user : ground_.cloud->users) {
      if (ground_.cloud.view(user.head.account) == what_.account) single(access_.callers().of_user(user));
    }
    if (const Result<Caller> root = access_.callers().find("arn:aws:iam::" + what_.account + ":root")) single(*root);
  }

  void one(const Caller& caller) {
    const Passed p = worst(caller, outside_);
    if (passes(p)) {
      violated("principal-from-anywhere", "", caller.arn, p,
               "the front door of `" + id_ + "` is closed, but not for single principals of its account", 0);
    } else if (p.outcome == iam::Outcome::unknown) {
      unknown(p, caller.arn);
    }
  }

  const Ground& ground_;
  const access::Access& access_;
  Ledger& ledger_;
  const Apart& apart_;
  const Guarded& what_;
  std::string id_;
  net::Label to_;
  access::Thing thing_;
  std::vector<Arrival> outside_;
};

}  // namespace

void both_belts(const Ground& ground, Ledger& ledger) {
  const Cloud& cloud = ground.cloud;
  require(cloud, {Kind::bucket}, true, ledger);
  require(cloud, {Kind::table}, false, ledger);
  const Apart apart(ground.access);
  for (const Guarded& what : guarded(ground.access)) {
    ledger.examined();
    Belts(ground, ledger, apart, what).look();
  }
}

}  // namespace sallyport::guard
