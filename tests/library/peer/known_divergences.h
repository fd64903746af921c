// Where the peer is known to differ from AWS's documentation: one predicate each on
// a line of `authorize`, named by the number under which the rules list it.
//
// A predicate looks for the construct that the peer treats differently, not for the
// difference: a line that has it and is answered alike counts as agreement.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace sallyport::peer {

struct Divergence {
  const char* name;  // "DV-3"
  const char* what;
  bool (*holds)(const nlohmann::json& line);
};

const std::vector<Divergence>& known_divergences();

}  // namespace sallyport::peer
