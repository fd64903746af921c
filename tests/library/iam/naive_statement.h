// Callers and statements for the naive judge: who is meant, and does a statement apply.
//
// Rules: MA-4, MA-5 (principals), EV-6 (NotPrincipal), EP-2 (principals of gateway endpoints).
#pragma once

#include "library/iam/naive_text.h"

namespace sallyport::naive::iam {

enum class Sort { user, role, session, federated_user, root, service, provider, anonymous };

// The request's principal.
struct Caller {
  Sort sort = Sort::anonymous;
  std::string name;     // as written
  std::string account;  // empty for services, providers and anonymous callers
  std::string role;     // the role behind a session, where known
  Kleene service_linked = Kleene::no;
  Kleene boundary = Kleene::no;  // has it a permissions boundary?

  // Users, roles and what is made of them: they have identity policies, boundary, session policy.
  bool is_identity() const { return sort <= Sort::federated_user; }
};

Caller read_caller(const Json& line, const Context& context);

// How a Principal element means the caller. Several may hold: the element is a list.
struct Named {
  Kleene directly = Kleene::no;  // a user, a session, a federated user, a service, a provider
  Kleene role = Kleene::no;      // the role behind the session; the user behind a federated session
  Kleene account = Kleene::no;   // the account: delegates to its identity policies
  Kleene everyone = Kleene::no;  // `"*"`
  Kleene any() const { return either(either(directly, role), either(account, everyone)); }
};

enum class PolicyKind { identity, resource, role_trust, gateway_endpoint, interface_endpoint };

struct Question {
  Caller caller;
  std::string action;
  std::string resource;
  Context context;
};

// What the documents of one layer say.
struct Says {
  Kleene deny = Kleene::no;
  Kleene allow = Kleene::no;
  Named by;  // for resource and endpoint policies: how the Allow statements name the caller
};

// All documents of one place: a document, a list of them, or the text "unknown".
Says ask(const Json& documents, PolicyKind kind, const Question& question);

}  // namespace sallyport::naive::iam
