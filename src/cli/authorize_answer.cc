#include "cli/authorize_answer.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "show/json_writer.h"

namespace sallyport::cli {
namespace {

using iam::Decision;

void write_by(show::JsonWriter& json, const iam::By& by, const Registry& registry) {
  json.object([&] {
    json.member("layer", iam::name(by.layer));
    if (by.policy == nullptr) {
      json.key("policy");
      json.null();
      json.key("statement");
      json.null();
      json.member("effect", by.effect == Effect::deny ? "Deny" : "none");
      return;
    }
    json.member("policy", by.policy->label());
    json.member("statement", static_cast<std::int64_t>(by.statement) + 1);
    json.member_if("sid", registry.view(by.sid));
    json.member("effect", by.effect == Effect::deny ? "Deny" : "Allow");
    if (by.applies != iam::Match::yes) json.member("applies", "unknown");
  });
}

// In an order that does not depend on what was asked before.
std::vector<const Gap*> sorted(const std::vector<GapId>& ids, const Registry& registry) {
  std::vector<const Gap*> gaps;
  gaps.reserve(ids.size());
  for (const GapId id : ids) gaps.push_back(&registry.gaps[id]);
  std::sort(gaps.begin(), gaps.end(),
            [](const Gap* a, const Gap* b) { return std::tie(a->kind, a->what) < std::tie(b->kind, b->what); });
  return gaps;
}

}  // namespace

void append_answer(std::string& out, std::string_view id, const Decision& decision, const Registry& registry) {
  show::JsonWriter json(out, 0);
  json.object([&] {
    json.key("id");
    json.literal(id);
    json.member("decision", iam::name(decision.outcome));
    json.member_object("layers", [&] {
      for (std::size_t i = 0; i < iam::layer_count; ++i) {
        if (decision.layers[i] != iam::Say::absent) {
          json.member(iam::name(static_cast<iam::Layer>(i)), iam::name(decision.layers[i]));
        }
      }
    });
    json.member_array("by", [&] {
      for (const iam::By& by : decision.by) write_by(json, by, registry);
    });
    if (!decision.gaps.empty()) {
      json.member_array("gaps", [&] {
        for (const Gap* gap : sorted(decision.gaps, registry)) {
          json.object([&] {
            json.member("kind", name(gap->kind));
            json.member("what", gap->what);
            json.member_if("remedy", gap->remedy);
          });
        }
      });
    }
    if (!decision.notes.empty()) {
      json.member_array("notes", [&] {
        for (const std::string_view note : decision.notes) json.text(note);
      });
    }
  });
  out += '\n';
}

void append_error(std::string& out, std::string_view id, const Error& error, std::size_t line) {
  show::JsonWriter json(out, 0);
  json.object([&] {
    json.key("id");
    json.literal(id);
    json.member("error", error.message);
    json.member_if("hint", error.hint);
    json.member("line", static_cast<std::int64_t>(line));
  });
  out += '\n';
}

}  // namespace sallyport::cli
