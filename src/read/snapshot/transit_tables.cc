// Route tables of transit gateways: routes, associations, propagations (TG-1..4).
#include <algorithm>

#include "read/snapshot/families.h"

namespace sallyport::read::snapshot {
namespace {

// The file's name says which table.
TransitTableId subject(Answer& answer) {
  const auto id = answer.id<TransitTableId>(answer.subject);
  if (!id) {
    answer.say(Severity::warning, "no-subject",
               "the file's name must be the id of the transit gateway's route table (`tgw-rtb-...`)");
  }
  return id;
}

TransitRoute read_route(Answer& answer, Node node, std::string_view table) {
  TransitRoute route;
  route.place = node.origin();
  route.propagated = node["Type"].text() == "propagated";
  // A route by a list shows the block of the list that it is for.
  const std::string_view list = node["PrefixListId"].text();
  if (!list.empty() && node["DestinationCidrBlock"].text().empty()) {
    route.destination = answer.id<PrefixListId>(list);
  } else if (const Value<Prefix> p = answer.prefix(node["DestinationCidrBlock"], table); p.known()) {
    route.destination = *p;
  } else {
    route.gap = p.gap();
  }
  for (const Node attachment : node["TransitGatewayAttachments"].items()) {
    const auto id = answer.id<TransitAttachmentId>(attachment["TransitGatewayAttachmentId"]);
    if (id) {
      route.attachments.push_back(id);
    } else {
      route.gap = answer.lacking(table, "TransitGatewayAttachmentId", attachment["TransitGatewayAttachmentId"]);
    }
  }
  const std::string_view state = node["State"].text();
  if (state == "active") {
    route.blackhole = false;
    if (route.attachments.empty() && !route.gap) {
      route.gap = answer.lacking(table, "TransitGatewayAttachments", node["TransitGatewayAttachments"]);
    }
  } else if (state == "blackhole") {
    route.blackhole = true;
  } else {
    route.blackhole =
        answer.gap(GapKind::undocumented, "a route of `" + std::string(table) + "` is `" + std::string(state) + "`",
                   "collect again when it has settled", node);
  }
  return route;
}

void add_routes(Answer& answer, TransitTableId id, Node root, std::string_view table) {
  const auto [entry, is_new] = answer.work().transit.routes.try_emplace(id);
  List<TransitRoute>& list = entry->second;
  if (!is_new && list.items.empty()) list.open = {};  // an earlier refusal
  GapId open;
  for (const Node node : answer.list(root, "Routes", table, open).items()) {
    if (node["State"].text() == "deleted" || node["State"].text() == "deleting") continue;
    list.items.push_back(read_route(answer, node, table));
  }
  if (root["AdditionalRoutesAvailable"].boolean().value_or(false)) {
    open = answer.gap(GapKind::not_collected, "`" + std::string(table) + "` has more routes than one search gives",
                      "search by parts of the address space (`route-search.subnet-of-match`)", root);
  }
  if (open) list.open = open;
}

void add_propagations(Answer& answer, TransitTableId id, Node root, std::string_view table) {
  List<TransitAttachmentId>& list = answer.work().transit.propagations[id];
  for (const Node node : answer.list(root, "TransitGatewayRouteTablePropagations", table, list.open).items()) {
    const std::string_view state = node["State"].text();
    if (state == "disabled" || state == "disabling") continue;
    const auto attachment = answer.id<TransitAttachmentId>(node["TransitGatewayAttachmentId"]);
    if (attachment && (state == "enabled" || state.empty())) {
      list.items.push_back(attachment);
    } else {
      list.open = answer.gap(GapKind::undocumented,
                             "a propagation into `" + std::string(table) + "` is `" + std::string(state) + "`",
                             "collect again when it has settled", node);
    }
  }
  if (!answer.root()["NextToken"].absent()) {
    list.open =
        answer.gap(GapKind::not_collected, "not all propagations into `" + std::string(table) + "` were collected",
                   "aws ec2 get-transit-gateway-route-table-propagations");
  }
}

}  // namespace

void read_transit_tables(Answer& answer) {
  for (const Node node : answer.root()["TransitGatewayRouteTables"].items()) {
    const std::string_view name = node["TransitGatewayRouteTableId"].text();
    TransitTable table;
    table.id = answer.id<TransitTableId>(name);
    if (!table.id) {
      unnamed(answer, node, "TransitGatewayRouteTableId");
      continue;
    }
    if (node["State"].text() == "deleted") continue;
    table.head = answer.head(node, node["Tags"]);
    table.gateway = answer.ref<TransitGatewayId>(node, "TransitGatewayId", name);
    answer.put(answer.rows().transit_tables, std::move(table), node);
  }
}

void read_transit_routes(Answer& answer) {
  if (const TransitTableId id = subject(answer)) add_routes(answer, id, answer.root(), answer.subject);
}

void no_transit_routes(Answer& answer, bool, GapId gap) {
  const auto id = answer.id<TransitTableId>(answer.subject);
  if (!id) return;
  const auto [entry, is_new] = answer.work().transit.routes.try_emplace(id);
  if (is_new) {
    entry->second.open = gap ? gap
                             : answer.gap(GapKind::not_collected, "`" + answer.subject + "` was not found",
                                          "aws ec2 search-transit-gateway-routes");
  }
}

// The layout of some public snapshots: all tables of a Region in one file.
void read_transit_static_routes(Answer& answer) {
  for (const Node node : answer.root()["TransitGatewayStaticRoutes"].items()) {
    const std::string_view name = node["TransitGatewayRouteTableId"].text();
    const auto id = answer.id<TransitTableId>(name);
    if (!id) {
      unnamed(answer, node, "TransitGatewayRouteTableId");
      continue;
    }
    answer.work().transit.static_only.insert(id);
    add_routes(answer, id, node, name);
  }
}

void read_all_transit_propagations(Answer& answer) {
  for (const Node node : answer.root()["TransitGatewayPropagations"].items()) {
    const std::string_view name = node["TransitGatewayRouteTableId"].text();
    const auto id = answer.id<TransitTableId>(name);
    if (!id) {
      unnamed(answer, node, "TransitGatewayRouteTableId");
      continue;
    }
    add_propagations(answer, id, node, name);
  }
}

void read_transit_propagations(Answer& answer) {
  if (const TransitTableId id = subject(answer)) add_propagations(answer, id, answer.root(), answer.subject);
}

void no_transit_propagations(Answer& answer, bool, GapId gap) {
  const auto id = answer.id<TransitTableId>(answer.subject);
  if (!id || answer.work().transit.propagations.count(id) != 0) return;
  answer.work().transit.propagations[id].open =
      gap ? gap
          : answer.gap(GapKind::not_collected, "`" + answer.subject + "` was not found",
                       "aws ec2 get-transit-gateway-route-table-propagations");
}

void read_transit_associations(Answer& answer) {
  const TransitTableId id = subject(answer);
  if (!id) return;
  for (const Node node : answer.root()["Associations"].items()) {
    const auto attachment = answer.id<TransitAttachmentId>(node["TransitGatewayAttachmentId"]);
    const std::string_view state = node["State"].text();
    if (!attachment || state == "disassociated") continue;
    Value<TransitTableId>& table = answer.work().transit.associations[attachment];
    if (state == "associated" || state.empty()) {
      table = id;
    } else {
      table = answer.gap(GapKind::undocumented,
                         "an association with `" + answer.subject + "` is `" + std::string(state) + "`",
                         "collect again when it has settled", node);
    }
  }
}

void finish_transit_tables(Work& work) {
  Registry& registry = *work.registry;
  for (TransitTable& table : work.change.put.transit_tables) {
    const std::string name = registry.texts.string(registry.ids.id(table.id));
    const auto routes = work.transit.routes.find(table.id);
    if (routes != work.transit.routes.end()) {
      table.routes = routes->second;
    } else {
      table.routes.open = registry.gaps.add(
          {GapKind::not_collected, "the routes of `" + name + "` were not collected",
           "aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id " + name, table.head.origin});
    }
    const auto propagations = work.transit.propagations.find(table.id);
    if (propagations != work.transit.propagations.end()) {
      table.propagations = propagations->second;
      std::vector<TransitAttachmentId>& items = table.propagations.items;
      std::sort(items.begin(), items.end());
      items.erase(std::unique(items.begin(), items.end()), items.end());
    } else {
      table.propagations.open = registry.gaps.add(
          {GapKind::not_collected, "what is propagated into `" + name + "` was not collected",
           "aws ec2 get-transit-gateway-route-table-propagations --transit-gateway-route-table-id " + name,
           table.head.origin});
    }
    // A search shows what is propagated, unless it was asked for static routes only.
    const bool any_propagated =
        std::any_of(table.routes.begin(), table.routes.end(), [](const TransitRoute& r) { return r.propagated; });
    table.shows_propagated = any_propagated && work.transit.static_only.count(table.id) == 0;
  }
}

}  // namespace sallyport::read::snapshot
