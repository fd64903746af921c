// Data sources of a configuration: what its plan has read of them is told to the mocked apply, so that nothing
// that chooses by them chooses otherwise.
#pragma once

#include <string>
#include <vector>

#include "read/json/tree.h"

namespace sallyport::resolve {

struct ReadData {
  std::string address;  // `module.vpc.data.aws_region.current[0]`
  std::string values;   // an object, as Terraform's language writes it
};

// What the plan has read (its prior state), by address.
std::vector<ReadData> read_data(read::json::Node plan);

// Does it ask for nothing of one's own, so that a marked answer may stand in where the plan has none?
bool is_harmless(std::string_view type);

// Why the configuration of the plan must not be applied with mocks: a data source that is read only when it is applied,
// whose answer a mock would make up. Empty: there is none.
std::string refusal_of_data(read::json::Node plan);

// The same of a mocked apply (`values` of its state): a data source that `told` does not answer. Empty: there is none.
std::string refusal_of_made_up(read::json::Node values, const std::vector<ReadData>& told);

// `override_data` blocks of a test file for them.
std::string overrides(const std::vector<ReadData>& told);

}  // namespace sallyport::resolve
