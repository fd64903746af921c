// Instances.
#include "base/wildcard.h"
#include "read/json/ahead.h"
#include "read/snapshot/arn.h"
#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

Value<State> read_state(Answer& answer, Node node, std::string_view name) {
  const std::string_view state = node["State"]["Name"].text();
  if (state == "running") return State::working;
  for (const char* still : {"pending", "stopping", "stopped"}) {
    if (state == still) return State::not_working;
  }
  return answer.lacking(name, "State", node["State"]["Name"]);
}

void read_instance(Answer& answer, Node node, Node owner) {
  const std::string_view name = node["InstanceId"].text();
  Instance row;
  row.id = answer.id<InstanceId>(name);
  if (!row.id) return unnamed(answer, node, "InstanceId");
  const std::string_view state = node["State"]["Name"].text();
  if (state == "terminated" || state == "shutting-down") return;  // AWS lists it for an hour more
  row.head = answer.head(node, node["Tags"]);
  if (!owner.scalar().empty()) row.head.account = answer.account_id(owner);
  row.state = read_state(answer, node, name);
  row.vpc = answer.ref<VpcId>(node, "VpcId", name);
  for (const Node interface : answer.list(node, "NetworkInterfaces", name, row.interfaces.open).items()) {
    if (const auto id = answer.id<InterfaceId>(interface["NetworkInterfaceId"])) {
      row.interfaces.items.push_back(id);
    } else {
      row.interfaces.open = answer.lacking(name, "NetworkInterfaceId", interface["NetworkInterfaceId"]);
    }
  }
  // AWS leaves the member out where there is no profile.
  if (const Node profile = node["IamInstanceProfile"]; !profile.absent()) {
    const std::string_view arn = profile["Arn"].text();
    if (split_arn(arn).service == "iam") {
      row.profile = answer.id_in<InstanceProfileId>(answer.text(split_arn(arn).partition), arn);
    } else {
      row.profile = answer.lacking(name, "IamInstanceProfile", profile["Arn"]);
    }
  }
  row.windows = equals_ignoring_case(node["Platform"].text(), "windows");
  answer.put(answer.rows().instances, std::move(row), node);
}

}  // namespace

void read_instances(Answer& answer) {
  json::each_item(answer.root()["Reservations"], [&](Node reservation) {
    GapId open;
    const std::string_view about = reservation["ReservationId"].text();
    for (const Node instance : answer.list(reservation, "Instances", about, open).items()) {
      read_instance(answer, instance, reservation["OwnerId"]);
    }
    if (open) cover(answer.work(), Kind::instance, answer.account, answer.region, open);
  });
}

}  // namespace sallyport::read::snapshot
