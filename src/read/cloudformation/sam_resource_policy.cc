// What SAM makes of the `ResourcePolicy` of an API: statements for all of its methods and paths.
//
// A list of those that may come in gives a statement that lets everybody in and one that denies all but them; a list of
// those that may not, one that denies them; accounts are principals. Custom statements stand behind these as they are.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html
#include <string>

#include "read/cloudformation/sam_policies.h"
#include "read/planned/policies.h"

namespace sallyport::read::cloudformation {
namespace {

class Statements {
 public:
  Statements(const Properties& given, Text arn) : given_(given) {
    methods_ = R"("Action":"execute-api:Invoke","Resource":")" + given.registry().texts.string(arn) + R"(/*")";
  }

  // `property` lists accounts.
  void accounts(const char* property, const char* effect) {
    std::string list;
    if (json_of(property, list)) add(effect, R"({"AWS":)" + list + "}", {});
  }
  // `property` lists addresses: denied is who meets `op`.
  void addresses(const char* property, const char* op) {
    std::string list;
    if (json_of(property, list)) deny(op, R"("aws:SourceIp":)" + list);
  }
  // Ids as they are written, told apart by their prefix, and lists of what refers to VPCs and to endpoints; all that
  // are given stand in one condition.
  void networks(const char* ids, const char* vpcs, const char* endpoints, const char* op) {
    std::string keys;
    const auto add_key = [&](const char* key, const std::string& list) {
      if (!list.empty()) keys += std::string(keys.empty() ? "\"" : ",\"") + key + "\":[" + list + "]";
    };
    add_key("aws:SourceVpc", joined(with_prefix(ids, "vpc-"), members_of(vpcs)));
    add_key("aws:SourceVpce", joined(with_prefix(ids, "vpce-"), members_of(endpoints)));
    if (!keys.empty()) deny(op, keys);
  }
  void custom(const char* property) {
    for (const std::string& statement : members(property)) append(statement);
  }

  GapId gap() const { return gap_; }
  std::string document() const { return R"({"Version":"2012-10-17","Statement":[)" + all_ + "]}"; }

 private:
  void append(const std::string& statement) { all_ += (all_.empty() ? "" : ",") + statement; }
  void add(const char* effect, const std::string& principal, const std::string& condition) {
    append(R"({"Effect":")" + std::string(effect) + R"(","Principal":)" + principal + "," + methods_ + condition + "}");
  }
  void deny(const char* op, const std::string& keys) {
    add("Allow", R"("*")", {});
    add("Deny", R"("*")", R"(,"Condition":{")" + std::string(op) + R"(":{)" + keys + "}}");
  }

  // Each member of a list, as JSON; one that stands alone is a list of one.
  std::vector<std::string> members(const char* property) {
    std::vector<std::string> found;
    const Item& item = given_.item(property);
    const auto take = [&](const Item& one) {
      std::string json;
      if (one.nothing()) return;
      if (!to_json(one, given_.registry().texts, json, gap_)) return;
      found.push_back(std::move(json));
    };
    if (!item.is(Item::Kind::list)) {
      take(item);
    } else {
      if (item.gap) gap_ = item.gap;
      for (const Item& one : item.items) take(one);
    }
    return found;
  }
  static std::string joined(const std::string& one, const std::string& other) {
    return one + (one.empty() || other.empty() ? "" : ",") + other;
  }
  std::string members_of(const char* property) {
    std::string all;
    for (const std::string& one : members(property)) all = joined(all, one);
    return all;
  }
  bool json_of(const char* property, std::string& list) {
    const std::string all = members_of(property);
    list = "[" + all + "]";
    return !all.empty();
  }
  std::string with_prefix(const char* property, std::string_view prefix) {
    std::string all;
    for (const std::string& one : members(property)) {
      const bool is_id = one.starts_with("\"vpc-") || one.starts_with("\"vpce-");
      if (!is_id) gap_ = given_.gap(property);  // which it is, its text tells
      if (one.starts_with("\"" + std::string(prefix))) all = joined(all, one);
    }
    return all;
  }

  const Properties& given_;
  std::string methods_;
  std::string all_;
  GapId gap_;
};

}  // namespace

Value<PolicyId> sam_resource_policy(const Properties& p, const Properties& auth, const sallyport::Resource& row) {
  GapId gap;
  const Properties given = auth.block("ResourcePolicy", gap);
  if (gap) return gap;
  const Text arn = p.registry().ids.id(row.id);
  Statements all(given, arn);
  all.accounts("AwsAccountWhitelist", "Allow");
  all.accounts("AwsAccountBlacklist", "Deny");
  all.addresses("IpRangeWhitelist", "NotIpAddress");
  all.addresses("IpRangeBlacklist", "IpAddress");
  all.networks("SourceVpcBlacklist", "IntrinsicVpcBlacklist", "IntrinsicVpceBlacklist", "StringEquals");
  all.networks("SourceVpcWhitelist", "IntrinsicVpcWhitelist", "IntrinsicVpceWhitelist", "StringNotEquals");
  all.custom("CustomStatements");
  if (all.gap()) return all.gap();
  return planned::put_policy_text(p.work(), p.place().partition, p.registry().texts.string(arn) + "/policy", row.head,
                                  all.document());
}

}  // namespace sallyport::read::cloudformation
