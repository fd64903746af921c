#include "read/planned/transit.h"

#include <algorithm>

namespace sallyport::read::planned {
namespace {

// `a` and `b`, where each may be unknown.
Value<bool> both(const Value<bool>& a, const Value<bool>& b) {
  if (a.known() && b.known()) return *a && *b;
  if ((a.known() && !*a) || (b.known() && !*b)) return false;
  return a.known() ? b.gap() : a.gap();
}

template <class Row>
Row bare(Work& work, decltype(Row::id) id, const Head& head) {
  Row row;
  row.id = id;
  row.head = head;
  row.head.name = work.text(show_symbols(work.registry.id(id)));
  return row;
}

// A gateway that the input does not make: what it does by default is not known.
TransitDefaults defaults_of(Work& work, const Value<TransitGatewayId>& gateway) {
  if (gateway.known()) {
    const auto found = work.transit_defaults.find(*gateway);
    if (found != work.transit_defaults.end()) return found->second;
  }
  const GapId gap = gateway.known() ? beside(work) : gateway.gap();
  TransitDefaults unknown;
  unknown.associates = unknown.propagates = gap;
  unknown.silent = gap;
  return unknown;
}

Value<State> state_of(Work& work, const TransitDefaults& defaults, const TransitAttachment& row) {
  if (!defaults.silent && defaults.account == row.head.account) return State::working;
  return later(work, "whether `" + show_symbols(work.registry.id(row.id)) + "` is accepted", row.head.origin);
}

}  // namespace

void attach(Work& work, TransitAttachment row, bool is_new, const UsesDefaults& uses) {
  const TransitDefaults defaults = defaults_of(work, row.gateway);
  row.peer = TransitAttachmentId();
  row.state = is_new ? state_of(work, defaults, row) : Value<State>(beside(work));
  const Value<bool> associated = both(defaults.associates, uses.association);
  if (!associated.known()) {
    row.table = associated.gap();
  } else {
    row.table = *associated ? defaults.table : TransitTableId();
  }
  if (!is_new) row.table = beside(work);
  const Value<bool> propagated = both(defaults.propagates, uses.propagation);
  if (propagated.known() && *propagated) {
    if (TransitTable* table = work.row(work.change.put.transit_tables, defaults.table)) propagate(*table, row.id, {});
  } else if (!propagated.known() && is_new) {
    open_tables_of(work, row.gateway, row.head.region, propagated.gap());
  } else if (!propagated.known()) {  // the base's tables show it
    for (TransitTable& table : work.change.put.transit_tables) {
      if (!table.gateway.known() || !row.gateway.known() || *table.gateway == *row.gateway) {
        propagate(table, row.id, propagated.gap());
      }
    }
  }
  work.put(work.change.put.transit_attachments, std::move(row));
}

void open_tables_of(Work& work, const Value<TransitGatewayId>& gateway, Text region, GapId gap) {
  const auto may_be_of = [&](const TransitTable& table) {
    if (gateway.known() && table.gateway.known()) return *table.gateway == *gateway;
    return table.head.region == region;
  };
  auto& all = work.change.put.transit_tables;
  for (const TransitTable& below : work.base->transit_tables) {
    if (may_be_of(below)) work.row_or_base(all, work.base->transit_tables, below.id);
  }
  for (TransitTable& table : all) {
    if (may_be_of(table)) propagate(table, {}, gap);
  }
}

void doubt_vpn_gateways(Work& work, Text region, GapId gap) {
  for (const VpnGateway& below : work.base->vpn_gateways) {
    if (below.head.region != region) continue;
    VpnGateway* row = work.row_or_base(work.change.put.vpn_gateways, work.base->vpn_gateways, below.id);
    row->connected = gap;
    row->listed = true;
  }
}

TransitTable& transit_table_of(Work& work, TransitTableId id, const Head& head) {
  auto& all = work.change.put.transit_tables;
  if (TransitTable* row = work.row_or_base(all, work.base->transit_tables, id)) return *row;
  auto row = bare<TransitTable>(work, id, head);
  row.gateway = beside(work);
  row.routes.open = row.propagations.open = beside(work);
  return work.put(all, std::move(row));
}

TransitAttachment& attachment_of(Work& work, TransitAttachmentId id, const Head& head) {
  auto& all = work.change.put.transit_attachments;
  if (TransitAttachment* row = work.row_or_base(all, work.base->transit_attachments, id)) return *row;
  auto row = bare<TransitAttachment>(work, id, head);
  const GapId gap = beside(work);
  row.kind = gap, row.state = gap, row.gateway = gap, row.table = gap, row.peer = gap, row.vpc = gap;
  row.subnets.open = gap;
  row.appliance_mode = row.ipv6 = row.group_referencing = row.dns_support = gap;
  return work.put(all, std::move(row));
}

void propagate(TransitTable& table, TransitAttachmentId attachment, GapId gap) {
  auto& list = table.propagations;
  if (gap) {
    list.open = gap;
  } else if (std::find(list.begin(), list.end(), attachment) == list.end()) {
    list.items.push_back(attachment);
  }
  // What is propagated is derived anew once all is read (model/derive.h).
  if (table.shows_propagated) std::erase_if(table.routes.items, [](const TransitRoute& r) { return r.propagated; });
  table.shows_propagated = false;
}

}  // namespace sallyport::read::planned
