#include "iam/principal.h"

#include <algorithm>
#include <string>

#include "iam/arn.h"

namespace sallyport::iam {
namespace {

bool host_name(std::string_view text) {
  return text.find('.') != std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                  c == '_' || c == '/' || c == ':';
         });
}

Error not_a_principal(std::string_view text) {
  return {.message = "`" + std::string(text) + "` is not a principal",
          .hint =
              "give the ARN of a user, role, role session, federated user, identity provider or account root, a "
              "service such as `lambda.amazonaws.com`, or `anonymous`"};
}

// Takes `prefix` off the front of `text`.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

Result<Principal> parse_principal(std::string_view text) {
  Principal p;
  if (text == "anonymous") return p;
  p.arn = text;
  const Arn arn = split_arn(text);
  if (!arn.whole()) {
    if (text.starts_with("arn:") || !host_name(text)) return tl::unexpected(not_a_principal(text));
    const bool aws = text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn") ||
                     text.ends_with(".amazon.com") || text.ends_with(".aws.internal");
    p.type = aws && text != "www.amazon.com" ? PrincipalType::service : PrincipalType::provider;
    return p;
  }
  p.account = arn.account();
  std::string_view rest = arn.resource();
  const bool named = !p.account.empty() && p.account.find_first_of("*?") == std::string_view::npos;
  if (arn.service() == "iam" && named) {
    if (rest == "root") {
      p.type = PrincipalType::root;
      return p;
    }
    if (take(rest, "user/") && !rest.empty()) {
      p.type = PrincipalType::user;
      return p;
    }
    if (take(rest, "role/") && !rest.empty() && rest.back() != '/') {
      p.type = PrincipalType::role;
      p.service_linked = truth(rest.starts_with("aws-service-role/"));
      p.role = rest.substr(rest.rfind('/') + 1);
      return p;
    }
    if (rest.starts_with("saml-provider/") || rest.starts_with("oidc-provider/")) {
      p.type = PrincipalType::provider;
      p.account = {};
      return p;
    }
  }
  if (arn.service() == "sts" && named) {
    if (take(rest, "federated-user/") && !rest.empty()) {
      p.type = PrincipalType::federated_user;
      return p;
    }
    if (take(rest, "assumed-role/")) {
      const std::size_t slash = rest.find('/');
      if (slash != 0 && slash != std::string_view::npos && slash + 1 < rest.size()) {
        p.type = PrincipalType::session;
        p.role = rest.substr(0, slash);
        // Service-linked roles are called so, and their path is not in the ARN.
        if (p.role.starts_with("AWSServiceRole")) p.service_linked = Truth::unknown;
        return p;
      }
    }
  }
  return tl::unexpected(not_a_principal(text));
}

bool in_account(PrincipalType type) {
  switch (type) {
    case PrincipalType::user:
    case PrincipalType::role:
    case PrincipalType::session:
    case PrincipalType::federated_user:
    case PrincipalType::root: return true;
    case PrincipalType::service:
    case PrincipalType::provider:
    case PrincipalType::anonymous: return false;
  }
  return false;
}

const char* name(PrincipalType type) {
  switch (type) {
    case PrincipalType::user: return "user";
    case PrincipalType::role: return "role";
    case PrincipalType::session: return "session";
    case PrincipalType::federated_user: return "federated-user";
    case PrincipalType::root: return "root";
    case PrincipalType::service: return "service";
    case PrincipalType::provider: return "provider";
    case PrincipalType::anonymous: return "anonymous";
  }
  return "unknown";
}

}  // namespace sallyport::iam
