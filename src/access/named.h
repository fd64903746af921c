// Named: whom policies speak of, so that strangers like these have to be asked about.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/cloud.h"

namespace sallyport::access {

// As principals of an Allow, or in conditions on who asks. Sorted, each once.
struct Named {
  std::vector<std::string> accounts;
  std::vector<std::string> principals;     // ARNs; wildcards filled in
  std::vector<std::string> organizations;  // "o-..."
  std::vector<std::string> services;       // "sns.amazonaws.com"
  std::vector<std::string> providers;      // identity providers
  bool everybody = false;                  // an Allow for `*`, or for all but some
};
// Documents that are not in the input name nobody. Cost: linear in the documents.
Named named_in(const Cloud& cloud, std::span<const PolicyId> policies);

// Some text that a pattern covers: `reports/*` gives `reports/x`.
std::string instance_of(std::string_view pattern);

}  // namespace sallyport::access
