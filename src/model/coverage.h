// Coverage: what the input claims to hold in full, and what is missing.
#pragma once

#include <memory>
#include <vector>

#include "model/change.h"

namespace sallyport {

// For one kind in one account and Region: is every object in the input?
// Immutable; entries are sorted by (kind, region, account). Copies share them.
class Coverage {
 public:
  Coverage() = default;
  Coverage(RegistryPtr registry, std::vector<Collected> entries);

  // 0: all objects of that kind are in the input. Otherwise the gap that says
  // why not. An entry without account speaks for every account; an empty
  // `account` asks for all accounts seen in that Region.
  GapId missing(Kind kind, Text account, Text region) const;

  const std::vector<Collected>& entries() const { return *entries_; }
  bool shared_with(const Coverage& other) const { return entries_ == other.entries_; }

 private:
  RegistryPtr registry_;
  std::shared_ptr<const std::vector<Collected>> entries_ = std::make_shared<const std::vector<Collected>>();
};

// The read-only call that lists objects of a kind, for remedies:
// `aws ec2 describe-vpcs`. Empty for kinds that no call lists.
const char* listing_command(Kind kind);

}  // namespace sallyport
