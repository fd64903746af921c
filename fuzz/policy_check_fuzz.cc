// Any bytes as a file with policies, checked for every use: no crash, no hang, and
// every finding has a place inside the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "iam/lint/lint.h"
#include "read/policy/find.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sallyport;
  if (size > 20'000) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto count = read::each_policy(bytes, 1, [&](const read::FoundPolicy& policy) {
    for (const PolicyUse use :
         {PolicyUse::identity, PolicyUse::resource, PolicyUse::endpoint, PolicyUse::gateway_endpoint, PolicyUse::scp,
          PolicyUse::rcp, PolicyUse::boundary, PolicyUse::session, PolicyUse::trust}) {
      for (const char* service : {"", "s3", "kms", "sts"}) {
        const auto report = iam::lint::check({.source = policy.source, .use = use, .service = service});
        for (const auto& finding : report.findings) {
          if (finding.code == nullptr || finding.message.empty() || finding.origin.offset > size) std::abort();
        }
      }
    }
  });
  if (!count && count.error().message.empty()) std::abort();
  return 0;
}
