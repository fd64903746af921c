// The keys of who asks and of his credentials, and those that services define.
#include <algorithm>

#include "access/keys.h"
#include "base/wildcard.h"
#include "facts/actions.h"
#include "facts/keys.h"

namespace sallyport::access {
namespace {

using iam::PrincipalType;

bool is_role(PrincipalType type) { return type == PrincipalType::role || type == PrincipalType::session; }

// AWS sets no principal keys on these calls: nobody has signed them (EP-7, NK-8).
bool assumes_with_token(std::string_view action) {
  return same_key(action, "sts:AssumeRoleWithSAML") || same_key(action, "sts:AssumeRoleWithWebIdentity");
}

}  // namespace

bool Keys::principal(std::string_view k) {
  const iam::Principal& p = r_.caller.principal;
  const bool token = assumes_with_token(r_.thing.action) || p.type == PrincipalType::provider;
  if (k.starts_with("aws:principaltag/")) {
    tag(k.substr(17));
    return true;
  }
  if (k == "aws:principalaccount") {
    if (!signs() || token) {
      out_.set(key_, "anonymous");  // NK-9
    } else if (p.account.empty()) {
      out_.set_unknown(key_, gap(GapKind::undocumented, "the account of a service principal is not documented"));
    } else {
      out_.set(key_, std::string(p.account));
    }
  } else if (k == "aws:principalarn") {
    if (!signs() || token) {
      out_.set_absent(key_);
    } else if (p.type == PrincipalType::session) {
      if (r_.caller.role != nullptr) {
        out_.set(key_, std::string(cloud_.id(r_.caller.role->id)));
      } else {  // the role's path is not in the session's ARN
        out_.set_unknown(key_, r_.caller.missing, true);
      }
    } else if (p.type == PrincipalType::service) {
      out_.set_unknown(key_, gap(GapKind::undocumented, "the ARN of a service principal is not documented"));
    } else {
      out_.set(key_, r_.caller.arn);
    }
  } else if (k == "aws:principalorgid" || k == "aws:principalorgpaths") {
    if (!signs() || token || p.type == PrincipalType::service) {
      out_.set_absent(key_);
    } else {
      membership(r_.caller.membership, k == "aws:principalorgpaths");
    }
  } else if (k == "aws:principaltype") {
    switch (p.type) {
      case PrincipalType::user: out_.set(key_, "User"); break;
      case PrincipalType::role:
      case PrincipalType::session: out_.set(key_, "AssumedRole"); break;
      case PrincipalType::federated_user: out_.set(key_, "FederatedUser"); break;
      case PrincipalType::root: out_.set(key_, "Account"); break;
      case PrincipalType::anonymous: out_.set(key_, "Anonymous"); break;
      case PrincipalType::service:
      case PrincipalType::provider:
        out_.set_unknown(key_, gap(GapKind::undocumented, "aws:PrincipalType of a service is not documented"));
    }
  } else if (k == "aws:username") {
    if (p.type != PrincipalType::user) {
      out_.set_absent(key_);
    } else {
      out_.set(key_, r_.caller.arn.substr(r_.caller.arn.rfind('/') + 1));
    }
  } else if (k == "aws:userid") {
    const Text id = r_.caller.user != nullptr   ? r_.caller.user->unique_id
                    : r_.caller.role != nullptr ? r_.caller.role->unique_id
                                                : Text();
    if (!signs()) {
      out_.set_absent(key_);
    } else if (p.type == PrincipalType::root) {
      out_.set(key_, std::string(p.account));
    } else if (id.empty()) {
      out_.set_unknown(key_,
                       gap(GapKind::not_collected, "the unique id of `" + r_.caller.arn + "` is not in the input",
                           "aws iam get-account-authorization-details"),
                       true);
    } else if (p.type == PrincipalType::user) {
      out_.set(key_, std::string(cloud_.view(id)));
    } else if (p.type == PrincipalType::session) {
      out_.set(key_, std::string(cloud_.view(id)) + ":" + r_.caller.arn.substr(r_.caller.arn.rfind('/') + 1));
    } else if (own_role() && r_.workload->kind == net::WorkloadKind::instance) {
      // EC2 names the session after the instance.
      out_.set(key_, std::string(cloud_.view(id)) + ":" + std::string(cloud_.id(r_.workload->object)));
    } else {
      out_.set_open(key_, true);  // whoever assumes the role names the session
    }
  } else if (k == "aws:multifactorauthpresent" || k == "aws:multifactorauthage" || k == "aws:tokenissuetime" ||
             k == "aws:sourceidentity" || k == "aws:federatedprovider" || k == "aws:assumedroot") {
    // Users may get a session first; how a role was assumed is the caller's doing.
    const bool never = !signs() || (k == "aws:federatedprovider" && !is_role(p.type));
    if (never) {
      out_.set_absent(key_);
    } else {
      out_.set_open(key_);
    }
  } else {
    return false;
  }
  return true;
}

// Can a session of the role carry tags of its own? Only where its trust policy lets
// somebody pass them (sts:TagSession).
bool Keys::tags_are_fixed() const {
  if (r_.caller.user != nullptr || own_role()) return true;
  const Role* role = r_.caller.role;
  if (role == nullptr || !role->trust.known() || !*role->trust) return false;
  const Policy* trust = cloud_->policies.find(*role->trust);
  if (trust == nullptr || trust->document.gap) return false;
  return std::none_of(trust->document.statements.begin(), trust->document.statements.end(), [&](const Statement& s) {
    return s.effect == Effect::allow &&
           (s.gap || s.not_action || std::any_of(s.actions.begin(), s.actions.end(), [&](Text action) {
              return matches_ignoring_case(cloud_.view(action), "sts:tagsession");
            }));
  });
}

void Keys::tag(std::string_view name) {
  if (!signs() || r_.caller.principal.type == PrincipalType::root) {
    out_.set_absent(key_);
    return;
  }
  if (r_.caller.full_power) {
    // A stranger tags its own as it likes; a key holder of ours has no exempting tag.
    if (r_.caller.stranger) {
      out_.set_open(key_);
    } else {
      out_.set_absent(key_);
    }
    return;
  }
  const List<Tag>* tags = r_.caller.user != nullptr   ? &r_.caller.user->tags
                          : r_.caller.role != nullptr ? &r_.caller.role->tags
                                                      : nullptr;
  if (tags == nullptr) {
    out_.set_unknown(key_, r_.caller.missing ? r_.caller.missing
                                             : gap(GapKind::not_collected,
                                                   "the tags of `" + r_.caller.arn + "` are not in the input"));
    return;
  }
  if (!tags_are_fixed()) {
    out_.set_open(key_);
    return;
  }
  for (const Tag& t : *tags) {
    if (same_key(cloud_.view(t.key), name)) {
      out_.set(key_, std::string(cloud_.view(t.value)));
      return;
    }
  }
  if (tags->open) {
    out_.set_unknown(key_, tags->open);
  } else {
    out_.set_absent(key_);
  }
}

// Can the role be assumed with a token of some identity provider?
bool Keys::by_provider() const {
  const Role* role = r_.caller.role;
  if (role == nullptr || !role->trust.known() || !*role->trust) return true;
  const Policy* trust = cloud_->policies.find(*role->trust);
  if (trust == nullptr || trust->document.gap) return true;
  return std::any_of(trust->document.statements.begin(), trust->document.statements.end(), [](const Statement& s) {
    return s.effect == Effect::allow &&
           (s.gap || s.not_principal ||
            std::any_of(s.principals.begin(), s.principals.end(), [](const PrincipalEntry& p) {
              return p.kind == PrincipalKind::federated || p.kind == PrincipalKind::any;
            }));
  });
}

// NK-14: what binds a role's credentials to the instance or function that has them, and
// what an identity provider said of whoever holds them.
bool Keys::credentials(std::string_view k) {
  // `token.actions.githubusercontent.com:sub`, `saml:aud`: set while a role is assumed
  // with a provider's token, and kept in the session. Source: IAM User Guide,
  // reference_policies_iam-condition-keys.
  const std::string_view before = k.substr(0, k.find(':'));
  if (before == "saml" || before.find('.') != std::string_view::npos) {
    const PrincipalType type = r_.caller.principal.type;
    if (type == PrincipalType::provider || (is_role(type) && !own_role() && by_provider())) {
      out_.set_open(key_);
    } else {
      out_.set_absent(key_);
    }
    return true;
  }
  const bool of_instance =
      k == "ec2:sourceinstancearn" || k == "aws:ec2instancesourcevpc" || k == "aws:ec2instancesourceprivateipv4";
  if (!of_instance && k != "lambda:sourcefunctionarn") return false;
  if (!is_role(r_.caller.principal.type)) {
    out_.set_absent(key_);
    return true;
  }
  if (!own_role()) {
    out_.set_open(key_);  // credentials may have been carried here from anywhere
    return true;
  }
  const net::Workload& w = *r_.workload;
  if (!of_instance) {
    if (w.kind == net::WorkloadKind::function) {
      out_.set(key_, std::string(cloud_.id(w.object)));
    } else {
      out_.set_absent(key_);
    }
    return true;
  }
  const Instance* instance = cloud_->instances.find(w.object.as<Kind::instance>());
  if (instance == nullptr) {
    out_.set_absent(key_);
    return true;
  }
  if (k == "ec2:sourceinstancearn") {
    out_.set(key_, "arn:aws:ec2:" + std::string(cloud_.view(w.region)) + ":" + std::string(cloud_.view(w.account)) +
                       ":instance/" + std::string(cloud_.id(w.object)));
  } else if (k == "aws:ec2instancesourcevpc" && instance->vpc.known() && *instance->vpc) {
    out_.set(key_, std::string(cloud_.id(*instance->vpc)));
  } else {
    // The primary interface's primary address; which interface that is, is not kept.
    const Interface* only =
        instance->interfaces.size() == 1 ? cloud_->interfaces.find(instance->interfaces.items.front()) : nullptr;
    const bool known = k != "aws:ec2instancesourcevpc" && only != nullptr && !only->addresses.empty() &&
                       only->addresses.items.front().known();
    if (known) {
      out_.set(key_, to_string(*only->addresses.items.front()));
    } else {
      out_.set_unknown(key_,
                       gap(GapKind::not_collected,
                           "where `" + std::string(cloud_.id(w.object)) + "` got its credentials is not in the input",
                           "aws ec2 describe-instances"),
                       true);
    }
  }
  return true;
}

// Keys that a service defines, and whatever else policies mention.
void Keys::of_service(std::string_view k) {
  const std::string_view prefix = k.substr(0, k.find(':'));
  if (prefix == "aws") {
    out_.set_unknown(key_, gap(GapKind::not_modelled, "the condition key `" + std::string(k) + "` is not modelled"));
    return;
  }
  if (prefix != r_.thing.prefix) {
    // A service's own keys come with requests to it. Some of them bind credentials
    // and travel with them; where the table does not know the key, nothing is claimed.
    const bool bound = k.find("source") != std::string_view::npos || k.find("credential") != std::string_view::npos ||
                       k.find("role") != std::string_view::npos || k.find("userid") != std::string_view::npos;
    if (facts::condition_key(prefix, k) && !bound) {
      out_.set_absent(key_);
    } else {
      out_.set_unknown(key_, gap(GapKind::not_modelled, "the condition key `" + std::string(k) + "` is not modelled"));
    }
    return;
  }
  if (k == "kms:viaservice") {  // of forward access sessions only
    out_.set_absent(key_);
    return;
  }
  if (k == "kms:calleraccount" && !r_.caller.principal.account.empty()) {
    out_.set(key_, std::string(r_.caller.principal.account));
    return;
  }
  const bool is_of_bucket = r_.thing.arn.find(":accesspoint/") == std::string::npos;
  if (is_of_bucket && k == "s3:accessgrantsinstancearn") {
    out_.set_absent(key_);
    return;
  }
  if (k == "s3:dataaccesspointarn" || k == "s3:dataaccesspointaccount" || k == "s3:accesspointnetworkorigin") {
    // A bucket that leaves it to its access points who comes in has more doors than its own; nobody reads them.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
    if (is_of_bucket) {
      out_.set_unknown(key_, gap(GapKind::not_modelled,
                                 "whether requests come through an access point of `" + show_symbols(r_.thing.arn) +
                                     "` is not known: access points are not read",
                                 "fix the key with --context " + std::string(k) + "=VALUE"));
      return;
    }
  }
  const auto action = facts::action(r_.thing.action);
  const auto key = facts::condition_key(prefix, k);
  if (!key) {
    out_.set_unknown(key_, gap(GapKind::not_modelled, "the condition key `" + std::string(k) + "` is not known"));
    return;
  }
  const auto has = [&](const auto& list) {
    for (const facts::ConditionKey one : list) {
      if (one == *key) return true;
    }
    return false;
  };
  if (action) {
    for (const facts::ResourceUse use : action->resources()) {
      if (!has(use.type.keys())) continue;
      out_.set_unknown(key_, gap(GapKind::not_collected,
                                 "`" + std::string(k) + "` of `" + show_symbols(r_.thing.arn) + "` was not collected",
                                 "fix the key with --context " + std::string(k) + "=VALUE"));
      return;
    }
    if (has(action->keys())) {
      out_.set_open(key_);  // a parameter of the request
      return;
    }
  }
  out_.set_unknown(key_, gap(GapKind::undocumented, "AWS does not list `" + std::string(k) + "` for `" +
                                                        r_.thing.action + "`: whether it is set is not known"));
}

}  // namespace sallyport::access
