#include "show/paths.h"

#include <fmt/format.h>

#include <array>
#include <set>
#include <vector>

#include "show/diagnostics.h"
#include "show/table.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

using net::Verdict;

constexpr std::array all_verdicts = {Verdict::private_, Verdict::public_, Verdict::blocked, Verdict::unknown};
constexpr std::string_view hidden = "there may be more flows";
constexpr std::size_t drain_bytes = 1 << 20;

std::size_t of(const std::map<std::string, std::size_t>& counts, const char* key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

void verdict_members(JsonWriter& json, const std::map<std::string, std::size_t>& verdicts) {
  for (const Verdict v : all_verdicts) json.member(net::name(v), of(verdicts, net::name(v)));
}

void summary_member(JsonWriter& json, const Summary& summary) {
  json.member_object("summary", [&] {
    json.member("flows", summary.flows);
    json.member_object("verdicts", [&] { verdict_members(json, summary.verdicts); });
    json.member_object("doors", [&] {
      for (const auto& [door, n] : summary.doors) json.member(door, n);
    });
    json.member_object("services", [&] {
      for (const auto& [service, verdicts] : summary.services) {
        json.member_object(service, [&] { verdict_members(json, verdicts); });
      }
    });
    json.member_object("accounts", [&] {
      for (const auto& [account, verdicts] : summary.accounts) {
        json.member_object(account, [&] { verdict_members(json, verdicts); });
      }
    });
  });
}

// The rows of a table; the port only where flows differ in it, ids only where
// names alone are ambiguous.
struct Listing {
  struct Row {
    net::Label from, to;
    std::size_t others = 0;
    std::string port;
    Verdict verdict;
    std::string door;
  };
  std::vector<Row> rows;
  Summary summary;

  void add(Page& page, const Flow& flow) {
    rows.push_back({flow.from, flow.to, flow.weight() - 1, protocol_and_port(flow.protocol, flow.port),
                    flow.answer->verdict, door_or_reason(page, *flow.answer)});
    summary.add(flow);
  }

  std::set<std::string> ports() const {
    std::set<std::string> out;
    for (const Row& row : rows) out.insert(row.port);
    return out;
  }

  Table table() const {
    std::map<std::string, std::set<std::string>> ids;
    for (const Row& row : rows) ids[row.from.name].insert(row.from.id), ids[row.to.name].insert(row.to.id);
    const auto shown = [&](const net::Label& label, std::string text) {
      const bool ambiguous = !label.name.empty() && ids[label.name].size() > 1 && label.kind != "service";
      return ambiguous ? fmt::format("{} {}", text, clean(label.id)) : text;
    };
    const bool with_port = ports().size() > 1;
    std::vector<std::string> header = {"FROM", "TO", "VERDICT", "DOOR OR REASON"};
    if (with_port) header.insert(header.begin() + 2, "PORT");
    Table table(header);
    for (const Row& row : rows) {
      std::string from = shown(row.from, short_name(row.from));
      if (row.others > 0) from += fmt::format(" and {} more", row.others);
      std::vector<Cell> cells = {
          std::move(from), shown(row.to, with_kind(row.to)), {net::name(row.verdict), ink(row.verdict)}, row.door};
      if (with_port) cells.insert(cells.begin() + 2, row.port);
      table.row(std::move(cells));
    }
    return table;
  }

  std::string footer() const {
    const auto all = ports();
    return summary_line(summary) + (all.size() == 1 ? fmt::format(" ({})", *all.begin()) : std::string());
  }
};

Listing listing(Page& page, const EachFlow& each) {
  Listing list;
  each([&](const Flow& flow) { list.add(page, flow); });
  return list;
}

}  // namespace

void Summary::add(const Flow& flow) {
  const std::size_t n = flow.weight();
  const std::string verdict = net::name(flow.answer->verdict);
  flows += n;
  verdicts[verdict] += n;
  if (flow.answer->has_door()) doors[net::name(flow.answer->door.kind)] += n;
  if (!flow.to.service.empty()) services[flow.to.service][verdict] += n;
  if (!flow.from.account.empty()) accounts[flow.from.account][verdict] += n;
}

