#include "show/page.h"

#include <fmt/format.h>

#include "guard/ledger.h"
#include "show/text.h"

namespace sallyport::show {

std::string Page::id(Ref object) const { return object ? utf8(cloud_.id(object)) : std::string(); }

std::string Page::name(Ref object) const {
  const Head* head = object ? guard::head(cloud_, object) : nullptr;
  return head == nullptr ? std::string() : utf8(cloud_.view(head->name));
}

std::string Page::object(Ref object) const {
  const std::string name = clean(this->name(object));
  const std::string id = clean(this->id(object));
  if (name.empty() || name == id) return id;
  // Neither an ARN nor a symbol helps people who know the name.
  const bool readable =
      !id.starts_with("arn:") && !cloud_.registry().texts.has_symbol(cloud_.registry().ids.id(object));
  return readable ? fmt::format("{} ({})", id, name) : name;
}

std::string short_name(const net::Label& label) { return clean(label.name.empty() ? label.id : label.name); }

std::string with_kind(const net::Label& label) {
  const std::string name = short_name(label);
  if (label.kind.empty() || label.kind == name || label.kind == "address" || label.kind == "host") return name;
  return fmt::format("{} ({})", name, label.kind);
}

std::string protocol_name(std::int16_t protocol) {
  switch (protocol) {
    case tcp: return "tcp";
    case udp: return "udp";
    case icmp: return "icmp";
    case icmpv6: return "icmpv6";
    default: return std::to_string(protocol);
  }
}

bool has_ports(std::int16_t protocol) { return protocol == tcp || protocol == udp; }

std::string protocol_and_port(std::int16_t protocol, std::uint16_t port) {
  return has_ports(protocol) ? fmt::format("{} {}", protocol_name(protocol), port) : protocol_name(protocol);
}

void gaps_member(JsonWriter& json, Page& page, const std::vector<GapId>& gaps) {
  if (gaps.empty()) return;
  json.member_array("gaps", [&] {
    for (const GapId id : gaps) {
      const Gap& gap = page.cloud().registry().gaps[id];
      json.object([&] {
        json.member("kind", name(gap.kind));
        json.member("what", gap.what);
        json.member_if("remedy", gap.remedy);
        json.member_if("origin", page.place(gap.origin));
      });
    }
  });
}

void print_lacks(std::string& out, Page& page, std::string_view what, const std::vector<GapId>& gaps) {
  constexpr std::size_t most = 5;
  if (gaps.empty()) return;
  out += fmt::format("{} {}\n", page.paint(Ink::yellow, "not complete:"), what);
  for (std::size_t i = 0; i < gaps.size() && i < most; ++i) {
    const Gap& gap = page.cloud().registry().gaps[gaps[i]];
    out +=
        fmt::format("  {}{}\n", clean(gap.what), gap.remedy.empty() ? "" : fmt::format(" (`{}`)", clean(gap.remedy)));
  }
  if (gaps.size() > most) out += fmt::format("  and {} more\n", gaps.size() - most);
}

void print_gaps(std::string& out, Page& page, const std::vector<GapId>& gaps, std::size_t indent) {
  for (const GapId id : gaps) {
    const Gap& gap = page.cloud().registry().gaps[id];
    out += fmt::format("{:{}}{} {}\n", "", indent, page.paint(Ink::yellow, "not known:"), clean(gap.what));
    if (!gap.remedy.empty()) out += fmt::format("{:{}}settle it: {}\n", "", indent, clean(gap.remedy));
    if (gap.origin) {
      const std::string place = fmt::format("at {}", clean(page.place(gap.origin)));
      out += fmt::format("{:{}}{}\n", "", indent + 11, page.paint(Ink::dim, place));
    }
  }
}

}  // namespace sallyport::show
