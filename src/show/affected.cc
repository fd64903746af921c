#include "show/affected.h"

#include <fmt/format.h>

#include "show/page.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

void end_json(JsonWriter& json, const char* key, const net::Label& label) {
  json.member_object(key, [&] {
    json.member("id", label.id);
    json.member("name", label.name);
    json.member("kind", label.kind);
  });
}

}  // namespace

void affected_member(JsonWriter& json, const guard::Affected& affected) {
  json.member_object("affected", [&] {
    json.member("count", affected.count);
    json.member_array("samples", [&] {
      for (const guard::Sample& sample : affected.samples) {
        json.object([&] {
          end_json(json, "from", sample.from);
          end_json(json, "to", sample.to);
          json.member("detail", sample.detail);
        });
      }
    });
  });
}

std::string sample_text(const guard::Sample& sample) {
  std::string text = short_name(sample.from);
  const std::string to = short_name(sample.to);
  if (!to.empty()) text += (text.empty() ? "" : " -> ") + to;
  if (!sample.detail.empty()) text += ": " + clean(sample.detail);
  return text;
}

void print_affected(std::string& out, const guard::Affected& affected, std::size_t indent) {
  for (const guard::Sample& sample : affected.samples) {
    out += fmt::format("{:{}}{}\n", "", indent, sample_text(sample));
  }
  if (affected.count > affected.samples.size() && !affected.samples.empty()) {
    out += fmt::format("{:{}}and {} more\n", "", indent, affected.count - affected.samples.size());
  }
}

}  // namespace sallyport::show
