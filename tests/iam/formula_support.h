// Random layers whose conditions the caller may fulfil or not: three keys of a few values.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "library/net/random.h"
#include "support.h"

namespace sallyport::iam {

using generate::Random;

inline constexpr std::array keys = {"app:k0", "app:k1", "app:k2"};
inline constexpr std::array values = {"", "a", "b", "x"};  // the empty one: absent

inline std::string condition(Random& random) {
  const std::string key = random.one_of(keys);
  switch (random.below(6)) {
    case 0: return R"("Null": {")" + key + R"(": ")" + (random.chance(50) ? "true" : "false") + R"("})";
    case 1: return R"("StringNotEquals": {")" + key + R"(": "a"})";
    case 2: return R"("StringEqualsIfExists": {")" + key + R"(": "b"})";
    case 3: return R"("StringNotLike": {")" + key + R"(": ["a", "x*"]})";
    case 4: return R"("StringEquals": {")" + key + R"(": "${app:k1}"})";
    default: return R"("StringEquals": {")" + key + R"(": ["a", "x"]})";
  }
}

inline std::string statement(Random& random, PolicyType type) {
  std::string s = R"({"Effect": ")" + std::string(random.chance(70) ? "Allow" : "Deny") + R"(", "Action": "*")";
  if (type == PolicyType::resource || type == PolicyType::endpoint) {
    constexpr std::array who = {
        "\"*\"", R"({"AWS": "111122223333"})", R"({"AWS": "arn:aws:iam::111122223333:user/ana"})",
        R"({"AWS": "arn:aws:iam::111122223333:role/app"})", R"({"Service": "sns.amazonaws.com"})"};
    s += R"(, "Principal": )" + std::string(type == PolicyType::endpoint ? who[0] : random.one_of(who));
  }
  switch (random.below(6)) {
    case 0: s += R"(, "Resource": "arn:aws:s3:::b/${app:k0}")"; break;
    case 1: s += R"(, "NotResource": ["arn:aws:s3:::b/${app:k0,'a'}", "arn:aws:s3:::c"])"; break;
    default: s += R"(, "Resource": "*")";
  }
  if (random.chance(70)) s += R"(, "Condition": {)" + condition(random) + "}";
  return s + "}";
}

inline PolicySet some(Scene& scene, Random& random, PolicyType type, int percent_open) {
  std::string all;
  for (std::size_t i = 0, n = 1 + random.below(3); i < n; ++i) {
    // Most layers have to allow somehow, or nothing is ever conditional.
    const bool open = random.chance(percent_open);
    const std::string one = open ? (type == PolicyType::endpoint
                                        ? R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})"
                                        : std::string(allow_all))
                                 : statement(random, type);
    all += (all.empty() ? "" : ", ") + one;
  }
  return scene.statements(type, all);
}

// Layers, a caller and a resource; the keys are left open.
inline void fill(Scene& scene, std::uint64_t seed) {
  Random random(seed);
  scene.resource = random.chance(50) ? "arn:aws:s3:::b/a" : "arn:aws:kms:eu-central-1:111122223333:key/k";
  if (scene.resource.starts_with("arn:aws:kms")) scene.action = "kms:Decrypt";
  constexpr std::array who = {"arn:aws:iam::111122223333:user/ana",
                              "arn:aws:iam::111122223333:role/app",
                              "arn:aws:iam::111122223333:root",
                              "arn:aws:iam::444455556666:user/eve",
                              "sns.amazonaws.com",
                              "anonymous"};
  scene.principal = random.one_of(who);
  scene.layers.identity = some(scene, random, PolicyType::identity, 20);
  if (random.chance(70)) scene.layers.resource = some(scene, random, PolicyType::resource, 0);
  if (random.chance(30)) scene.layers.boundary = some(scene, random, PolicyType::boundary, 40);
  if (random.chance(20)) scene.layers.session = some(scene, random, PolicyType::session, 40);
  if (random.chance(40)) {
    scene.layers.endpoint =
        EndpointLayer{EndpointPolicyKind::interface, some(scene, random, PolicyType::endpoint, 40), Truth::yes, {}};
  }
  if (random.chance(40)) {
    std::vector<PolicySet> levels;
    for (std::size_t i = 0, n = 1 + random.below(3); i < n; ++i) {
      levels.push_back(some(scene, random, PolicyType::scp, 60));
    }
    scene.layers.scp = scene.levels(std::move(levels));
  }
  for (const char* key : keys) scene.context.set_open(key);
}

// The caller's choice of that number, of `choices`.
inline constexpr std::size_t choices = values.size() * values.size() * values.size();
inline void choose(Context& context, std::size_t choice) {
  for (const char* key : keys) {
    const std::string v = values[choice % values.size()];
    choice /= values.size();
    v.empty() ? context.set_absent(key) : context.set(key, v);
  }
}

}  // namespace sallyport::iam
