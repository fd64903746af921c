// Page: what answers are shown against: the cloud whose ids they hold, the places
// of its documents, and the colours. Made once an answer, for one thread.
#pragma once

#include <string>

#include "base/places.h"
#include "model/cloud.h"
#include "net/target.h"
#include "show/json_writer.h"
#include "show/style.h"

namespace sallyport::show {

class Page {
 public:
  // `cloud` must outlive it.
  explicit Page(const Cloud& cloud, Style style = {})
      : cloud_(cloud), style_(style), places_(cloud.registry().documents) {}

  const Cloud& cloud() const { return cloud_; }
  const Style& style() const { return style_; }
  std::string paint(Ink ink, std::string_view text) const { return style_.paint(ink, text); }

  std::string id(Ref object) const;    // empty for none
  std::string name(Ref object) const;  // empty where it has none, or is not in the input
  // "vpce-0b7 (s3)", "vpce-0b7" without a name, "lf6c" instead of an ARN or of
  // an id that does not exist yet, empty for none. For a terminal.
  std::string object(Ref object) const;

  // `file:line`, empty for no origin.
  std::string place(Origin origin) { return places_.show(origin); }
  Places& places() { return places_; }

 private:
  const Cloud& cloud_;
  Style style_;
  Places places_;
};

// "alpha5", the id where there is no name. For a terminal.
std::string short_name(const net::Label& label);
// "s3delta (bucket)": with the kind, unless the name says it.
std::string with_kind(const net::Label& label);

// "tcp", "udp", "icmp", "icmpv6", else the number.
std::string protocol_name(std::int16_t protocol);
bool has_ports(std::int16_t protocol);
// "tcp 443", "icmp".
std::string protocol_and_port(std::int16_t protocol, std::uint16_t port);

// `"gaps": [{"kind", "what", "remedy"}]`, left out where there are none.
void gaps_member(JsonWriter& json, Page& page, const std::vector<GapId>& gaps);
// "these lists may lack ...", for people: the first few gaps in a line each.
void print_lacks(std::string& out, Page& page, std::string_view what, const std::vector<GapId>& gaps);

// "not known: ..." and "settle it: ..." lines, indented.
void print_gaps(std::string& out, Page& page, const std::vector<GapId>& gaps, std::size_t indent);

}  // namespace sallyport::show
