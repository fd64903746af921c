// TG-2: a VPC attachment that is propagated into a table puts the blocks of its VPC
// there. AWS's search shows these routes; a plan, or a search for static routes, does not.
#include <algorithm>
#include <map>
#include <string>

#include "model/derive.h"
#include "model/later.h"

namespace sallyport {
namespace {

template <class Row, class Id>
const Row* find(const std::vector<Row>& put, const Rows<Row>& base, Id id) {
  const auto it = std::find_if(put.begin(), put.end(), [&](const Row& row) { return row.id == id; });
  return it != put.end() ? &*it : base.find(id);
}

class Propagation {
 public:
  Propagation(const Cloud& base, const Change& change) : base_(base), change_(change), registry_(*change.registry) {}

  void complete(TransitTable& table) {
    if (table.propagations.open && !table.routes.open) table.routes.open = table.propagations.open;
    own_.clear();
    for (const TransitAttachmentId id : table.propagations) add(table, id);
    table.shows_propagated = true;
  }

 private:
  void add(TransitTable& table, TransitAttachmentId id) {
    const auto open = [&](GapId gap) {
      if (!table.routes.open) table.routes.open = gap;
    };
    const auto unknown = [&](GapKind kind, std::string what, const char* remedy) {
      open(registry_.gaps.add({kind, std::move(what), remedy, table.head.origin}));
    };
    const TransitAttachment* attachment = find(change_.put.transit_attachments, base_->transit_attachments, id);
    if (attachment == nullptr) {
      return unknown(GapKind::not_collected,
                     "what `" + registry_.texts.string(registry_.ids.id(id)) + "` propagates is not in the input",
                     listing_command(Kind::transit_attachment));
    }
    if (!attachment->kind.known()) return open(attachment->kind.gap());
    if (*attachment->kind != AttachmentKind::vpc) {
      return unknown(GapKind::not_collected,
                     "the routes that `" + registry_.texts.string(registry_.ids.id(id)) + "` propagates are not shown",
                     "aws ec2 search-transit-gateway-routes");
    }
    if (!attachment->vpc.known()) return open(attachment->vpc.gap());
    const Vpc* vpc = find(change_.put.vpcs, base_->vpcs, *attachment->vpc);
    if (vpc == nullptr) {
      return unknown(GapKind::not_collected,
                     "the blocks of `" + registry_.texts.string(registry_.ids.id(*attachment->vpc)) +
                         "`, which are propagated, are not in the input",
                     listing_command(Kind::vpc));
    }
    if (vpc->cidrs.open) open(vpc->cidrs.open);
    for (const Value<Prefix>& block : vpc->cidrs) {
      if (!block.known()) {
        open(block.gap());
      } else if (is_later(*block)) {
        if (!attachment->ipv6.known() || *attachment->ipv6) open(later());
      } else if (block->family() == Family::v4 || !attachment->ipv6.known() || *attachment->ipv6) {
        add(table, *attachment, *block);
      }
    }
  }

  GapId later() {
    return registry_.gaps.add({GapKind::known_after_apply, "which IPv6 blocks Amazon will assign is known after apply",
                               "apply the plan and collect what it made"});
  }

  void add(TransitTable& table, const TransitAttachment& attachment, const Prefix& block) {
    TransitRoute route;
    route.destination = block;
    route.attachments.push_back(attachment.id);
    route.propagated = true;
    route.blackhole = false;
    route.place = attachment.head.origin;
    if (block.family() == Family::v6 && !attachment.ipv6.known()) route.gap = attachment.ipv6.gap();
    // TG-7: of two VPCs whose blocks overlap the one that came second is not propagated.
    for (auto& [other, position] : own_) {
      if (!other.overlaps(block)) continue;
      route.gap = registry_.gaps.add({GapKind::undocumented,
                                      "of VPCs with overlapping blocks only one is propagated into `" +
                                          registry_.texts.string(registry_.ids.id(table.id)) + "`",
                                      "aws ec2 search-transit-gateway-routes", table.head.origin});
      TransitRoute& first = table.routes.items[position];
      if (first.attachments != route.attachments) first.gap = route.gap;
    }
    own_.emplace_back(block, table.routes.size());
    table.routes.items.push_back(std::move(route));
  }

  const Cloud& base_;
  const Change& change_;
  Registry& registry_;
  std::vector<std::pair<Prefix, std::size_t>> own_;  // what this adds, by place among the routes
};

}  // namespace

void derive_transit_routes(const Cloud& base, Change& change) {
  Propagation propagation(base, change);
  for (TransitTable& table : change.put.transit_tables) {
    if (!table.shows_propagated) propagation.complete(table);
  }
}

}  // namespace sallyport
