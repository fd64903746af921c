#include "read/planned/policies.h"

#include "read/policy/policy.h"

namespace sallyport::read::planned {
namespace {

// A text of a JSON document; symbols in it stay as they are.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      constexpr const char* digits = "0123456789abcdef";
      out += "\\u00";
      out += digits[(c >> 4) & 1];
      out += digits[c & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string statement_of(const TextPool& texts, const Permission& p, std::string_view function) {
  const std::string_view who = texts.view(p.principal);
  const bool service = who.find(".amazonaws.com") != std::string_view::npos;
  std::string text = R"({"Sid":)" + quoted(p.sid) + R"(,"Effect":"Allow","Principal":)";
  text += who == "*" ? R"("*")" : std::string(service ? R"({"Service":)" : R"({"AWS":)") + quoted(who) + "}";
  text += R"(,"Action":)" + quoted(texts.view(p.action)) + R"(,"Resource":)" + quoted(function);
  std::string conditions;
  const auto add = [&](Text value, const char* op, const char* key) {
    if (value.empty()) return;
    conditions +=
        (conditions.empty() ? "" : ",") + quoted(op) + ":{" + quoted(key) + ":" + quoted(texts.view(value)) + "}";
  };
  add(p.source_arn, "ArnLike", "AWS:SourceArn");
  add(p.source_account, "StringEquals", "AWS:SourceAccount");
  add(p.organization, "StringEqualsIfExists", "aws:PrincipalOrgID");
  add(p.url_auth, "StringEqualsIgnoreCase", "lambda:FunctionUrlAuthType");
  if (!conditions.empty()) text += R"(,"Condition":{)" + conditions + "}";
  return text + "}";
}

}  // namespace

PolicyId put_policy_text(Work& work, Text partition, const std::string& id, const Head& owner,
                         const std::string& json) {
  Policy row;
  row.id = work.registry.ids.get<PolicyId>(partition, work.text(id));
  row.head.name = owner.name;
  row.head.account = owner.account;
  row.head.origin = owner.origin;
  row.document = read_policy_text(json, owner.origin, "the policy of `" + work.registry.texts.string(owner.name) + "`",
                                  work.registry, work.change.diagnostics);
  const PolicyId put = row.id;
  if (Policy* standing = work.row(work.change.put.policies, row.id)) {
    *standing = std::move(row);
  } else {
    work.put(work.change.put.policies, std::move(row));
  }
  return put;
}

std::string default_key_policy(const TextPool& texts, Text partition, Text account) {
  return R"({"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions",)"
         R"("Effect":"Allow","Principal":{"AWS":"arn:)" +
         texts.string(partition) + ":iam::" + texts.string(account) + R"(:root"},"Action":"kms:*","Resource":"*"}]})";
}

void write_out_api(Work& work, const Value<PolicyId>& policy, Text api_arn) {
  Policy* row = policy.known() && *policy ? work.row(work.change.put.policies, *policy) : nullptr;
  if (row == nullptr) return;
  constexpr std::string_view prefix = "execute-api:/";
  for (Statement& statement : row->document.statements) {
    for (Text& resource : statement.resources) {
      const std::string text = work.registry.texts.string(resource);
      if (text.starts_with(prefix))
        resource = work.text(work.registry.texts.string(api_arn) + "/" + text.substr(prefix.size()));
    }
  }
}

void add_permission(Work& work, Text partition, Function& row, const Permission& permission, GapId gap) {
  if (!row.policy.known()) return;
  if (gap) {
    row.policy = gap;
    return;
  }
  std::vector<std::string>& statements = work.permissions[row.id];
  statements.push_back(statement_of(work.registry.texts, permission, work.registry.id(row.id)));
  std::string json = R"({"Version":"2012-10-17","Statement":[)";
  for (const std::string& s : statements) json += (json.ends_with('[') ? "" : ",") + s;
  row.policy =
      put_policy_text(work, partition, std::string(work.registry.id(row.id)) + "/policy", row.head, json + "]}");
}

}  // namespace sallyport::read::planned
