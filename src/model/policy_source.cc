#include "model/policy_source.h"

#include <algorithm>
#include <array>

namespace sallyport {
namespace {

struct Word {
  PolicyUse use;
  const char* name;
  const char* with_article;
};

constexpr std::array words = {
    Word{PolicyUse::identity, "identity", "an identity policy"},
    Word{PolicyUse::resource, "resource", "a resource policy"},
    Word{PolicyUse::endpoint, "endpoint", "an endpoint policy"},
    Word{PolicyUse::gateway_endpoint, "gateway-endpoint", "a gateway endpoint's policy"},
    Word{PolicyUse::scp, "scp", "a service control policy"},
    Word{PolicyUse::rcp, "rcp", "a resource control policy"},
    Word{PolicyUse::boundary, "boundary", "a permissions boundary"},
    Word{PolicyUse::session, "session", "a session policy"},
    Word{PolicyUse::trust, "trust", "a role's trust policy"},
};

const Word& word(PolicyUse use) {
  return *std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.use == use; });
}

}  // namespace

const char* name(PolicyUse use) { return word(use).name; }
const char* with_article(PolicyUse use) { return word(use).with_article; }

std::optional<PolicyUse> parse_policy_use(std::string_view name) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const Word& w) { return name == w.name; });
  if (found == words.end()) return std::nullopt;
  return found->use;
}

PolicySource::Index PolicySource::member(Index i, std::string_view name) const {
  if (!is(i, Kind::object)) return 0;
  for (Index c = first(i); c < values[i].end; c = values[c].end) {
    if (values[c].name == name) return c;
  }
  return 0;
}

std::string PolicySource::pointer(Index i) const {
  std::vector<Index> way;
  for (; i != 0; i = values[i].parent) way.push_back(i);
  std::string out;
  for (auto step = way.rbegin(); step != way.rend(); ++step) {
    out += '/';
    if (is(values[*step].parent, Kind::array)) {
      out += std::to_string(values[*step].rank);
      continue;
    }
    for (const char c : values[*step].name) {
      if (c == '~') {
        out += "~0";
      } else if (c == '/') {
        out += "~1";
      } else {
        out += c;
      }
    }
  }
  return out;
}

}  // namespace sallyport