void Summary::add(const Page& page, const net::Count& count) {
  const std::string verdict = net::name(count.verdict);
  flows += count.flows;
  verdicts[verdict] += count.flows;
  if (count.has_door) doors[net::name(count.door)] += count.flows;
  if (!count.service.empty()) services[count.service][verdict] += count.flows;
  const std::string account(page.cloud().view(count.account));
  if (!account.empty()) accounts[account][verdict] += count.flows;
}

std::string summary_line(const Summary& summary) {
  std::string out = count(summary.flows, "flow");
  const char* separator = ": ";
  for (const Verdict v : all_verdicts) {
    const std::size_t n = of(summary.verdicts, net::name(v));
    if (n == 0) continue;
    out += fmt::format("{}{} {}", separator, n, net::name(v));
    separator = ", ";
  }
  return out;
}

void paths_json(std::string& out, Page& page, const EachFlow& each, const std::vector<GapId>& lacks,
                const Diagnostics& diagnostics, const Drain& drain) {
  Summary summary;
  JsonWriter json(out);
  json.object([&] {
    json.member("schema", "sallyport/paths/1");
    json.member_array("flows", [&] {
      each([&](const Flow& flow) {
        flow_json(json, page, flow);
        summary.add(flow);
        if (out.size() > drain_bytes) drain(out);
      });
    });
    summary_member(json, summary);
    gaps_member(json, page, lacks);
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

void paths_text(std::string& out, Page& page, const EachFlow& each, const std::string& if_none,
                const std::vector<GapId>& lacks) {
  const Listing list = listing(page, each);
  if (list.rows.empty()) {
    out += if_none;
    print_lacks(out, page, hidden, lacks);
    return;
  }
  list.table().print(out, page.style());
  out += fmt::format("\n{}\n", list.footer());
  if (of(list.summary.verdicts, "unknown") > 0) {
    out += page.paint(Ink::dim, "what is unknown, by cause, and what settles it: `sallyport census`") + '\n';
  }
  print_lacks(out, page, hidden, lacks);
}

void paths_markdown(std::string& out, Page& page, const EachFlow& each) {
  const Listing list = listing(page, each);
  list.table().print_markdown(out);
  out += fmt::format("\n{}\n", list.footer());
}

void summary_json(std::string& out, Page& page, const Summary& summary, const std::vector<GapId>& lacks,
                  const Diagnostics& diagnostics) {
  JsonWriter json(out, 3);
  json.object([&] {
    json.member("schema", "sallyport/paths/1");
    summary_member(json, summary);
    gaps_member(json, page, lacks);
    diagnostics_member(json, page.places(), diagnostics);
  });
  json.finish();
}

void summary_text(std::string& out, Page& page, const Summary& summary, const std::vector<GapId>& lacks) {
  out += summary_line(summary) + '\n';
  const auto by = [&](const char* title, const std::map<std::string, std::map<std::string, std::size_t>>& groups) {
    if (groups.empty()) return;
    Table table({title, "PRIVATE", "PUBLIC", "BLOCKED", "UNKNOWN"});
    for (const auto& [group, verdicts] : groups) {
      std::vector<Cell> cells = {clean(group)};
      for (const Verdict v : all_verdicts) {
        const std::size_t n = of(verdicts, net::name(v));
        cells.emplace_back(n == 0 ? "-" : std::to_string(n), n == 0 ? Ink::plain : ink(v));
      }
      table.row(std::move(cells));
    }
    out += '\n';
    table.print(out, page.style());
  };
  if (!summary.doors.empty()) {
    Table table({"DOOR", "FLOWS"});
    for (const auto& [door, n] : summary.doors) table.row({door, std::to_string(n)});
    out += '\n';
    table.print(out, page.style());
  }
  by("SERVICE", summary.services);
  by("ACCOUNT", summary.accounts);
  if (!lacks.empty()) out += '\n';
  print_lacks(out, page, hidden, lacks);
}

}  // namespace sallyport::show
