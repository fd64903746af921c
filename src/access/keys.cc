#include "access/keys.h"

#include <algorithm>

#include "base/wildcard.h"
#include "facts/keys.h"

namespace sallyport::access {
namespace {

using iam::PrincipalType;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

}  // namespace

bool same_key(std::string_view a, std::string_view b) { return equals_ignoring_case(a, b); }

Keys::Keys(const Cloud& cloud, const Org& org, const Request& request, iam::Context& out)
    : cloud_(cloud), org_(org), r_(request), out_(out) {}

void Keys::fill(std::string_view key) {
  key_ = key;
  const std::string k = lower(key);
  if (network(k) || principal(k) || resource(k) || request(k) || credentials(k)) return;
  of_service(k);
}

GapId Keys::gap(GapKind kind, std::string what, std::string remedy) const {
  return cloud_.registry().gaps.add({kind, std::move(what), std::move(remedy)});
}

bool Keys::signs() const { return r_.caller.principal.type != PrincipalType::anonymous; }

// Does the workload use the role that it has (and not some key lying on its disk)?
bool Keys::own_role() const {
  return r_.workload != nullptr && r_.workload->role.known() && r_.caller.role != nullptr &&
         *r_.workload->role == r_.caller.role->id;
}

// NK-15: of a direct request, exactly one of aws:SourceIp and the endpoint's keys is
// present; which one, the path has decided.
bool Keys::network(std::string_view k) {
  const bool source_ip = k == "aws:sourceip";
  const bool vpc_ip = k == "aws:vpcsourceip";
  const bool of_endpoint = vpc_ip || k == "aws:sourcevpc" || k == "aws:sourcevpce" || k == "aws:sourcevpcarn" ||
                           k == "aws:vpceaccount" || k == "aws:vpceorgid" || k == "aws:vpceorgpaths";
  if (!source_ip && !of_endpoint) return false;
  const Arrival& a = r_.arrival;
  if (a.by == Arrival::By::unknown) {
    out_.set_unknown(key_, a.gap);
    return true;
  }
  const bool through_endpoint = a.by == Arrival::By::endpoint;
  if (source_ip == through_endpoint) {  // NK-1 .. NK-4
    out_.set_absent(key_);
    return true;
  }
  if (source_ip && r_.caller.principal.type == PrincipalType::service) {  // NK-13
    out_.set_unknown(key_, gap(GapKind::undocumented, "AWS redacts the network keys of calls between its services"));
    return true;
  }
  if (source_ip || vpc_ip) {
    const auto& intervals = a.addresses.intervals();
    if (a.by_caller) {
      out_.set_addresses(key_, a.addresses);
    } else if (intervals.empty()) {
      out_.set_unknown(key_, a.gap, true);
    } else if (a.exact && intervals.size() == 1 && intervals.front().first == intervals.front().last) {
      out_.set(key_, to_string(intervals.front().first));
    } else {
      out_.set_addresses(key_, a.addresses, a.gap);
    }
    return true;
  }
  // Some services do not set the newer keys (NK-5 .. NK-7).
  const std::string subject = same_key(r_.thing.action, "iam:PassRole") ? "iam:PassRole" : r_.thing.prefix;
  switch (facts::key_present_through_endpoint(k, subject)) {
    case Truth::no: out_.set_absent(key_); return true;
    case Truth::unknown:
      out_.set_unknown(key_, gap(GapKind::undocumented, "whether requests to `" + r_.thing.prefix + "` carry `" +
                                                            std::string(k) + "` is not known"));
      return true;
    case Truth::yes: break;
  }
  if (a.strangers) {
    stranger_endpoint(k);
    return true;
  }
  const Endpoint* endpoint = cloud_->endpoints.find(a.endpoint);
  const auto absent = [&] {
    return gap(GapKind::not_collected, "`" + std::string(cloud_.id(a.endpoint)) + "` is not in the input in full",
               "aws ec2 describe-vpc-endpoints");
  };
  const Vpc* vpc = cloud_->vpcs.find(a.vpc);
  if (k == "aws:sourcevpce") {
    out_.set(key_, std::string(cloud_.id(a.endpoint)));
  } else if (k == "aws:sourcevpc") {
    if (a.vpc) {
      out_.set(key_, std::string(cloud_.id(a.vpc)));
    } else {
      out_.set_unknown(key_, absent(), true);
    }
  } else if (k == "aws:sourcevpcarn") {
    if (vpc != nullptr && !vpc->head.account.empty()) {
      out_.set(key_, "arn:aws:ec2:" + std::string(cloud_.view(vpc->head.region)) + ":" +
                         std::string(cloud_.view(vpc->head.account)) + ":vpc/" + std::string(cloud_.id(a.vpc)));
    } else {
      out_.set_unknown(key_, absent(), true);
    }
  } else if (endpoint == nullptr || endpoint->head.account.empty()) {
    out_.set_unknown(key_, absent(), k == "aws:vpceaccount");
  } else if (k == "aws:vpceaccount") {
    out_.set(key_, std::string(cloud_.view(endpoint->head.account)));
  } else {
    membership(org_.membership(cloud_.view(endpoint->head.account)), k == "aws:vpceorgpaths");
  }
  return true;
}

// Of an endpoint that nobody here knows: in the form of real values, equal to none.
void Keys::stranger_endpoint(std::string_view k) {
  const std::string vpc = "vpc-00000000000000000";
  if (k == "aws:sourcevpce") {
    out_.set(key_, "vpce-00000000000000000");
  } else if (k == "aws:sourcevpc") {
    out_.set(key_, vpc);
  } else if (k == "aws:sourcevpcarn") {
    out_.set(key_, "arn:aws:ec2:us-east-1:" + std::string(nobodys_account) + ":vpc/" + vpc);
  } else if (k == "aws:vpceaccount") {
    out_.set(key_, std::string(nobodys_account));
  } else {
    Membership foreign;
    foreign.kind = Membership::Kind::foreign;
    membership(foreign, k == "aws:vpceorgpaths");
  }
}

// The id, or the paths, of an account's organization: NK-7, NK-8, NK-10.
void Keys::membership(const Membership& m, bool path) {
  switch (m.kind) {
    case Membership::Kind::none: out_.set_absent(key_); break;
    case Membership::Kind::unknown: out_.set_unknown(key_, m.gap); break;
    case Membership::Kind::ours:
      if (!path) {
        out_.set(key_, m.id);
      } else if (!m.path.empty()) {
        out_.set(key_, m.path);
      } else {
        out_.set_unknown(key_, m.gap, true);
      }
      break;
    case Membership::Kind::foreign:
      if (!m.id.empty()) {
        out_.set(key_, path ? m.id + "/r-nobody/" : m.id);
      } else if (!r_.foreign_in_other_organization) {
        out_.set_absent(key_);
      } else {
        out_.set(key_, path ? "o-nobodysorg/r-nobody/" : "o-nobodysorg");
      }
  }
}

// What the function's URL says of itself. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
bool Keys::function_url() {
  const Function* f = cloud_->functions.find(r_.thing.object.as<Kind::function>());
  if (f == nullptr || !equals_ignoring_case(r_.thing.action, "lambda:InvokeFunctionUrl")) return false;
  if (f->urls.open) {
    out_.set_unknown(key_, f->urls.open);
    return true;
  }
  Truth open = f->urls.empty() ? Truth::unknown : truth(f->urls.items.front().open);
  for (const FunctionUrl& url : f->urls) {
    if (truth(url.open) != open) open = Truth::unknown;
  }
  if (f->urls.empty()) {
    out_.set_absent(key_);  // there is no URL to call
  } else if (open == Truth::unknown) {
    out_.set_unknown(
        key_, gap(GapKind::undocumented, "the URLs of the function differ in their AuthType, or it is not known"));
  } else {
    out_.set(key_, open == Truth::yes ? "NONE" : "AWS_IAM");
  }
  return true;
}

bool Keys::resource(std::string_view k) {
  if (k == "lambda:functionurlauthtype" && function_url()) return true;
  const bool account = k == "aws:resourceaccount" || k == "s3:resourceaccount";
  if (k.starts_with("aws:resourcetag/") || k == "s3:existingobjecttag" || k.starts_with("s3:existingobjecttag/") ||
      k.starts_with("s3:buckettag/") || (k.find(":resourcetag/") != std::string_view::npos)) {
    out_.set_unknown(key_,
                     gap(GapKind::not_collected, "the tags of `" + show_symbols(r_.thing.arn) + "` were not collected",
                         "fix the key with --context " + std::string(k) + "=VALUE"));
    return true;
  }
  if (!account && k != "aws:resourceorgid" && k != "aws:resourceorgpaths") return false;
  // For `*` the account is the caller's own where AWS sets the key at all: it does
  // not say for which of these actions it does.
  if (r_.thing.arn == "*") {
    out_.set_unknown(key_, gap(GapKind::undocumented,
                               "whether `" + r_.thing.action + "` carries keys of a resource's account is not known"));
  } else if (account) {
    if (r_.thing.account.empty()) {
      out_.set_unknown(key_, r_.thing.membership.gap, true);
    } else {
      out_.set(key_, r_.thing.account);
    }
  } else {
    membership(r_.thing.membership, k == "aws:resourceorgpaths");
  }
  return true;
}

bool Keys::request(std::string_view k) {
  const bool is_service = r_.caller.principal.type == PrincipalType::service;
  if (k == "aws:viaawsservice") {  // NK-11; a direct request
    out_.set(key_, "false");
  } else if (k == "aws:calledvia" || k == "aws:calledviafirst" || k == "aws:calledvialast") {  // NK-12
    out_.set_absent(key_);
  } else if (k == "aws:principalisawsservice") {  // NK-13
    if (signs()) {
      out_.set(key_, is_service ? "true" : "false");
    } else {
      out_.set_absent(key_);
    }
  } else if (k == "aws:securetransport") {
    out_.set(key_, "true");  // what is asked about is port 443
  } else if (k == "aws:requestedregion") {
    if (r_.thing.region.known()) {
      out_.set(key_, *r_.thing.region);
    } else {
      out_.set_unknown(key_, r_.thing.region.gap(), true);
    }
  } else if (k == "aws:currenttime" || k == "aws:epochtime" || k == "aws:useragent") {
    out_.set_open(key_, k != "aws:useragent");
  } else if (k == "aws:referer" || k.starts_with("aws:requesttag/") || k == "aws:tagkeys") {
    out_.set_open(key_);
  } else if (k == "aws:sourceowner") {
    // Some services set it when they publish to a topic; the policy that SNS gives a new
    // topic reads as if the owner's principals carried it, which no page says. Whoever
    // else carried it, it would not be with the owner's account.
    // Source: SNS Developer Guide, sns-access-policy-use-cases.
    if (is_service) {
      out_.set_open(key_);
    } else if (r_.caller.principal.account.empty() || r_.caller.principal.account != r_.thing.account) {
      out_.set_absent(key_);
    } else {
      out_.set_unknown(key_, gap(GapKind::undocumented,
                                 "whether requests of an account's own principals carry "
                                 "aws:SourceOwner is not documented"));
    }
  } else if (k == "aws:sourcearn" || k == "aws:sourceaccount" || k == "aws:sourceorgid" || k == "aws:sourceorgpaths" ||
             k == "aws:principalservicename" || k == "aws:principalservicenameslist") {
    // Only a service principal acting itself carries them.
    if (is_service) {
      out_.set_open(key_);
    } else {
      out_.set_absent(key_);
    }
  } else {
    return false;
  }
  return true;
}

}  // namespace sallyport::access
