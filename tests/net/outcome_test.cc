#include "net/outcome.h"

#include <gtest/gtest.h>

namespace sallyport::net {
namespace {

constexpr May priv = Verdict::private_;
constexpr May pub = Verdict::public_;
constexpr May blocked = Verdict::blocked;

Outcome outcome(May may) {
  Outcome o;
  o.may = may;
  o.trail.doubts.push_back(GapId(1));
  return o;
}

Answer of(std::initializer_list<May> alternatives) {
  Outcomes all;
  for (const May m : alternatives) all.push_back(outcome(m));
  return unite(std::move(all));
}

TEST(Unite, PublicWinsOverEverything) {
  EXPECT_EQ(of({priv, pub, blocked}).verdict, Verdict::public_);
  EXPECT_EQ(of({pub, priv | blocked}).verdict, Verdict::public_);
}

TEST(Unite, UnknownWinsOverPrivate) {
  const Answer a = of({priv, pub | blocked});
  EXPECT_EQ(a.verdict, Verdict::unknown);
  EXPECT_EQ(a.may, pub | priv);
  EXPECT_EQ(a.gaps.size(), 1u);
}

TEST(Unite, PrivateIsDegradedByABlockedAlternative) {
  EXPECT_TRUE(of({priv, blocked}).degraded);
  EXPECT_FALSE(of({priv, priv}).degraded);
  EXPECT_EQ(of({priv, blocked}).verdict, Verdict::private_);
}

TEST(Unite, BlockedOnlyIfAllAre) { EXPECT_EQ(of({blocked, blocked}).verdict, Verdict::blocked); }

TEST(Unite, SaysWhatAnUnknownMayBe) {
  EXPECT_EQ(of({priv | blocked}).may, priv | blocked);
  EXPECT_EQ(of({priv | blocked, blocked}).may, priv | blocked);
  EXPECT_EQ(of({priv | blocked, priv}).may, priv) << "in each case some alternative gets through privately";
  EXPECT_EQ(of({May::anything(), priv}).may, pub | priv);
}

// Every set of up to three alternatives against all their completions.
TEST(Unite, MayIsExactlyWhatCompletionsGive) {
  const Verdict verdicts[] = {Verdict::private_, Verdict::public_, Verdict::blocked};
  std::vector<May> sets;
  for (int bits = 1; bits < 8; ++bits) {
    May m;
    for (int i = 0; i < 3; ++i) {
      if (bits >> i & 1) m = m | verdicts[i];
    }
    sets.push_back(m);
  }
  const auto completed = [&](May a, May b, May c) {
    May result;
    for (const Verdict x : verdicts) {
      for (const Verdict y : verdicts) {
        for (const Verdict z : verdicts) {
          if (!a.has(x) || !b.has(y) || !c.has(z)) continue;
          const May all = May(x) | May(y) | May(z);
          result = result | (all.has(Verdict::public_) ? pub : all.has(Verdict::private_) ? priv : blocked);
        }
      }
    }
    return result;
  };
  for (const May a : sets) {
    for (const May b : sets) {
      for (const May c : sets) {
        const Answer answer = of({a, b, c});
        if (answer.verdict == Verdict::unknown) {
          ASSERT_EQ(answer.may, completed(a, b, c));
        } else {
          ASSERT_EQ(completed(a, b, c), May(answer.verdict));
        }
      }
    }
  }
}

TEST(Either, IsDecidedWhereAllAgree) {
  EXPECT_EQ(verdict_of(either({outcome(priv), outcome(priv)}).may), Verdict::private_);
  EXPECT_EQ(either({outcome(priv), outcome(blocked)}).may, priv | blocked);
}

TEST(Door, TheEndpointNamesTheFlow) {
  const Door nat{DoorKind::nat_gateway, {}};
  const Door igw{DoorKind::internet_gateway, {}};
  const Door peering{DoorKind::peering, {}};
  const Door endpoint{DoorKind::interface_endpoint, {}};
  EXPECT_EQ(naming_door({nat, igw}), nat);
  EXPECT_EQ(naming_door({peering, endpoint}), endpoint);
  EXPECT_EQ(naming_door({peering}), peering);
}

}  // namespace
}  // namespace sallyport::net
