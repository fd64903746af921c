// What is said of a statement is true of it, by the independent judge: without a statement
// that adds nothing, never applies or is always denied each request gets the same answer, and
// a policy that allows nothing allows none.
//
// The requests and policies are made up (library/iam/generate.h). So that such statements
// are frequent, a copy of one is put beside it: with a narrower action, with a further
// condition, with a contradiction, or as an unconditional Deny.
#include <map>
#include <nlohmann/json.hpp>

#include "iam_lint/support.h"
#include "library/iam/generate.h"
#include "library/iam/naive.h"

namespace sallyport::iam::lint {
namespace {

using Json = nlohmann::json;
using generate::Random;

Json& statements_of(Json& document) {
  if (document["Statement"].is_object()) document["Statement"] = Json::array({document["Statement"]});
  return document["Statement"];
}

void vary(Json& document, Random& random) {
  Json& list = statements_of(document);
  if (list.empty()) return;
  Json copy = list[static_cast<std::size_t>(random.below(list.size()))];
  const auto with = [&](const char* op, const char* key, const char* value) {
    if (!copy["Condition"].is_object()) copy["Condition"] = Json::object();
    copy["Condition"][op][key] = value;
  };
  switch (random.below(5)) {
    case 0: break;
    case 1: with("Bool", "aws:SecureTransport", "true"); break;
    case 2:
      with("StringEquals", "aws:PrincipalTag/a", "x");
      with("StringNotLike", "aws:PrincipalTag/a", "x*");
      break;
    case 3:
      if (copy.contains("Action") && copy["Action"].is_array() && copy["Action"].size() > 1) copy["Action"].erase(0);
      break;
    default:
      copy["Effect"] = "Deny";
      copy.erase("Condition");
      break;
  }
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(random.below(list.size() + 1)), copy);
}

// The documents of a line, with their layer and use.
struct Held {
  Json* document;
  PolicyUse use;
  const char* layer;
};
std::vector<Held> documents_in(Json& line) {
  std::vector<Held> out;
  const auto add = [&](Json& policy, PolicyUse use, const char* layer) {
    if (policy.is_object() && policy.contains("Statement")) out.push_back({&policy, use, layer});
  };
  const auto each = [&](const char* name, PolicyUse use, const char* layer) {
    if (!line.contains(name)) return;
    if (!line[name].is_array()) return add(line[name], use, layer);
    for (Json& item : line[name]) {
      if (!item.is_array()) {
        add(item, use, layer);
        continue;
      }
      for (Json& policy : item) add(policy, use, layer);
    }
  };
  each("identityPolicies", PolicyUse::identity, "identity-policy");
  each("resourcePolicy", PolicyUse::resource, "resource-policy");
  each("endpointPolicy", PolicyUse::endpoint, "endpoint-policy");
  each("serviceControlPolicies", PolicyUse::scp, "scp");
  each("resourceControlPolicies", PolicyUse::rcp, "rcp");
  each("permissionBoundary", PolicyUse::boundary, "boundary");
  each("sessionPolicy", PolicyUse::session, "session-policy");
  return out;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__has_feature)
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr int lines = 200;  // the judge is slow; sanitizers look for other faults
#else
constexpr int lines = 2000;
#endif
#else
constexpr int lines = 2000;
#endif

TEST(Soundness, WhatIsSaidOfAStatementIsTrueByTheJudge) {
  generate::iam::Requests requests(41);
  Random random(43);
  std::map<std::string, int> checked;
  std::map<std::string, int> decisions;
  for (int i = 0; i < lines; ++i) {
    Json line = requests.next();
    for (const Held& held : documents_in(line)) {
      if (random.below(2) == 0) vary(*held.document, random);
    }
    const naive::iam::Answer before = naive::iam::authorize(line);
    ++decisions[before.decision];
    for (const Held& held : documents_in(line)) {
      const std::string text = held.document->dump();
      const auto found = read::find_policies(text, 1);
      ASSERT_TRUE(found) << text;
      const Report report = check({.source = found->front().source, .use = held.use});
      for (const Finding& f : report.findings) {
        const std::string_view code = f.code->id;
        // Of session policies there may be several.
        if (code == "allows-nothing" && held.use != PolicyUse::session) {
          ++checked[f.code->id];
          const auto layer = before.layers.find(held.layer);
          EXPECT_FALSE(layer != before.layers.end() && layer->second == "allow") << text;
        }
        if (code != "adds-nothing" && code != "never-applies" && code != "always-denied") continue;
        ++checked[f.code->id];
        const Json whole = *held.document;
        Json& list = statements_of(*held.document);
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(f.statement - 1));
        // The judge does not see that a pattern of which AWS does not say whether it matches is the
        // same one in both statements.
        const std::string after = naive::iam::authorize(line).decision;
        EXPECT_TRUE(after == before.decision ||
                    (code == "always-denied" && before.decision == "unknown" && after == "denied"))
            << before.decision << ", without it " << after << ": " << code << " in statement " << f.statement << " ("
            << f.message << "):\n"
            << whole.dump(1) << "\n"
            << line["request"].dump();
        *held.document = whole;
      }
    }
  }
  for (const char* code : {"adds-nothing", "never-applies", "always-denied", "allows-nothing"})
    EXPECT_GT(checked[code], lines / 50) << code;
  for (const char* decision : {"allowed", "denied"}) EXPECT_GT(decisions[decision], lines / 10) << decision;
}

}  // namespace
}  // namespace sallyport::iam::lint
