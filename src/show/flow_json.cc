#include "show/flow.h"

namespace sallyport::show {
namespace {

using net::Verdict;

void label_members(JsonWriter& json, const net::Label& label) {
  json.member("id", label.id);
  json.member("name", label.name);
  json.member("kind", label.kind);
}

void door_json(JsonWriter& json, Page& page, const net::Door& door) {
  json.object([&] {
    json.member("kind", net::name(door.kind));
    json.member("id", page.id(door.object));
    json.member_if("name", page.name(door.object));
  });
}

void hop_json(JsonWriter& json, Page& page, const net::Hop& hop) {
  json.object([&] {
    json.member("kind", hop.kind);
    json.member("id", hop.object ? page.id(hop.object) : hop.id);
    json.member_if("name", page.name(hop.object));
    json.member("detail", hop.detail);
    json.member_if("origin", page.place(hop.place));
  });
}

}  // namespace

std::vector<std::string> may_words(const net::Answer& answer) {
  std::vector<std::string> words;
  for (const Verdict v : {Verdict::private_, Verdict::public_, Verdict::blocked}) {
    if (answer.may.has(v)) words.emplace_back(net::name(v));
  }
  return words;
}

void flow_json(JsonWriter& json, Page& page, const Flow& flow) {
  const net::Answer& answer = *flow.answer;
  json.object([&] {
    json.member_object("from", [&] {
      label_members(json, flow.from);
      json.member("account", flow.from.account);
      json.member("region", flow.from.region);
    });
    json.member_object("to", [&] {
      label_members(json, flow.to);
      json.member("service", flow.to.service);
      json.member("region", flow.to.region);
      json.member("account", flow.to.account);
    });
    json.member("protocol", protocol_name(flow.protocol));
    json.key("port");
    has_ports(flow.protocol) ? json.number(flow.port) : json.null();
    json.member("verdict", net::name(answer.verdict));
    json.member("degraded", answer.degraded);
    json.key("door");
    answer.has_door() ? door_json(json, page, answer.door) : json.null();
    json.member_array("doors", [&] {
      for (const net::Door& door : answer.doors) door_json(json, page, door);
    });
    json.member_texts("may", may_words(answer));
    json.member_object("reason", [&] {
      json.member("code", answer.reason.code);
      json.member("message", answer.reason.message);
      json.member("where", page.id(answer.reason.where));
      json.member_if("origin", page.place(answer.reason.place));
    });
    gaps_member(json, page, answer.gaps);
    if (!answer.assumptions.empty()) json.member_texts("assumptions", answer.assumptions);
    json.member_array("hops", [&] {
      for (const net::Hop& hop : answer.hops) hop_json(json, page, hop);
    });
    if (flow.members.size() > 1) {
      json.member_array("members", [&] {
        for (const Member& member : flow.members) {
          json.object([&] {
            json.member("id", member.id);
            json.member("name", member.name);
          });
        }
      });
    }
  });
}

}  // namespace sallyport::show
