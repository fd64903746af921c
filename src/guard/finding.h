// Findings: what a control says of a cloud.
//
// A control holds, is violated, or cannot be decided; "not known" is never "no
// finding". Findings are by cause, not by pair: one object that has to change, and
// all flows or accesses that hang on it. A fingerprint depends on the control, the
// cause and the object, not on lines or on the flows: it survives edits elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/gap.h"
#include "base/origin.h"
#include "model/ids.h"
#include "net/answer.h"
#include "net/target.h"

namespace sallyport::guard {

// How bad a finding is, ascending. `--fail-on` compares with it.
enum class Level : std::uint8_t { low, medium, high, critical };
const char* name(Level level);
std::optional<Level> parse_level(std::string_view text);  // nullopt: none of the four

enum class Outcome : std::uint8_t { holds, violated, unknown };
const char* name(Outcome outcome);  // "holds", "violated", "unknown"

// A flow or an access that hangs on a cause.
struct Sample {
  net::Label from;
  net::Label to;
  std::string detail;  // "public through nat-gateway nat-1", "s3:GetObject: allowed"
  friend bool operator==(const Sample&, const Sample&) = default;
  friend auto operator<=>(const Sample&, const Sample&) = default;
};

// How many hang on it, and the first of them in order.
struct Affected {
  std::size_t count = 0;
  std::vector<Sample> samples;
};

// The object at fault, as answers show it.
struct Culprit {
  Ref object;
  std::string kind;  // a Kind's name
  std::string id;
  std::string name;
  std::string account;
  std::string region;
  Origin place;
};

struct Finding {
  const char* control = "";
  Level level = Level::low;
  const char* cause = "";  // a stable word: "no-endpoint", "table-not-associated" ...
  Culprit at;
  std::string about;    // what tells findings of one cause and object apart: a service, a subnet; may be empty
  std::string message;  // for people
  std::string repair;   // the line that repairs it; may be empty
  Affected affected;
  std::string fingerprint;  // 16 hex digits
  // Suppressed by the settings: shown on demand, fails nothing.
  bool suppressed = false;
  std::string suppressed_because;
};

// What keeps a control from being decided.
struct Open {
  GapId gap;
  Affected affected;
};

struct ControlResult {
  const char* control = "";
  Level level = Level::low;
  Outcome outcome = Outcome::holds;
  std::size_t examined = 0;       // flows, accesses or objects that it looked at
  std::vector<Finding> findings;  // worst first, then by object
  std::vector<Open> open;         // most affected first
};

// The hex text that identifies a finding. `object` is the id as the input has it.
std::string fingerprint(std::string_view control, std::string_view cause, Kind kind, std::string_view scope,
                        std::string_view object, std::string_view about);

}  // namespace sallyport::guard
