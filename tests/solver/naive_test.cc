// The two judges against each other: what the solver finds, the naive judge confirms; what the
// solver says cannot be, no request at hand shows.
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "library/iam/alone.h"
#include "library/iam/alphabet.h"
#include "library/iam/related.h"
#include "library/solver/solver.h"

namespace sallyport {
namespace {

using naive::iam::Asked;
using naive::iam::Kleene;
using naive::iam::PolicyKind;
using solver::Answer;

#if defined(__SANITIZE_ADDRESS__)
constexpr int pairs_per_seed = 5;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr int pairs_per_seed = 5;  // solvers are slow under sanitizers, and not ours
#else
constexpr int pairs_per_seed = 30;
#endif
#else
constexpr int pairs_per_seed = 30;
#endif

// A request over the small alphabets of the pairs.
Asked request(generate::Random& random) {
  using generate::iam::Texts;
  static const Texts actions = {"s3:getobject",    "s3:putobject",    "s3:listbucket",
                                "sqs:sendmessage", "s3:getobjectacl", "ec2:x"};
  static const Texts resources = {"*",
                                  "arn:aws:s3:::b",
                                  "arn:aws:s3:::b/x",
                                  "arn:aws:s3:::b/ay",
                                  "arn:aws:s3:::bc/x",
                                  "arn:aws:s3:::b/*",
                                  "arn:aws:sqs:eu-west-1:111122223333:q",
                                  "arn:aws:sqs:eu-west-1:111122223333:p"};
  static const Texts callers = {"anonymous",
                                "sns.amazonaws.com",
                                "arn:aws:iam::111122223333:user/ann",
                                "arn:aws:iam::111122223333:role/app",
                                "arn:aws:sts::111122223333:assumed-role/app/s1",
                                "arn:aws:iam::444455556666:user/ann",
                                "arn:aws:iam::777788889999:root"};
  static const std::vector<std::pair<const char*, Texts>> keys = {
      {"aws:SourceVpce", {"vpce-1", "vpce-2", "vpce-12", "other"}},
      {"aws:PrincipalTag/team", {"red", "Red", "blue", "r", ""}},
      {"aws:SourceIp", {"10.1.2.3", "10.200.0.1", "11.0.0.1", "2001:db8::1"}},
      {"aws:SecureTransport", {"true", "false"}},
      {"s3:max-keys", {"10", "7.5", "50", "1000"}},
      {"aws:CurrentTime", {"2025-01-01", "1767225600", "2026-03-01T00:00:00Z", "2026-06-01"}},
      {"aws:SourceArn", {"arn:aws:s3:::b", "arn:aws:sns:eu-west-1:111122223333:topic", "x"}},
      {"aws:RequestTag/cost", {"red", "blue", "green"}},
      {"aws:username", {"red", "ann"}}};
  Asked asked{random.one_of(callers), random.one_of(actions), random.one_of(resources), {}};
  for (const auto& [key, values] : keys) {
    if (random.chance(70)) asked.context.push_back({key, {random.one_of(values)}});
  }
  static const Texts tags = {"team", "cost", "env", "tx"};
  if (random.chance(70)) {
    std::vector<std::string> some;
    while (random.chance(60)) some.push_back(random.one_of(tags));
    asked.context.emplace_back("aws:TagKeys", some);
  }
  return asked;
}

class Judges : public testing::TestWithParam<int> {};

TEST_P(Judges, Agree) {
  if (!solver::available()) GTEST_SKIP() << "built without z3";
  generate::iam::Pairs pairs(static_cast<std::uint64_t>(GetParam()));
  generate::Random random(generate::Random(static_cast<std::uint64_t>(GetParam()) + 1'000).next());
  std::map<std::string, int> relations, reasons;
  for (int i = 0; i < pairs_per_seed; ++i) {
    const generate::iam::Pair pair = pairs.next();
    const PolicyKind kind = pair.resource ? PolicyKind::resource : PolicyKind::identity;
    const solver::Verdict verdict = solver::compare(
        pair.older, pair.newer, pair.resource ? solver::Place::resource : solver::Place::identity, 1'000);
    ++relations[solver::relation(verdict)];
    const auto judge = [&](const Asked& asked) {
      return std::pair{allows_alone(pair.older, kind, asked), allows_alone(pair.newer, kind, asked)};
    };
    const std::string said = pair.edits + "\nolder " + pair.older.dump() + "\nnewer " + pair.newer.dump();
    for (const bool more : {true, false}) {
      const solver::Direction& direction = more ? verdict.more : verdict.less;
      if (!direction.why.empty()) ++reasons[direction.why];
      if (!direction.witness) continue;
      const solver::Request& w = *direction.witness;
      const auto [older, newer] = judge({w.principal, w.action, w.resource, w.context});
      EXPECT_EQ(more ? newer : older, Kleene::yes) << w.principal << " " << w.action << " " << w.resource << "\n"
                                                   << said;
      EXPECT_EQ(more ? older : newer, Kleene::no) << w.principal << " " << w.action << " " << w.resource << "\n"
                                                  << said;
    }
    for (int n = 0; n < 300; ++n) {
      const Asked asked = request(random);
      const auto [older, newer] = judge(asked);
      if (older == newer || older == Kleene::unknown || newer == Kleene::unknown) continue;
      const Answer answer = newer == Kleene::yes ? verdict.more.answer : verdict.less.answer;
      EXPECT_NE(answer, Answer::no) << asked.principal << " " << asked.action << " " << asked.resource << "\n" << said;
      EXPECT_NE(answer, Answer::open) << asked.principal << " " << asked.action << " " << asked.resource << "\n"
                                      << said;
    }
  }
  for (const auto& [relation, count] : relations) std::cout << relation << " " << count << "  ";
  for (const auto& [reason, count] : reasons) std::cout << "(" << reason << ": " << count << ") ";
  std::cout << "\n";
  EXPECT_LE(relations["skipped"], pairs_per_seed / 4);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Judges, testing::Range(1, 9));

}  // namespace
}  // namespace sallyport
