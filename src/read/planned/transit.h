// Transit gateways that do not exist yet, or get attachments that do not: what follows from
// the gateway's defaults (TG-1, TG-2).
//
// "Default association route table", "Default propagation route table": VPC User Guide for
// transit gateways, "Create a transit gateway": new attachments are associated with, and
// propagated into, the default table unless the gateway or the attachment turns that off.
#pragma once

#include "read/planned/work.h"

namespace sallyport::read::planned {

// Does an attachment use the gateway's defaults?
struct UsesDefaults {
  Value<bool> association;
  Value<bool> propagation;
};

// Puts the attachment of a VPC, with what its gateway's defaults do. Its state: that of a
// gateway of another account has to be accepted.
void attach(Work& work, TransitAttachment row, bool is_new, const UsesDefaults& uses);

// The rows; one that is in neither input nor base is a row of which only its id is known.
TransitTable& transit_table_of(Work& work, TransitTableId id, const Head& head);
TransitAttachment& attachment_of(Work& work, TransitAttachmentId id, const Head& head);

// What comes by `attachment` is propagated into the table; `gap`: perhaps.
void propagate(TransitTable& table, TransitAttachmentId attachment, GapId gap);

// Some route may come into each table of the gateway, the base's too; into any of the Region where that is not known.
void open_tables_of(Work& work, const Value<TransitGatewayId>& gateway, Text region, GapId gap);

// Whether anything works behind the base's VPN gateways of the Region is not known any more.
void doubt_vpn_gateways(Work& work, Text region, GapId gap);

}  // namespace sallyport::read::planned
