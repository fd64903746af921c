// The engine against the independent judge on 100,000 made-up requests: the same
// decision, and the same word of every layer of which both speak.
//
// A difference is printed as the smallest line of `authorize` that shows it. With
// SALLYPORT_DUMP_CASES=FOLDER it is also written as FOLDER/found-<seed>-<number>/, a case of the suite
// with the judge's answer as its expectation: to be checked against the documents,
// corrected if it is the judge who is wrong, and kept. SALLYPORT_REQUESTS asks as many a seed
// (100000: a million in all), SALLYPORT_FIRST_SEED=N begins with the seed after N.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "iam_judge/engine.h"
#include "iam_judge/shrink.h"
#include "library/iam/generate.h"

namespace sallyport {
namespace {

using Json = nlohmann::json;

#if defined(__SANITIZE_ADDRESS__) || defined(__has_feature)
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr int requests_per_seed = 1'000;  // the judge is slow; sanitizers look for other faults
#else
constexpr int requests_per_seed = 10'000;
#endif
#else
constexpr int requests_per_seed = 10'000;
#endif

void dump(const std::string& folder, std::uint64_t seed, int number, const Json& line, const std::string& what) {
  const std::filesystem::path place =
      std::filesystem::path(folder) / ("found-" + std::to_string(seed) + "-" + std::to_string(number));
  std::filesystem::create_directories(place);
  std::ofstream(place / "request.json") << line.dump(2) << "\n";
  std::ofstream(place / "expect.yaml") << "why: \"" << what << "\"\nexpect:\n  - authorize: {file: request.json}\n"
                                       << "    decision: " << naive::iam::authorize(line).decision << "\n";
}

// A number from the environment, for longer and other runs than the suite's.
int wanted(const char* name, int usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::atoi(text);
}

class Differential : public testing::TestWithParam<int> {};

TEST_P(Differential, EngineAndJudgeAgree) {
  const std::uint64_t seed = static_cast<std::uint64_t>(GetParam() + wanted("SALLYPORT_FIRST_SEED", 0));
  const int requests_asked = wanted("SALLYPORT_REQUESTS", requests_per_seed);
  const char* folder = std::getenv("SALLYPORT_DUMP_CASES");
  generate::iam::Requests requests(seed);
  std::map<std::string, int> decisions;
  int different = 0;
  for (int i = 0; i < requests_asked; ++i) {
    Json line = requests.next();
    const naive::iam::Answer judge = naive::iam::authorize(line);
    ++decisions[judge.decision];
    const std::string what = difference(judge, engine_answer(line));
    if (what.empty()) continue;
    line = shrink(
        line, [&](const Json& less) { return difference(naive::iam::authorize(less), engine_answer(less)) == what; });
    if (folder != nullptr) dump(folder, seed, i, line, what);
    if (++different <= 5) ADD_FAILURE() << what << "\n" << line.dump();
  }
  EXPECT_EQ(different, 0);
  EXPECT_GE(decisions["allowed"], requests_asked * 15 / 100);
  EXPECT_GE(decisions["denied"], requests_asked * 30 / 100);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Differential, testing::Range(1, 11));

}  // namespace
}  // namespace sallyport
