// Peerings, their acceptance and options (PX, DN-13).
#include "read/planned/peering.h"
#include "read/terraform/families.h"
#include "read/terraform/owners.h"

namespace sallyport::read::terraform {
namespace {

constexpr const char* dns_option = "allow_remote_vpc_dns_resolution";

// What a block `requester` or `accepter` says of DNS; nothing where there is none. `gap`: it may be said of another
// peering.
void read_options(const Block& b, const char* attribute, PeeringSide& side, GapId gap = {}) {
  if (b.has(attribute) == Has::computed || b.has(attribute) == Has::nothing) return;
  const List<Block> blocks = b.blocks(attribute);
  if (blocks.open) side.dns_resolution = blocks.open;
  for (const Block& block : blocks) {
    if (gap || !b.resource().stays()) {
      side.dns_resolution = gap ? gap : beside(b.work());
    } else if (block.gives(dns_option)) {
      side.dns_resolution = block.flag(dns_option, false);
    }
  }
}

// The peerings that `vpc_peering_connection_id` may name, of plan and base. `f` takes each, and a gap where it is not
// known which it is.
template <class F>
void each_peering(const Block& b, F f) {
  Work& work = b.work();
  auto& all = work.change.put.peerings;
  const Value<Text> name = b.named("vpc_peering_connection_id", Kind::peering);
  if (!name.known()) {
    take_base(b, "vpc_peering_connection_id", Value<PeeringId>(name.gap()), all, work.base->peerings);
    for (Peering& row : all) f(row, name.gap());
    return;
  }
  const PeeringId id = work.registry.ids.get<PeeringId>(b.place().partition, *name);
  if (b.resource().fate == Fate::kept && work.base->peerings.find(id) != nullptr) return;
  if (Peering* row = work.row_or_base(all, work.base->peerings, id)) f(*row, GapId());
}

}  // namespace

void read_peering(const Block& b) {
  Work& work = b.work();
  const std::optional<Text> name = b.own_id();
  if (!name) return;
  Peering row;
  row.id = work.registry.ids.get<PeeringId>(b.place().partition, *name);
  if (work.stands(work.base->peerings, row.id, b.resource())) return;
  row.head = b.head();
  const auto given = [&](const char* attribute, Text otherwise) {
    if (b.has(attribute) == Has::computed) return otherwise;
    const Value<Text> text = b.text(attribute);
    if (!text.known()) row.head.gap = text.gap();
    return text.known() && !text->empty() ? *text : otherwise;
  };
  const Text owner = given("peer_owner_id", b.place().account);
  const Text region = given("peer_region", b.place().region);
  row.requester =
      planned::peering_side(work, b.named("vpc_id", Kind::vpc), b.place().account, b.place().region, row.head);
  row.accepter = planned::peering_side(work, b.named("peer_vpc_id", Kind::vpc), owner, region, row.head);
  read_options(b, "requester", row.requester);
  read_options(b, "accepter", row.accepter);
  const Value<bool> accepts = b.flag("auto_accept", false);
  const std::string_view status = b.node("accept_status").text();
  if (!status.empty()) {
    row.state = status == "active" ? State::working : State::not_working;
  } else if (accepts.known() && *accepts) {
    row.state = State::working;
  } else {
    row.state = b.gap("accept_status");  // until somebody accepts it
  }
  if (b.resource().is_new()) work.created.insert(row.id);
  work.put(work.change.put.peerings, std::move(row));
}

void read_peering_accepter(const Block& b) {
  const Value<bool> accepts = b.flag("auto_accept", false);
  const bool is_one = !accepts.known() || *accepts;
  each_peering(b, [&](Peering& row, GapId gap) {
    // What is accepted stays so, whichever is accepted here.
    const bool is_working = row.state.known() && *row.state == State::working;
    if (!b.resource().stays()) {
      row.state = beside(b.work());
    } else if (is_one && !is_working) {
      if (!gap && !accepts.known()) gap = accepts.gap();
      row.state = gap ? Value<State>(gap) : Value<State>(State::working);
    }
    read_options(b, "requester", row.requester, gap);
    read_options(b, "accepter", row.accepter, gap);
  });
}

void read_peering_options(const Block& b) {
  each_peering(b, [&](Peering& row, GapId gap) {
    read_options(b, "requester", row.requester, gap);
    read_options(b, "accepter", row.accepter, gap);
  });
}

}  // namespace sallyport::read::terraform
