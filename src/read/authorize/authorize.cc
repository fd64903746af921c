#include "read/authorize/authorize.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/wildcard.h"
#include "read/policy/policy.h"

namespace sallyport::read {
namespace {

using json::Kind;
using json::Member;
using json::Node;

constexpr std::string_view request_keys[] = {"principal", "action", "resource", "resourceAccount", "context"};
constexpr std::string_view case_keys[] = {"id",
                                          "request",
                                          "identityPolicies",
                                          "resourcePolicy",
                                          "endpointPolicy",
                                          "serviceControlPolicies",
                                          "resourceControlPolicies",
                                          "permissionBoundary",
                                          "sessionPolicy",
                                          "managementAccount",
                                          "endpoint",
                                          "blockPublicAccess"};
constexpr std::string_view policy_members[] = {
    "identityPolicies",        "resourcePolicy",     "endpointPolicy", "serviceControlPolicies",
    "resourceControlPolicies", "permissionBoundary", "sessionPolicy"};
// Words in keys that are surely meant to change a decision.
constexpr std::string_view weighty[] = {"polic",   "scp",     "rcp",      "boundary", "principal",
                                        "account", "context", "endpoint", "public"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// The edit distance of two short words.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t up = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = up;
    }
  }
  return row.back();
}

class CaseReader {
 public:
  CaseReader(Registry& registry, Diagnostics& diagnostics, PolicyTexts* texts)
      : registry_(registry), diagnostics_(diagnostics), texts_(texts) {}

  Result<AuthorizeCase> read(Node node) {
    if (!node.is(Kind::object)) return fail("expected an object, not " + std::string(with_article(node.kind())));
    keys(node, case_keys, "the request's object");
    request(node["request"]);
    policies(node["identityPolicies"], {"identityPolicies"}, case_.identity);
    policies(node["resourcePolicy"], {"resourcePolicy"}, case_.resource_policy);
    optional(node["endpointPolicy"], "endpointPolicy", case_.endpoint_policy);
    optional(node["permissionBoundary"], "permissionBoundary", case_.boundary);
    optional(node["sessionPolicy"], "sessionPolicy", case_.session);
    levels(node["serviceControlPolicies"], "serviceControlPolicies", case_.scp);
    levels(node["resourceControlPolicies"], "resourceControlPolicies", case_.rcp);
    if (const Node account = node["managementAccount"]; !account.absent()) {
      case_.management_account = text(account, "managementAccount");
    }
    endpoint(node["endpoint"]);
    block_public_access(node["blockPublicAccess"]);
    if (error_) return tl::unexpected(*std::move(error_));
    return std::move(case_);
  }

 private:
  // Keeps the first error only.
  void refuse(std::string message, Node node, std::string hint = {}) {
    if (!error_) error_ = Error{std::move(message), std::move(hint), node.origin()};
  }

