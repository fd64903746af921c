#include "iam/condition.h"
#include "show/decision.h"
#include "show/diagnostics.h"
#include "show/flow.h"

namespace sallyport::show {
namespace {

const char* name(iam::KeyState state) {
  switch (state) {
    case iam::KeyState::known: return "known";
    case iam::KeyState::absent: return "absent";
    case iam::KeyState::unknown: return "unknown";
    case iam::KeyState::open: return "open";
    case iam::KeyState::addresses: return "addresses";
  }
  return "unknown";
}

const char* name(access::Arrival::By by) {
  switch (by) {
    case access::Arrival::By::endpoint: return "endpoint";
    case access::Arrival::By::publicly: return "publicly";
    case access::Arrival::By::unknown: return "unknown";
  }
  return "unknown";
}

// As policies write it.
const char* name(Effect effect) { return effect == Effect::allow ? "Allow" : "Deny"; }

void layers_member(JsonWriter& json, const access::CanAnswer& answer) {
  json.member_object("layers", [&] {
    const iam::Decision* decision = answer.decision();
    if (decision == nullptr) {
      for (const std::string& layer : answer.denied_by) json.member(layer, "deny");
      return;
    }
    for (std::size_t i = 0; i < iam::layer_count; ++i) {
      const auto layer = static_cast<iam::Layer>(i);
      if (decision->say(layer) != iam::Say::absent) json.member(iam::name(layer), iam::name(decision->say(layer)));
    }
  });
}

void context_member(JsonWriter& json, const iam::Context& context) {
  json.member_object("context", [&] {
    for (const iam::Context::Entry& entry : context.entries()) {
      json.member_object(entry.name, [&] {
        json.member("state", name(entry.value.state));
        if (entry.value.state == iam::KeyState::known) json.member_texts("values", entry.value.values);
        if (entry.value.state == iam::KeyState::addresses) {
          json.member("addresses", to_string(entry.value.addresses));
          json.member("callerPicks", entry.value.by_caller);
        }
      });
    }
  });
}

void way_json(JsonWriter& json, Page& page, const access::Alternative& way) {
  json.object([&] {
    json.member("by", name(way.arrival.by));
    json.member("door", net::name(way.arrival.door.kind));
    json.member_if("endpoint", page.id(way.arrival.endpoint));
    json.member("decision", iam::name(way.decision.outcome));
    json.member("certain", way.arrival.certain);
  });
}

}  // namespace

void by_member(JsonWriter& json, Page& page, const std::vector<iam::By>& all) {
  json.member_array("by", [&] {
    for (const iam::By& by : all) {
      json.object([&] {
        json.member("layer", iam::name(by.layer));
        json.key("policy");
        by.policy == nullptr ? json.null() : json.text(by.policy->label());
        json.key("statement");
        by.policy == nullptr ? json.null() : json.number(by.statement + 1);
        json.member_if("sid", page.cloud().view(by.sid));
        // Without a policy: nothing in the layer allows.
        json.member("effect", by.policy == nullptr && by.effect == Effect::allow ? "none" : name(by.effect));
        if (by.applies != iam::Match::yes) {
          json.member("applies", by.applies == iam::Match::conditional ? "conditional" : "unknown");
        }
        json.member_if("origin", page.place(by.origin));
      });
    }
  });
}

void conditions_member(JsonWriter& json, Page& page, const std::vector<iam::OpenCondition>& conditions) {
  if (conditions.empty()) return;
  json.member_array("conditions", [&] {
    for (const iam::OpenCondition& open : conditions) {
      json.object([&] {
        json.member("layer", iam::name(open.layer));
        json.member("policy", open.policy == nullptr ? std::string() : open.policy->label());
        json.member("statement", open.statement + 1);
        json.member("effect", name(open.effect));
        json.member("condition",
                    open.condition == nullptr ? "Resource" : iam::show(*open.condition, page.cloud().registry().texts));
      });
    }
  });
}

void allowed_if_member(JsonWriter& json, const iam::sets::Conditions* conditions) {
  if (conditions == nullptr || conditions->ways.empty()) return;
  json.member_object("allowedIf", [&] {
    json.member_array("ways", [&] {
      for (const std::vector<std::string>& way : conditions->ways) {
        json.array([&] {
          for (const std::string& condition : way) json.text(condition);
        });
      }
    });
    json.member("complete", conditions->complete);
  });
}

void can_json(std::string& out, Page& page, const access::CanAnswer& answer, const Diagnostics& diagnostics) {
  JsonWriter json(out, 3);
  json.object([&] {
    json.member("schema", "sallyport/can/1");
    json.member("principal", answer.principal);
    json.member("action", answer.action);
    json.member("resource", answer.resource);
    json.member("decision", iam::name(answer.outcome));
    json.member_texts("deniedBy", answer.denied_by);
    layers_member(json, answer);
    if (const iam::Decision* decision = answer.decision()) {
      by_member(json, page, decision->by);
      allowed_if_member(json, answer.allowed_if.get());
      conditions_member(json, page, decision->conditions);
    } else {
      json.member_array("by", [] {});
    }
    if (const iam::Context* context = answer.context()) {
      context_member(json, *context);
    } else {
      json.member_object("context", [] {});
    }
    json.member_array("ways", [&] {
      for (const access::Alternative& way : answer.alternatives) way_json(json, page, way);
    });
    if (answer.path && answer.from && answer.to) {
      json.key("path");
      flow_json(json, page, {*answer.from, *answer.to, tcp, 443, &*answer.path, {}});
    }
    gaps_member(json, page, answer.gaps);
    if (!answer.assumptions.empty()) json.member_texts("assumptions", answer.assumptions);
    if (!answer.notes.empty()) json.member_texts("notes", answer.notes);
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

}  // namespace sallyport::show
