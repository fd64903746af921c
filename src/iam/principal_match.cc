#include "iam/principal_match.h"

#include <algorithm>

#include "iam/arn.h"
#include "iam/glob.h"

namespace sallyport::iam {
namespace {

bool digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view last_segment(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Could an entry with wildcards or symbols name the caller or its account?
bool odd_may_name(std::string_view entry, const Caller& caller) {
  const Principal& p = caller.principal;
  // What does not exist yet is none of those that do.
  if (glob::is_symbol(entry) && !glob::has_symbol(p.arn) && !glob::has_symbol(p.account)) return false;
  if (entry.empty()) return false;
  const std::string pattern = glob::encode(entry);
  const auto may = [&](std::string_view text) {
    return !text.empty() && (glob::too_long(pattern, text) || glob::may_match(pattern, text));
  };
  if (may(p.arn) || may(caller.role_arn) || may(caller.user_arn) || may(p.account)) return true;
  if (p.account.empty()) return false;
  const std::string root = "arn:" + std::string(split_arn(p.arn).partition()) + ":iam::" + std::string(p.account) + ":";
  // A session's role has a path that we may not know.
  return may(root + "root") || (p.type == PrincipalType::session && caller.role_arn.empty() &&
                                (may(root + "role/" + std::string(p.role)) ||
                                 may(root + "role/" + std::string(glob::anything) + "/" + std::string(p.role))));
}

Match& at(Named& named, Naming naming) { return named[static_cast<std::size_t>(naming)]; }

}  // namespace

PrincipalMatcher::PrincipalMatcher(const Statement& statement, const TextPool& texts)
    : present_(statement.has_principal || statement.not_principal), negated_(statement.not_principal) {
  for (const PrincipalEntry& entry : statement.principals) {
    if (entry.kind == PrincipalKind::any) {
      any_ = true;
    } else {
      entries_.push_back(read(entry, texts.view(entry.value)));
    }
  }
}

PrincipalMatcher::Entry PrincipalMatcher::read(const PrincipalEntry& entry, std::string_view value) {
  if (entry.kind == PrincipalKind::canonical) return {Form::canonical, value, {}};
  const bool odd =
      std::any_of(value.begin(), value.end(), [](char c) { return c == '*' || c == '?' || c == glob::symbol_open; });
  if (entry.kind != PrincipalKind::aws) return {odd ? Form::odd : Form::name, value, {}};
  if (digits(value)) return {Form::account, value, value};
  if (odd) return {Form::odd, value, {}};
  const auto principal = parse_principal(value);
  if (principal) {
    switch (principal->type) {
      case PrincipalType::root: return {Form::account, value, principal->account};
      case PrincipalType::user: return {Form::user, value, principal->account};
      case PrincipalType::role: return {Form::role, value, principal->account};
      case PrincipalType::session: return {Form::session, value, principal->account};
      case PrincipalType::federated_user: return {Form::federated_user, value, principal->account};
      case PrincipalType::service:
      case PrincipalType::provider:
      case PrincipalType::anonymous: return {Form::odd, value, {}};
    }
  }
  // AIDA... and AROA... stand for users and roles that were deleted (MA-5).
  const bool id = value.size() >= 16 && std::all_of(value.begin(), value.end(), [](char c) {
                    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                  });
  return {id ? Form::unique_id : Form::odd, value, {}};
}

// Role names are unique in an account, whatever their path, so a session's name is
// enough where its role's ARN is not given.
Match PrincipalMatcher::names_role(const Entry& entry, const Caller& caller) const {
  const Principal& p = caller.principal;
  if (p.type == PrincipalType::role) return match(entry.value == p.arn);
  if (p.type != PrincipalType::session) return Match::no;
  if (!caller.role_arn.empty()) return match(entry.value == caller.role_arn);
  return match(entry.account == p.account && last_segment(entry.value) == p.role);
}

Named PrincipalMatcher::listed(const Caller& caller, PrincipalReading reading, const Rules& rules,
                               const Why& why) const {
  Named named{};
  const Principal& p = caller.principal;
  const bool gateway = reading == PrincipalReading::gateway_endpoint;
  // In a gateway endpoint's policy an ARN turns into a unique id when saved (EP-2).
  const auto add = [&](Naming naming, Match m) {
    if (gateway && m == Match::yes) m = why.unknown(rules.gateway_principal);
    at(named, naming) = at(named, naming) | m;
  };
  if (any_) at(named, Naming::everyone) = Match::yes;
  for (const Entry& entry : entries_) {
    switch (entry.form) {
      case Form::account:
        if (p.account.empty() || entry.account != p.account) break;
        if (p.type == PrincipalType::root) at(named, Naming::direct) = Match::yes;
        // There the account means its root user only (EP-2).
        if (p.type != PrincipalType::root && !gateway) at(named, Naming::account) = Match::yes;
        break;
      case Form::user:
        if (p.type == PrincipalType::user) add(Naming::direct, match(entry.value == p.arn));
        if (p.type == PrincipalType::federated_user && entry.account == p.account) {
          add(Naming::role,
              caller.user_arn.empty() ? why.unknown(rules.federated_by) : match(entry.value == caller.user_arn));
        }
        break;
      case Form::role: add(Naming::role, names_role(entry, caller)); break;
      case Form::session:
      case Form::federated_user: add(Naming::direct, match(entry.value == p.arn)); break;
      case Form::name:
        if (!in_account(p.type) && p.type != PrincipalType::anonymous) {
          at(named, Naming::direct) = at(named, Naming::direct) | match(entry.value == p.arn);
        }
        break;
      case Form::unique_id:
        if (const std::string* id = caller.context->single("aws:userid")) {
          const bool same = std::string_view(*id).substr(0, id->find(':')) == entry.value;
          add(p.type == PrincipalType::user ? Naming::direct : Naming::role, match(same));
        }
        break;
      case Form::canonical:
        if (in_account(p.type)) add(Naming::account, why.unknown(rules.canonical_user));
        break;
      case Form::odd: {
        const bool own = entry.value == p.arn;
        if (own || (!caller.role_arn.empty() && entry.value == caller.role_arn)) {
          add(own && p.type != PrincipalType::role ? Naming::direct : Naming::role, Match::yes);
        } else if (odd_may_name(entry.value, caller)) {
          // Which way of naming it would be is not known either: `role` is between.
          add(Naming::role, why.unknown(glob::has_symbol(entry.value) ? rules.symbol : rules.wildcard_principal));
        }
        break;
      }
    }
  }
  return named;
}

// Does a NotPrincipal element spare the caller? With Deny "you must also specify the
// account ARN", and the role's next to the session's; AWS only says that a list that
// is not complete "might" deny. A principal with a boundary is never spared (EV-6).
Match PrincipalMatcher::spared(const Caller& caller, Effect effect, PrincipalReading reading, const Rules& rules,
                               const Why& why) const {
  if (any_) return Match::yes;
  const PrincipalType type = caller.principal.type;
  const Named named = listed(caller, reading, rules, why);
  const Match direct = named[static_cast<std::size_t>(Naming::direct)];
  const Match role = named[static_cast<std::size_t>(Naming::role)];
  const Match account = named[static_cast<std::size_t>(Naming::account)];
  if (!in_account(type) || type == PrincipalType::root) return direct;
  const bool has_role =
      type == PrincipalType::role || type == PrincipalType::session || type == PrincipalType::federated_user;
  const Match self = direct | role;
  const Match all = direct & account & (has_role ? role : Match::yes);
  Match spared = all;
  if (all == Match::no) {
    if (self != Match::no) {
      spared = why.unknown(rules.not_principal);
    } else if (account != Match::no && effect == Effect::allow) {
      spared = why.unknown(rules.not_principal);
    }
  }
  return effect == Effect::deny ? spared & !caller.bounded : spared;
}

Named PrincipalMatcher::matches(const Caller& caller, Effect effect, PrincipalReading reading, const Rules& rules,
                                const Why& why) const {
  if (!negated_) return listed(caller, reading, rules, why);
  Named named{};
  at(named, Naming::everyone) = !spared(caller, effect, reading, rules, why);
  return named;
}

}  // namespace sallyport::iam
