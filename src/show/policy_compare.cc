#include "show/policy_compare.h"

#include <optional>

#include "show/diagnostics.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

using iam::sets::Comparison;
using iam::sets::Relation;
using iam::sets::Witness;

const char* sentence(Relation relation) {
  switch (relation) {
    case Relation::equivalent: return "equivalent: both allow the same requests";
    case Relation::more: return "more: the new document allows all that the old one does, and more";
    case Relation::less: return "less: the new document allows only part of what the old one does";
    case Relation::incomparable: return "incomparable: each document allows something that the other does not";
    case Relation::unknown: return "unknown: it hangs on what AWS does not say, or on what is not known";
  }
  return "";
}

Ink ink(Relation relation) {
  switch (relation) {
    case Relation::equivalent:
    case Relation::less: return Ink::green;
    case Relation::more:
    case Relation::incomparable: return Ink::red;
    case Relation::unknown: return Ink::yellow;
  }
  return Ink::plain;
}

std::string value(const std::string& text) { return text.empty() ? "\"\"" : clean(text); }

void request(std::string& out, Page& page, const std::string& title, const std::optional<Witness>& witness) {
  if (!witness) return;
  out += "\n  " + page.paint(Ink::bold, title) + "\n";
  const auto line = [&](const char* what, const std::string& text) {
    std::string label = what;
    label.resize(11, ' ');
    out += "    " + label + text + "\n";
  };
  if (!witness->principal.empty()) line("principal", clean(witness->principal));
  line("action", clean(witness->action));
  line("resource", clean(witness->resource));
  const char* label = "with";
  for (const auto& [key, values] : witness->context) {
    std::string text = clean(key) + " = ";
    for (std::size_t i = 0; i < values.size(); ++i) text += (i > 0 ? ", " : "") + value(values[i]);
    if (values.empty()) text += "(present, without a value)";
    line(label, text);
    label = "";
  }
}

void witness_member(JsonWriter& json, const char* name, const std::optional<Witness>& witness) {
  if (!witness) return;
  json.member_object(name, [&] {
    json.member_if("principal", witness->principal);
    json.member("action", witness->action);
    json.member("resource", witness->resource);
    json.member_object("context", [&] {
      for (const auto& [key, values] : witness->context) json.member_texts(key, values);
    });
  });
}

}  // namespace

const char* name(iam::PolicyType type) {
  switch (type) {
    case iam::PolicyType::identity: return "identity";
    case iam::PolicyType::resource: return "resource";
    case iam::PolicyType::endpoint: return "endpoint";
    case iam::PolicyType::scp: return "scp";
    case iam::PolicyType::rcp: return "rcp";
    case iam::PolicyType::boundary: return "boundary";
    case iam::PolicyType::session: return "session";
  }
  return "unknown";
}

void policy_compare_json(std::string& out, Page& page, const Comparison& comparison, iam::PolicyType type,
                         const Diagnostics& diagnostics) {
  JsonWriter json(out);
  json.object([&] {
    json.member("schema", "sallyport/policy-compare/1");
    json.member("type", name(type));
    json.member("relation", iam::sets::name(comparison.relation));
    json.member_object("witnesses", [&] {
      witness_member(json, "more", comparison.more);
      witness_member(json, "less", comparison.less);
    });
    gaps_member(json, page, comparison.gaps);
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

void policy_compare_text(std::string& out, Page& page, const Comparison& comparison, const ComparedFiles& files) {
  out += page.paint(ink(comparison.relation), sentence(comparison.relation)) + "\n";
  request(out, page, "allowed by " + clean(files.newer) + " alone", comparison.more);
  request(out, page, "allowed by " + clean(files.older) + " alone", comparison.less);
  if (!comparison.gaps.empty()) {
    out += "\n";
    print_gaps(out, page, comparison.gaps, 2);
  }
}

}  // namespace sallyport::show
