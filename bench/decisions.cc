// Requests decided a second through the command `authorize`: reading included, as
// the peer reads them too.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "library/net/random.h"
#include "library/peer/peer.h"
#include "rows.h"
#include "run.h"

namespace sallyport::bench {
namespace {

// One request: a role with two policies asks for an object through an endpoint.
std::string request(int n, generate::Random& random) {
  static constexpr const char* actions[] = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"};
  static constexpr const char* effects[] = {"Allow", "Allow", "Allow", "Deny"};
  const std::string bucket = "data-" + std::to_string(random.below(20));
  const auto statement = [&](const char* effect, const std::string& action, const std::string& resource,
                             const std::string& more) {
    return std::string(R"({"Effect":")") + effect + R"(","Action":")" + action + R"(","Resource":")" + resource + "\"" +
           more + "}";
  };
  const std::string condition = R"(,"Condition":{"StringEquals":{"aws:SourceVpce":["vpce-1","vpce-2"]}})";
  std::string identity = R"({"Version":"2012-10-17","Statement":[)";
  for (int s = 0; s < 5; ++s) {
    if (s > 0) identity += ",";
    identity +=
        statement(random.one_of(effects), random.chance(50) ? "s3:Get*" : random.one_of(actions),
                  "arn:aws:s3:::data-" + std::to_string(random.below(20)) + "/*", random.chance(40) ? condition : "");
  }
  identity += "]}";
  return R"({"id":"c)" + std::to_string(n) +
         R"(","request":{"principal":"arn:aws:iam::111122223333:role/app","action":")" + random.one_of(actions) +
         R"(","resource":"arn:aws:s3:::)" + bucket +
         R"(/key","resourceAccount":"111122223333","context":{"aws:SourceVpce":["vpce-1"]}},"identityPolicies":[)" +
         identity +
         R"(],"resourcePolicy":null,"endpointPolicy":null,"serviceControlPolicies":[],"resourceControlPolicies":[]})"
         "\n";
}

}  // namespace

Row decisions(const std::string& sallyport, const std::string& source) {
  constexpr int count = 20'000;
  Row row{"decisions: requests through `authorize`", "requests/s", {}, {}, {}, {}, true, ""};
  if (!std::filesystem::exists(sallyport)) {
    row.note = "skipped: `" + sallyport + "` is not built";
    return row;
  }
  const std::string file =
      (std::filesystem::temp_directory_path() / ("sallyport-bench-" + std::to_string(getpid()) + ".jsonl")).string();
  generate::Random random(1);
  std::ofstream out(file, std::ios::binary);
  for (int n = 0; n < count; ++n) out << request(n, random);
  out.close();
  bool answered = true;
  const auto ours = [&] { answered = run({sallyport, "authorize", file}, "/dev/null") && answered; };
  ours();
  row.ours = count / median_seconds(5, ours);
  row.holds = answered;
  if (!answered) row.note = "the command failed";
  // The peer is a development tool that is not part of the checkout.
  const std::string peer = source + "/tests/peer/decide.mjs";
  if (const std::string missing = peer::missing(); !missing.empty()) {
    if (answered) row.note = "rival skipped: " + missing;
  } else {
    const double seconds =
        median_seconds(1, [&] { answered = run({peer::node(), peer, file}, "/dev/null") && answered; });
    if (answered) {
      row.rival = count / seconds;
      row.ratio = *row.ours / *row.rival;
    } else {
      row.note = "rival skipped: the peer failed";
    }
  }
  std::filesystem::remove(file);
  return row;
}

}  // namespace sallyport::bench
