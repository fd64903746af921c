// How long a document may be, and which characters IAM takes.
//
// Sources: IAM User Guide, reference_iam-quotas (white space does not count there);
// Organizations User Guide, orgs_reference_limits; PrivateLink guide, vpc-endpoints-access
// (white space counts); for resources the service's own page.
#include <algorithm>
#include <array>

#include "iam/lint/work.h"

namespace sallyport::iam::lint {
namespace {

struct Limit {
  const char* service;
  std::size_t most;
  const char* what;
};

// Services whose page gives a number, all white space counted.
constexpr std::array resource_limits = {
    Limit{"s3", 20 * 1024, "a bucket policy"},
    Limit{"kms", 32 * 1024, "a key policy"},
};

void too_long(Work& work, std::size_t size, std::size_t most, const std::string& what) {
  if (size <= most) return;
  work.found(
      "too-large", 0,
      "the document has " + std::to_string(size) + " characters, and " + what + " at most " + std::to_string(most));
}

void check_characters(Work& work) {
  if (!work.for_identities() && work.use() != PolicyUse::trust) return;
  if (work.use() == PolicyUse::scp) return;
  const PolicySource& source = work.source();
  // UTF-8 from U+0100 on begins with a byte from C4 on.
  const auto beyond = [](const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte >= 0xC4 || byte == 0x7F || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r');
    });
  };
  for (Index i = 0; i < source.values.size(); ++i) {
    if (!beyond(source[i].text) && !beyond(source[i].name)) continue;
    work.found("odd-character", i, "IAM takes characters up to U+00FF only in a policy document");
    return;  // the first one tells
  }
}

}  // namespace

void check_size(Work& work) {
  if (work.accepted()) return;
  const PolicySource& source = work.source();
  switch (work.use()) {
    case PolicyUse::identity:
      too_long(work, source.characters_but_space, 10240, "an inline policy of a role, the longest there is, may have");
      if (source.characters_but_space > 6144 && source.characters_but_space <= 10240) {
        work.found("not-managed", 0,
                   "the document has " + std::to_string(source.characters_but_space) +
                       " characters without white space: a managed policy has at most 6144, the inline policies of a "
                       "user 2048, of a group 5120, of a role 10240");
      }
      break;
    case PolicyUse::boundary: too_long(work, source.characters_but_space, 6144, "a managed policy may have"); break;
    case PolicyUse::session: too_long(work, source.characters, 2048, "a session policy may have"); break;
    case PolicyUse::scp:
    case PolicyUse::rcp:
      // The console leaves out blanks, the API counts them.
      too_long(work, source.characters_but_space, 5120, std::string(with_article(work.use())) + " may have");
      if (source.characters > 5120 && source.characters_but_space <= 5120) {
        work.found("blanks-count", 0,
                   "the document has " + std::to_string(source.characters) + " characters, " +
                       std::to_string(source.characters_but_space) +
                       " without blanks; at most 5120 are taken, and only the console leaves blanks out");
      }
      break;
    case PolicyUse::endpoint:
    case PolicyUse::gateway_endpoint: too_long(work, source.characters, 20480, "an endpoint policy may have"); break;
    case PolicyUse::trust:
      if (source.characters_but_space > 2048) {
        work.found("trust-quota", 0,
                   "the document has " + std::to_string(source.characters_but_space) +
                       " characters without white space: more than 2048 needs a raised quota");
      }
      break;
    case PolicyUse::resource:
      for (const Limit& limit : resource_limits) {
        if (work.service() == limit.service)
          too_long(work, source.characters, limit.most, std::string(limit.what) + " may have");
      }
      break;
  }
  check_characters(work);
}

}  // namespace sallyport::iam::lint