  void keys(Node object, std::span<const std::string_view> known, std::string_view where) {
    if (object.has_duplicate_keys()) refuse("a key stands twice in " + std::string(where), object);
    for (const Member member : object.members()) {
      const std::string_view name = member.name();
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::string folded = lower(name);
      const auto close = std::find_if(known.begin(), known.end(), [&](std::string_view k) {
        return name.size() < 64 && name.size() > 3 && distance(folded, lower(k)) <= 2;
      });
      const bool heavy = std::any_of(std::begin(weighty), std::end(weighty),
                                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
      const std::string message = "unknown key `" + std::string(name) + "` in " + std::string(where);
      if (close != known.end() || heavy) {
        refuse(message, member.key, close != known.end() ? "did you mean `" + std::string(*close) + "`?" : "");
      } else {
        diagnostics_.push_back({Severity::note, "unknown-key", message + " is not used", member.key.origin()});
      }
    }
  }

  std::string_view text(Node node, std::string_view what) {
    if (node.is(Kind::string) || node.is(Kind::number)) return node.scalar();
    const std::string name = "`" + std::string(what) + "`";
    refuse(node ? name + " must be a text, not " + with_article(node.kind()) : "no " + name, node);
    return {};
  }

  void request(Node node) {
    if (!node.is(Kind::object)) return refuse(node ? "`request` must be an object" : "no `request`", node);
    keys(node, request_keys, "`request`");
    case_.principal = text(node["principal"], "request.principal");
    case_.action = text(node["action"], "request.action");
    case_.resource = text(node["resource"], "request.resource");
    if (!error_ && case_.action.find(':') == std::string_view::npos) {
      refuse("`" + std::string(case_.action) + "` is not an action", node["action"], "write it as `service:Name`");
    }
    if (const Node account = node["resourceAccount"]; !account.absent()) {
      case_.resource_account = text(account, "request.resourceAccount");
    }
    const Node context = node["context"];
    if (context.absent()) return;
    if (!context.is(Kind::object)) return refuse("`request.context` must be an object", context);
    if (context.has_duplicate_keys()) refuse("a key stands twice in `request.context`", context);
    case_.context.reserve(context.size());
    for (const Member member : context.members()) {
      auto& [key, values] = case_.context.emplace_back(member.name(), std::vector<std::string>{});
      const auto same = [name = key](const auto& other) { return equals_ignoring_case(other.first, name); };
      if (std::any_of(case_.context.begin(), case_.context.end() - 1, same)) {
        refuse("the context key `" + std::string(key) + "` stands twice", member.key);
      }
      const auto one = [&](Node value) {
        if (!value.is(Kind::string) && !value.is(Kind::number) && !value.is(Kind::boolean)) {
          return refuse("the context key `" + std::string(key) + "` must hold texts", value);
        }
        values.emplace_back(value.scalar());
      };
      if (member.value.is(Kind::array)) {
        for (const Node value : member.value.items()) one(value);
      } else {
        one(member.value);
      }
    }
  }

  void document(Node node, const PolicyPlace& place, AuthorizePolicies& into) {
    const std::string_view text = node.text();
    if (text == "unknown") {
      into.unknown = true;
    } else if (node.is(Kind::sealed) && texts_ != nullptr) {
      into.documents.push_back(texts_->read(node, place, diagnostics_));
    } else if (node.is(Kind::object) || text.find('{') != std::string_view::npos || text.starts_with('%')) {
      into.documents.push_back(
          {std::make_shared<const PolicyDocument>(read_policy(node, "`" + place.text() + "`", registry_, diagnostics_)),
           static_cast<std::uint32_t>(std::max(place.index, 0))});
    } else {
      refuse("`" + place.text() + "` must hold policy documents or \"unknown\", not " + with_article(node.kind()),
             node);
    }
  }

  // A document or a list of documents.
  void policies(Node node, PolicyPlace place, AuthorizePolicies& into) {
    if (node.absent()) return;
    if (!node.is(Kind::array)) return document(node, place, into);
    into.documents.reserve(node.size());
    for (const Node item : node.items()) {
      ++place.index;
      document(item, place, into);
    }
  }

  void optional(Node node, std::string_view member, std::optional<AuthorizePolicies>& into) {
    if (!node.absent()) policies(node, {member}, into.emplace());
  }

  void levels(Node node, std::string_view member, AuthorizeLevels& into) {
    if (node.absent()) return;
    if (node.text() == "unknown") {
      into.unknown = true;
      return;
    }
    if (!node.is(Kind::array)) {
      return refuse("`" + std::string(member) + "` must be a list of levels, the root first", node);
    }
    PolicyPlace place{member};
    into.levels.reserve(node.size());
    for (const Node level : node.items()) {
      ++place.level;
      AuthorizePolicies& documents = into.levels.emplace_back();
      if (level.text() == "unknown") {
        documents.unknown = true;
      } else if (level.is(Kind::array)) {
        policies(level, place, documents);
      } else {
        refuse("`" + place.text() + "` must be a list of policy documents", level);
      }
    }
  }

  void endpoint(Node node) {
    if (node.absent()) return;
    if (!node.is(Kind::object)) return refuse("`endpoint` must be an object", node);
    static constexpr std::string_view known[] = {"type", "policySupported"};
    keys(node, known, "`endpoint`");
    if (const Node type = node["type"]; type) {
      if (type.text() != "gateway" && type.text() != "interface") {
        refuse("`endpoint.type` must be `gateway` or `interface`", type);
      }
      case_.endpoint.gateway = type.text() == "gateway";
    }
    if (const Node supported = node["policySupported"]; supported) {
      const auto value = supported.boolean();
      if (!value && !supported.is(Kind::null)) {
        refuse("`endpoint.policySupported` must be true, false or null", supported);
      }
      case_.endpoint.policy_supported = value ? truth(*value) : Truth::unknown;
    }
  }

  void block_public_access(Node node) {
    if (node.absent()) return;
    if (!node.is(Kind::object)) return refuse("`blockPublicAccess` must be an object", node);
    static constexpr std::string_view known[] = {"restrictPublicBuckets"};
    keys(node, known, "`blockPublicAccess`");
    const Node value = node["restrictPublicBuckets"];
    if (!value) return;
    if (!value.boolean()) refuse("`blockPublicAccess.restrictPublicBuckets` must be true or false", value);
    case_.restrict_public_buckets = value.boolean().value_or(false);
  }

  Registry& registry_;
  Diagnostics& diagnostics_;
  PolicyTexts* texts_;
  AuthorizeCase case_;
  std::optional<Error> error_;
};

}  // namespace

AuthorizeId authorize_id(Node node) {
  const Node id = node["id"];
  if (id.is(Kind::string) || id.is(Kind::number) || id.is(Kind::boolean)) {
    return {id.kind(), std::string(id.scalar())};
  }
  return {};
}

std::span<const std::string_view> authorize_policy_members() { return policy_members; }

Result<AuthorizeCase> read_authorize(Node node, Registry& registry, Diagnostics& diagnostics, PolicyTexts* texts) {
  return CaseReader(registry, diagnostics, texts).read(node);
}

}  // namespace sallyport::read
