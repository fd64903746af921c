// Any bytes as a policy, in every layer, against a few requests: no crash, no hang,
// and the same answer with and without explanation.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "iam/decide.h"
#include "read/policy/policy.h"

namespace {

using namespace sallyport;

void try_request(const iam::Engine& engine, const iam::Layers& layers, const char* principal, const char* action,
                 const char* resource, const iam::Context& context) {
  const auto parsed = iam::parse_principal(principal);
  if (!parsed) std::abort();
  const iam::Request request{*parsed, action, resource, "", &context};
  const iam::Decision decision = engine.decide(request, layers);
  if (decision.outcome != engine.outcome(request, layers)) std::abort();
  // `unknown` without a reason would leave people with nothing to do.
  if (decision.outcome == iam::Outcome::unknown && decision.gaps.empty()) std::abort();
  if (decision.outcome == iam::Outcome::conditional) std::abort();  // no key is open
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 20'000) return 0;
  Registry registry;
  Diagnostics diagnostics;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const PolicyDocument document = read::read_policy_text(text, {}, "p", registry, diagnostics);
  const iam::Engine engine(registry.gaps);
  iam::Context context;
  context.set("aws:SourceVpce", "vpce-1");
  context.set("aws:SourceIp", "203.0.113.7");
  context.set("aws:TagKeys", std::vector<std::string>{"a", "b"});
  context.set("aws:username", "ana");
  context.set("aws:CurrentTime", "2026-01-01T00:00:00Z");
  for (const iam::PolicyType type :
       {iam::PolicyType::identity, iam::PolicyType::resource, iam::PolicyType::endpoint, iam::PolicyType::scp,
        iam::PolicyType::rcp, iam::PolicyType::boundary, iam::PolicyType::session}) {
    const iam::CompiledPolicy policy(document, type, "p", registry);
    const std::vector<const iam::CompiledPolicy*> list = {&policy};
    const iam::PolicySet set{list, {}};
    const std::vector<iam::PolicySet> levels = {set};
    iam::Layers layers;
    switch (type) {
      case iam::PolicyType::identity: layers.identity = set; break;
      case iam::PolicyType::resource:
        layers.resource = set;
        layers.restrict_public_buckets = Truth::yes;
        break;
      case iam::PolicyType::endpoint: layers.endpoint.emplace().policy = set; break;
      case iam::PolicyType::scp: layers.scp = {levels, {}}; break;
      case iam::PolicyType::rcp: layers.rcp = {levels, {}}; break;
      case iam::PolicyType::boundary: layers.boundary = set; break;
      case iam::PolicyType::session: layers.session = set; break;
    }
    try_request(engine, layers, "arn:aws:iam::111122223333:user/ana", "s3:GetObject", "arn:aws:s3:::b/x", context);
    try_request(engine, layers, "arn:aws:sts::111122223333:assumed-role/app/s", "sqs:SendMessage",
                "arn:aws:sqs:eu-west-1:111122223333:q", context);
    try_request(engine, layers, "anonymous", "s3:GetObject", "arn:aws:s3:::b/x", context);
    try_request(engine, layers, "lambda.amazonaws.com", "sts:AssumeRole", "arn:aws:iam::111122223333:role/app",
                context);
  }
  return 0;
}
