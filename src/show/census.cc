#include "show/census.h"

#include <fmt/format.h>

#include "show/affected.h"
#include "show/diagnostics.h"
#include "show/table.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

std::string headline(const guard::Census& census) {
  if (census.unknown == 0) return fmt::format("{}, nothing unknown", count(census.flows, "flow"));
  return fmt::format("{}, {} unknown, for {}", count(census.flows, "flow"), census.unknown,
                     count(census.causes.size(), "cause"));
}

}  // namespace

void census_json(std::string& out, Page& page, const guard::Census& census, const std::vector<GapId>& lacks,
                 const Diagnostics& diagnostics) {
  JsonWriter json(out);
  json.object([&] {
    json.member("schema", "sallyport/census/1");
    json.member("flows", census.flows);
    json.member("unknown", census.unknown);
    json.member_array("causes", [&] {
      for (const guard::CensusEntry& entry : census.causes) {
        json.object([&] {
          json.member("kind", entry.kind);
          json.member("what", entry.what);
          json.member("remedy", entry.remedy);
          json.member_if("origin", page.place(entry.place));
          affected_member(json, entry.flows);
          json.member("alone", entry.alone);
        });
      }
    });
    json.member_array("unread", [&] {
      for (const Unread& unread : census.unread) {
        json.object([&] {
          json.member("what", unread.what);
          json.member("files", unread.files);
        });
      }
    });
    gaps_member(json, page, lacks);
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

void census_text(std::string& out, Page& page, const guard::Census& census, const std::vector<GapId>& lacks) {
  out += headline(census) + '\n';
  if (!lacks.empty()) out += "\nnot collected, so that flows from or to them are not counted:\n\n";
  print_gaps(out, page, lacks, 2);
  for (const guard::CensusEntry& entry : census.causes) {
    out += fmt::format("\n{} {}\n", page.paint(Ink::yellow, entry.kind), page.paint(Ink::bold, clean(entry.what)));
    out += fmt::format("  {}", count(entry.flows.count, "flow hangs on it", "flows hang on it"));
    if (entry.alone > 0) out += fmt::format(", {} of them on nothing else", entry.alone);
    out += '\n';
    if (!entry.remedy.empty()) out += fmt::format("  settle it: {}\n", clean(entry.remedy));
    print_affected(out, entry.flows, 4);
    if (entry.place) out += fmt::format("  {}\n", page.paint(Ink::dim, clean(page.place(entry.place))));
  }
  if (census.unread.empty()) return;
  out += "\nanswers in the input that no reader knows:\n";
  std::string all;
  for (const Unread& unread : census.unread) {
    all += fmt::format("{}{}{}", all.empty() ? "" : ", ", clean(unread.what),
                       unread.files > 1 ? fmt::format(" ({} files)", unread.files) : "");
  }
  for (const std::string& line : wrap(all, 98)) out += "  " + line + '\n';
}

void census_markdown(std::string& out, Page& page, const guard::Census& census, const std::vector<GapId>& lacks) {
  out += headline(census) + '\n';
  if (census.causes.empty() && lacks.empty()) return;
  Table table({"Flows", "Alone", "Kind", "Not known", "Settle it"});
  for (const guard::CensusEntry& entry : census.causes) {
    table.row({std::to_string(entry.flows.count), std::to_string(entry.alone), entry.kind, clean(entry.what),
               clean(entry.remedy)});
  }
  for (const GapId id : lacks) {
    const Gap& gap = page.cloud().registry().gaps[id];
    table.row({"not counted", "", name(gap.kind), clean(gap.what), clean(gap.remedy)});
  }
  out += '\n';
  table.print_markdown(out);
}

}  // namespace sallyport::show
