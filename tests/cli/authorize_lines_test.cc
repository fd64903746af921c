// authorize_lines: the same bytes on any number of threads, however the input comes;
// what lines repeat is answered as if it stood there for the first time.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "cli/authorize.h"
#include "cli/authorize_worker.h"

namespace sallyport::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Answered {
  std::string out;
  std::string said;
  AuthorizeCounts counts;
};

// `step`: bytes that one read gives at most.
Answered answer(const std::string& text, std::size_t threads, std::size_t step = std::string::npos) {
  Answered a;
  std::size_t at = 0;
  const ReadBytes read = [&](char* to, std::size_t room) {
    const std::size_t n = std::min({room, step, text.size() - at});
    std::memcpy(to, text.data() + at, n);
    at += n;
    return n;
  };
  a.counts = authorize_lines(
      read, "f", threads, [&](std::string_view out) { a.out += out; }, [&](std::string_view said) { a.said += said; });
  return a;
}

std::string request(int n, const std::string& policies) {
  return R"({"id": )" + std::to_string(n) +
         R"(, "request": {"principal": "arn:aws:iam::111122223333:role/app", "action": "s3:GetObject", "resource": )"
         R"("arn:aws:s3:::b/x", "resourceAccount": "111122223333", "context": {"aws:SourceVpce": "vpce-1"}}, )" +
         policies + "}\n";
}

std::string identity(const std::string& action) {
  return R"("identityPolicies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ")" + action +
         R"(", "Resource": "arn:aws:s3:*:b/x"}, {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::c"}]}])";
}

std::string many_lines() {
  std::string text;
  for (int n = 0; n < 900; ++n) {
    switch (n % 9) {
      case 0: text += request(n, R"("identityPolicies": "unknown")"); break;
      case 1: text += "{\"id\": " + std::to_string(n) + ", \"request\": \n"; break;
      case 2: text += "\n"; break;
      case 3: text += request(n, R"("identityPolicies": [{"Statement": [{"Effect": "Allow", "Oops": 1}]}])"); break;
      case 4:
        text += request(n, R"("endpointPolicy": {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "x*"},)"
                           R"( "Action": "x", "Resource": "arn:aws:s3:*:b/x"}]})");
        break;
      default: text += request(n, identity(n % 2 == 0 ? "s3:Get*" : "s3:Get" + std::to_string(n)));
    }
  }
  return text;
}

TEST(AuthorizeLines, SameBytesOnAnyNumberOfThreadsAndInAnyPieces) {
  const std::string text = many_lines();
  const Answered one = answer(text, 1);
  EXPECT_EQ(one.counts.answered, 700U);
  EXPECT_EQ(one.counts.malformed, 100U);
  EXPECT_GT(one.counts.unknown, 100U);
  EXPECT_EQ(std::count(one.out.begin(), one.out.end(), '\n'), 800);
  EXPECT_THAT(one.said, EndsWith("f: note: further messages were left out\n"));
  for (const std::size_t threads : {2U, 3U, 7U}) {
    const Answered more = answer(text, threads);
    EXPECT_EQ(more.out, one.out) << threads;
    EXPECT_EQ(more.said, one.said) << threads;
  }
  EXPECT_EQ(answer(text, 2, 1000).out, one.out);
  EXPECT_EQ(answer(text, 2, 1).out, one.out);
}

TEST(AuthorizeLines, ARepeatedPolicyIsAnsweredAsTheFirstTime) {
  const std::string odd = R"("identityPolicies": ["unknown", {"Statement": [{"Effect": "Allow", "Action": "s3:*",)"
                          R"( "Resource": "*", "Oops": 1}]}])";
  std::string text;
  for (int n = 0; n < 5; ++n) text += request(7, odd);
  const Answered a = answer(text, 1);
  std::vector<std::string> lines;
  for (std::size_t at = 0, end = 0; (end = a.out.find('\n', at)) != std::string::npos; at = end + 1) {
    lines.push_back(a.out.substr(at, end - at));
  }
  ASSERT_EQ(lines.size(), 5U);
  for (const std::string& line : lines) EXPECT_EQ(line, lines.front());
  EXPECT_THAT(lines.front(), HasSubstr(R"("policy": "identityPolicies[1]")"));
  // And so are the messages, each with its line.
  for (int n = 1; n <= 5; ++n) EXPECT_THAT(a.said, HasSubstr("f:" + std::to_string(n) + ": warning: unknown element"));
}

// More policies than are ever told apart by their beginning, each of them longer than that.
TEST(AuthorizeLines, PoliciesThatBeginAlikeAreToldApart) {
  const auto policy = [](int n) {
    std::string actions;
    for (int i = 0; i < 20; ++i) actions += R"("ec2:Describe)" + std::to_string(i) + "\", ";
    return R"("identityPolicies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [)" + actions +
           (n % 3 == 0 ? R"("s3:GetObject")" : R"("s3:PutObject")") + R"(], "Resource": "*", "Sid": ")" +
           std::to_string(n) + "\"}]}]";
  };
  std::string text;
  for (int n = 0; n < 400; ++n) text += request(n, policy(n % 40));
  const Answered all = answer(text, 1);
  std::string alone;
  for (int n = 0; n < 400; ++n) alone += answer(request(n, policy(n % 40)), 1).out;
  EXPECT_EQ(all.out, alone);
  EXPECT_EQ(all.counts.answered, 400U);
}

TEST(AuthorizeLines, ThePlaceOfAPolicyBelongsToItsAnswer) {
  const std::string document =
      R"({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]})";
  std::string text;
  for (int n = 0; n < 4; ++n) text += request(n, R"("identityPolicies": [)" + document + "]");
  for (int n = 0; n < 4; ++n) text += request(n, R"("serviceControlPolicies": [[)" + document + "]]");
  const Answered a = answer(text, 1);
  EXPECT_THAT(a.out, HasSubstr(R"("policy": "serviceControlPolicies[0][0]")"));
  EXPECT_EQ(a.counts.answered, 8U);
}

TEST(AuthorizeLines, JsonThatIsBrokenInsideAPolicyIsAMalformedLine) {
  const std::string broken = R"("identityPolicies": [{"Version": "2012-10-17", "Statement" []}])";
  const std::string unclosed = R"("identityPolicies": [{"Version": "2012-10-17", "Statement": [}])";
  const Answered a = answer(request(1, broken) + request(2, unclosed) + request(3, identity("s3:*")), 1);
  EXPECT_THAT(a.out, StartsWith(R"({"id": 1, "error": "not JSON: `:` is expected here", "line": 1})"));
  EXPECT_EQ(a.counts.malformed, 2U);
  EXPECT_EQ(a.counts.answered, 1U);
}

TEST(LineBlocks, CutsAtNewlinesAndShortensWhatIsTooLong) {
  const std::string text = "one\ntwo\n" + std::string(100, 'x') + "\nlast";
  std::size_t at = 0;
  LineBlocks blocks(
      [&](char* to, std::size_t room) {
        const std::size_t n = std::min({room, std::size_t{8}, text.size() - at});
        std::memcpy(to, text.data() + at, n);
        at += n;
        return n;
      },
      8, 20);
  EXPECT_EQ(blocks.next(), "one\ntwo\n");
  const std::string_view cut = blocks.next();
  EXPECT_GT(cut.size(), 21U);
  EXPECT_LT(cut.size(), 40U);
  EXPECT_THAT(cut, EndsWith("\n"));
  EXPECT_EQ(blocks.next(), "last");
  EXPECT_EQ(blocks.next(), "");
}

}  // namespace
}  // namespace sallyport::cli
