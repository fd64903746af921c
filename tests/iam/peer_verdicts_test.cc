// The verdicts of a peer (IAMSpy's own tests): decided answers must be the same.
//
// The peer asks whether *some* context allows, so keys that it is not given are open
// here and `conditional` counts as its yes; with its `strict` they are absent. It also
// reads `"Principal": "arn:..."`, which AWS's grammar does not have: there we answer
// `unknown`.
#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "read/json/parse.h"
#include "support.h"

namespace sallyport::iam {
namespace {

using read::json::Node;
using read::json::Tree;

struct Peer {
  std::filesystem::path folder;
  Scene scene;
  std::deque<Tree> trees;

  Node load(std::string_view name) {
    std::ifstream in(folder / std::string(name), std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    auto tree = read::json::parse(out.str());
    EXPECT_TRUE(tree) << name;
    return trees.emplace_back(*std::move(tree)).root();
  }

  const CompiledPolicy* compile(Node document, PolicyType type) {
    const PolicyDocument read = read::read_policy(document, "p", scene.registry, scene.diagnostics);
    return &scene.policies.emplace_back(read, type, "p", scene.registry);
  }
  PolicySet set(std::vector<const CompiledPolicy*> list) { return {scene.lists.emplace_back(std::move(list)), {}}; }

  Node managed(Node details, std::string_view arn) {
    for (const Node policy : details["Policies"].items()) {
      if (policy["Arn"].text() != arn) continue;
      for (const Node version : policy["PolicyVersionList"].items()) {
        if (version["IsDefaultVersion"].boolean().value_or(false)) return version["Document"];
      }
    }
    ADD_FAILURE() << "no policy " << arn;
    return {};
  }

  void identity(Node details, std::string_view arn) {
    for (const char* list : {"UserDetailList", "RoleDetailList"}) {
      for (const Node one : details[list].items()) {
        if (one["Arn"].text() != arn) continue;
        std::vector<const CompiledPolicy*> policies;
        for (const char* inlined : {"UserPolicyList", "RolePolicyList"}) {
          for (const Node p : one[inlined].items())
            policies.push_back(compile(p["PolicyDocument"], PolicyType::identity));
        }
        for (const Node p : one["AttachedManagedPolicies"].items()) {
          policies.push_back(compile(managed(details, p["PolicyArn"].text()), PolicyType::identity));
        }
        scene.layers.identity = set(std::move(policies));
        if (const Node boundary = one["PermissionsBoundary"]["PermissionsBoundaryArn"]) {
          scene.layers.boundary = set({compile(managed(details, boundary.text()), PolicyType::boundary)});
        }
      }
    }
  }

  // The levels from the root down to the account.
  bool levels(Node node, std::string_view account, std::vector<PolicySet>& path) {
    std::vector<const CompiledPolicy*> policies;
    for (const Node p : node["Policies"].items()) policies.push_back(compile(p["Content"], PolicyType::scp));
    path.push_back(set(std::move(policies)));
    if (node["Id"].text() == account) return true;
    for (const Node child : node["Children"].items()) {
      if (levels(child, account, path)) return true;
    }
    path.pop_back();
    return false;
  }
};

TEST(PeerVerdicts, OfIamSpyAreTheSameWhereWeDecide) {
  const char* corpora = std::getenv("SALLYPORT_CORPORA");
  const std::filesystem::path folder =
      corpora == nullptr ? std::filesystem::path() : std::filesystem::path(corpora) / "policies/iamspy-tests";
  if (!std::filesystem::exists(folder / "cases.json")) GTEST_SKIP() << "no corpora: set SALLYPORT_CORPORA";
  Peer index{folder, {}, {}};
  std::size_t asked = 0;
  std::size_t undecided = 0;
  for (const Node test : index.load("cases.json").items()) {
    if (test["test"].text() != "test_can_i") continue;
    const Node files = test["case"].at(0);
    const Node question = test["case"].at(1);
    const bool expected = test["case"].at(2).boolean().value_or(false);
    Peer peer{folder / "tests/files", {}, {}};
    Scene& scene = peer.scene;
    scene.principal = question.at(0).text();
    scene.action = question.at(1).text();
    scene.resource = question.at(2).text();
    const std::string account(parse_principal(scene.principal)->account);
    scene.account = split_arn(scene.resource).account().empty() ? account : "";
    if (!question.at(5).boolean().value_or(false)) scene.context.set_others_open();
    for (const Node pair : question.at(3).items()) {
      const std::string_view text = pair.text();
      scene.context.set(text.substr(0, text.find('=')), std::string(text.substr(text.find('=') + 1)));
    }
    for (const Node name : files["gaads"].items()) peer.identity(peer.load(name.text()), scene.principal);
    for (const Node name : files["resources"].items()) {
      for (const Node resource : peer.load(name.text()).items()) {
        if (resource["Resource"].text() != scene.resource) continue;
        scene.account = resource["Account"].text();
        scene.layers.resource = peer.set({peer.compile(resource["Policy"], PolicyType::resource)});
      }
    }
    for (const Node name : files["scps"].items()) {
      const Node root = peer.load(name.text());
      std::vector<PolicySet> path;
      if (peer.levels(root, account, path)) scene.layers.scp = scene.levels(std::move(path));
      scene.layers.management_account = split_arn(root["Arn"].text()).account();
    }
    ++asked;
    switch (scene.outcome()) {
      case Outcome::allowed: EXPECT_TRUE(expected) << asked; break;
      case Outcome::denied: EXPECT_FALSE(expected) << asked; break;
      case Outcome::conditional: EXPECT_TRUE(expected) << asked; break;
      case Outcome::unknown: ++undecided; break;
    }
  }
  std::cout << asked << " verdicts of the peer, " << undecided << " of them unknown to us\n";
  EXPECT_GE(asked, 20U);
  EXPECT_LE(undecided, 3U);
}

}  // namespace
}  // namespace sallyport::iam
