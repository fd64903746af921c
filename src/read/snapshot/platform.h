// What the readers of platform workloads share: a row begun, places, roles, claims.
#pragma once

#include "read/snapshot/answer.h"

namespace sallyport::read::snapshot {

// A row with its id, owner and Region, as its ARN has them. Every attribute that must be
// told is unknown until the reader sets it.
PlatformWorkload begin_workload(const Answer& answer, Kind what, std::string_view arn, std::string_view name,
                                Node node);

// `arn:PARTITION:SERVICE:REGION:ACCOUNT:` + rest, for what its answer does not name so.
std::string made_arn(const Answer& answer, std::string_view service, std::string_view rest);

// A list of ids, of strings or of objects that hold one under `member`.
template <class T>
void read_id_list(const Answer& answer, Node list, const char* member, std::string_view about, List<T>& ids) {
  for (const Node item : list.items()) {
    const Node id = member == nullptr ? item : item[member];
    if (const T object = answer.id<T>(id)) {
      ids.items.push_back(object);
    } else {
      ids.open = answer.lacking(about, member == nullptr ? "an id" : member, id);
    }
  }
}

// The role of that ARN, none where the member is missing or empty.
Value<RoleId> role_or_none(const Answer& answer, Node arn);
// The role of that ARN, or of that name in the same account; missing is unknown.
Value<RoleId> role_of(const Answer& answer, Node arn, std::string_view about);

// One of `good` is working, one of `bad` is not; anything else is not known.
Value<State> state_of(const Answer& answer, Node word, std::string_view about, std::initializer_list<const char*> good,
                      std::initializer_list<const char*> bad);

std::uint16_t port_or(Node node, std::uint16_t otherwise);

// Lower case, without scheme, port and path.
Text host_of(const Answer& answer, std::string_view url);

// An interface of the row, as its answer names it.
void claim_interface(const Answer& answer, const PlatformWorkload& row, Node id);
// An interface that carries this description, which names the workload.
void claim_described(const Answer& answer, const PlatformWorkload& row, std::string description);
// An interface with this description, which all of its kind carry, in one of the row's
// subnets (and in that zone) with exactly its groups: its own where no other can be meant.
void claim_alike(const Answer& answer, const PlatformWorkload& row, std::string_view description, Text zone);
// An interface with this private address in the VPC.
void claim_address(const Answer& answer, const PlatformWorkload& row, VpcId vpc, Node address);

// What a list names and another answer has to describe.
void name_only(Answer& answer, Kind what, std::string arn, std::string_view name, std::string remedy, Node node);

}  // namespace sallyport::read::snapshot
