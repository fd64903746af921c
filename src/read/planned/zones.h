// Zones and records of Route 53 as plans and templates write them (DN-7..9).
#pragma once

#include <string>

#include "read/planned/work.h"

namespace sallyport::read::planned {

// Lower case, no final dot, `\052` decoded: how names are compared. Symbols in it stay as
// they are.
std::string plain_domain(std::string_view written);

// Adds a record; one under a name or type that is not known may be any, so that the zone's
// list is open. `no_name` is the gap of a name, `no_value` that of a value, with a symbol in it.
struct WrittenRecord {
  Value<Text> name, type;
  List<Text> values;
  Value<Text> alias;  // empty: a plain record
  GapId no_name, no_value, no_alias;
};
void add_record(Work& work, HostedZone& zone, const WrittenRecord& written);

// A rule for names that nobody shows, in the VPC, or in any where that is not known: what it resolves is in doubt.
void put_unseen_rule(Work& work, ResolverRuleId id, Head head, const Value<VpcId>& vpc, GapId gap);

}  // namespace sallyport::read::planned
