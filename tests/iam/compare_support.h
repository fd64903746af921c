// Short ways to compare documents in tests, and to ask the engine for one request.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "iam/decide.h"
#include "iam/sets/compare.h"
#include "read/policy/policy.h"

namespace sallyport::iam::sets {

// Everything else allows: the caller's own policies, the session, and the resource in
// another account. So the answer is that of the one document.
inline Outcome concrete(const PolicyDocument& document, PolicyType type, const Witness& request, Registry& registry) {
  Diagnostics diagnostics;
  const auto everything = [&](const char* principal) {
    return read::read_policy_text(R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", )" +
                                      std::string(principal) + R"("Resource": "*"}]})",
                                  {}, "all", registry, diagnostics);
  };
  const CompiledPolicy policy(document, type, "p", registry);
  const CompiledPolicy own(everything(""), PolicyType::identity, "own", registry);
  const CompiledPolicy open(everything(R"("Principal": "*", )"), PolicyType::resource, "open", registry);
  const std::vector<const CompiledPolicy*> tested{&policy}, allow{&own}, opened{&open};
  const bool names = type == PolicyType::resource;
  Layers layers;
  layers.identity = {names ? allow : tested, {}};
  layers.resource = {names ? tested : opened, {}};
  layers.session = PolicySet{allow, {}};
  Context context;
  for (const auto& [key, values] : request.context) context.set(key, values);
  const std::string who = request.principal.empty() ? "arn:aws:iam::111122223333:user/ana" : request.principal;
  const auto principal = parse_principal(who);
  EXPECT_TRUE(principal) << who;
  if (!principal) return Outcome::unknown;
  return Engine(registry.gaps)
      .outcome({*principal, request.action, request.resource, "444455556666", &context}, layers);
}

inline std::string show(const Witness& w) {
  std::string text = w.principal + " " + w.action + " " + w.resource;
  for (const auto& [key, values] : w.context) {
    text += " " + key + "=[";
    for (const std::string& value : values) text += value + ",";
    text += "]";
  }
  return text;
}

// Each witness must be what it says: asked of the engine.
inline void confirm(const Comparison& comparison, const PolicyDocument& older, const PolicyDocument& newer,
                    PolicyType type, Registry& registry) {
  if (comparison.more) {
    EXPECT_EQ(concrete(newer, type, *comparison.more, registry), Outcome::allowed) << show(*comparison.more);
    EXPECT_EQ(concrete(older, type, *comparison.more, registry), Outcome::denied) << show(*comparison.more);
  }
  if (comparison.less) {
    EXPECT_EQ(concrete(older, type, *comparison.less, registry), Outcome::allowed) << show(*comparison.less);
    EXPECT_EQ(concrete(newer, type, *comparison.less, registry), Outcome::denied) << show(*comparison.less);
  }
  const Relation r = comparison.relation;
  if (r != Relation::unknown) {
    EXPECT_EQ(comparison.more.has_value(), r == Relation::more || r == Relation::incomparable);
    EXPECT_EQ(comparison.less.has_value(), r == Relation::less || r == Relation::incomparable);
  }
  EXPECT_EQ(r == Relation::unknown, !comparison.gaps.empty());
}

// Two documents given by their statements.
struct Pair {
  Registry registry;
  Diagnostics diagnostics;
  Comparison last;

  PolicyDocument document(std::string_view statements, const char* version = "2012-10-17") {
    return read::read_policy_text(
        "{\"Version\": \"" + std::string(version) + "\", \"Statement\": [" + std::string(statements) + "]}", {}, "p",
        registry, diagnostics);
  }
  std::string relation(const PolicyDocument& older, const PolicyDocument& newer,
                       PolicyType type = PolicyType::identity) {
    const auto compared = compare(older, newer, type, registry);
    if (!compared) return "error";
    last = *compared;
    confirm(last, older, newer, type, registry);
    const auto back = compare(newer, older, type, registry);
    const Relation turned = back->relation == Relation::more   ? Relation::less
                            : back->relation == Relation::less ? Relation::more
                                                               : back->relation;
    EXPECT_EQ(name(turned), std::string(name(last.relation))) << "the other way round";
    return name(last.relation);
  }
  std::string statements(std::string_view older, std::string_view newer, PolicyType type = PolicyType::identity) {
    return relation(document(older), document(newer), type);
  }
  // Documents whose only statement allows all under a condition.
  std::string conditions(std::string_view older, std::string_view newer) {
    const auto under = [](std::string_view condition) {
      return R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": )" + std::string(condition) + "}";
    };
    return statements(under(older), under(newer));
  }
  std::string actions(std::string_view older, std::string_view newer) {
    const auto of = [](std::string_view list) {
      return R"({"Effect": "Allow", "Resource": "*", )" + std::string(list) + "}";
    };
    return statements(of(older), of(newer));
  }
  std::string resources(std::string_view older, std::string_view newer) {
    const auto of = [](std::string_view list) {
      return R"({"Effect": "Allow", "Action": "*", )" + std::string(list) + "}";
    };
    return statements(of(older), of(newer));
  }
  std::string principals(std::string_view older, std::string_view newer) {
    const auto of = [](std::string_view element) {
      return R"({"Effect": "Allow", "Action": "*", "Resource": "*", )" + std::string(element) + "}";
    };
    return statements(of(older), of(newer), PolicyType::resource);
  }
};

}  // namespace sallyport::iam::sets
