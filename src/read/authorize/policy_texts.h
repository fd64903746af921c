// PolicyTexts: policy documents by their text, so that one which many requests repeat
// is read once.
//
// Real files of requests hold few different documents: the organization's policies and
// a role's own stand in every line. A text is kept from its second time on, so that a
// file in which all differ pays for a hash and nothing else. Texts are compared byte by
// byte; the same text in another place (`serviceControlPolicies[0][1]`) counts as another,
// because messages name the place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "model/authorize.h"
#include "model/registry.h"
#include "read/json/parse.h"

namespace sallyport::read {

// Where a document stands in a request. `member` must be a literal; -1: not in a list.
struct PolicyPlace {
  std::string_view member;   // "identityPolicies"
  int level = -1;            // of an organization, 0-based
  int index = -1;            // in the list of documents, 0-based
  std::string text() const;  // "serviceControlPolicies[0][1]"
  friend bool operator==(const PolicyPlace&, const PolicyPlace&) = default;
};

// One thread. Memory: what is kept, which `bytes` counts; whoever reads without end
// drops the whole together with the registry once it is much.
class PolicyTexts {
 public:
  explicit PolicyTexts(Registry& registry) : registry_(registry), seen_(seen_count, 0) {}

  // The document in `node`, a sealed object. Adds the diagnostics of reading it, also
  // where it was read before. A text that is not JSON gives an empty document and
  // makes the object `broken`.
  AuthorizeDocument read(json::Node node, const PolicyPlace& place, Diagnostics& diagnostics);

  // The documents that are kept, for the parser of the next line.
  const json::KnownObjects& known() const { return known_; }

  bool broken() const { return broken_; }
  void mend() { broken_ = false; }
  std::size_t bytes() const { return bytes_; }  // of the texts that are kept

 private:
  static constexpr std::size_t seen_count = 8192;

  struct Kept {
    PolicyPlace place;
    std::string text;
    std::shared_ptr<const PolicyDocument> document;
    Diagnostics diagnostics;
  };
  static AuthorizeDocument again(const Kept& kept, std::uint32_t number, Diagnostics& diagnostics);
  std::shared_ptr<const PolicyDocument> fresh(std::string_view json, const PolicyPlace& place,
                                              Diagnostics& diagnostics);

  Registry& registry_;
  json::Parser parser_;
  std::vector<std::uint64_t> seen_;  // hashes of texts that stood somewhere once
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
  std::deque<Kept> kept_;  // by number - 1
  json::KnownObjects known_;
  std::size_t bytes_ = 0;
  bool broken_ = false;
};

}  // namespace sallyport::read
