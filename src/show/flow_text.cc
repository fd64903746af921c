#include <fmt/format.h>

#include <algorithm>

#include "show/flow.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

using net::Verdict;

constexpr std::size_t text_width = 100;

std::string door_text(Page& page, const net::Door& door) {
  const std::string object = page.object(door.object);
  return object.empty() ? net::name(door.kind) : fmt::format("{} {}", net::name(door.kind), object);
}

// Why it is not decided, in one line: the first gap, else the reason.
std::string first_cause(Page& page, const net::Answer& answer) {
  if (answer.gaps.empty()) return clean(answer.reason.message);
  const std::string more = answer.gaps.size() == 1 ? "" : fmt::format(" (and {} more)", answer.gaps.size() - 1);
  return clean(page.cloud().registry().gaps[answer.gaps.front()].what) + more;
}

// "may be private or blocked", "may be anything".
std::string may_text(const net::Answer& answer) {
  return answer.may == net::May::anything() ? "may be anything" : "may be " + alternatives(may_words(answer));
}

void indented(std::string& out, std::string_view text, std::size_t indent) {
  for (const std::string& line : wrap(text, text_width)) out += fmt::format("{:{}}{}\n", "", indent, line);
}

}  // namespace

std::string door_or_reason(Page& page, const net::Answer& answer) {
  switch (answer.verdict) {
    case Verdict::private_:
    case Verdict::public_: return door_text(page, answer.door) + (answer.degraded ? " (degraded)" : "");
    case Verdict::blocked: {
      const std::string where = page.object(answer.reason.where);
      return where.empty() ? answer.reason.code : fmt::format("{} {}", answer.reason.code, where);
    }
    case Verdict::unknown: {
      const std::string cause = first_cause(page, answer);
      return may_text(answer) + (cause.empty() ? "" : ": " + cause);
    }
  }
  return {};
}

void print_hops(std::string& out, Page& page, const std::vector<net::Hop>& hops, std::size_t indent) {
  std::size_t kind_width = 0;
  for (const net::Hop& hop : hops) kind_width = std::max(kind_width, columns(hop.kind));
  const std::size_t number_width = std::to_string(hops.size()).size();
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const net::Hop& hop = hops[i];
    const std::string object = hop.object ? page.object(hop.object) : clean(hop.id);
    std::string line = fmt::format("{:{}}{:>{}}  {:<{}}", "", indent, i + 1, number_width, hop.kind, kind_width);
    const std::size_t column = columns(line) + 2;
    if (!object.empty()) line += "  " + page.paint(Ink::bold, object);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + '\n';
    indented(out, clean(hop.detail), column);
    if (hop.place) {
      out += fmt::format("{:{}}{}\n", "", column, page.paint(Ink::dim, clean(page.place(hop.place))));
    }
  }
}

void print_flow(std::string& out, Page& page, const Flow& flow) {
  const net::Answer& answer = *flow.answer;
  out += fmt::format("{} -> {}, {}\n\n", with_kind(flow.from), with_kind(flow.to),
                     protocol_and_port(flow.protocol, flow.port));
  out += fmt::format("  {}", page.paint(ink(answer.verdict), net::name(answer.verdict)));
  switch (answer.verdict) {
    case Verdict::private_:
    case Verdict::public_: {
      std::string doors;
      for (const net::Door& door : answer.doors) doors += (doors.empty() ? "" : ", then ") + door_text(page, door);
      if (!doors.empty()) out += " through " + doors;
      if (answer.degraded) out += ", degraded: other alternatives are blocked";
      break;
    }
    case Verdict::blocked: out += fmt::format(" {}", door_or_reason(page, answer)); break;
    case Verdict::unknown: out += ", " + may_text(answer); break;
  }
  out += '\n';
  // The gaps say it again, with what settles it.
  const bool is_gap = std::any_of(answer.gaps.begin(), answer.gaps.end(), [&](GapId gap) {
    return page.cloud().registry().gaps[gap].what == answer.reason.message;
  });
  if (!answer.reason.message.empty() && !is_gap) {
    indented(out, clean(answer.reason.message), 2);
    if (answer.reason.place) {
      out += fmt::format("  {}\n", page.paint(Ink::dim, clean(page.place(answer.reason.place))));
    }
  }
  if (!answer.hops.empty()) {
    out += '\n';
    print_hops(out, page, answer.hops, 2);
  }
  if (!answer.gaps.empty()) {
    out += '\n';
    print_gaps(out, page, answer.gaps, 2);
  }
  if (!answer.assumptions.empty()) {
    out += '\n';
    for (const std::string& assumption : answer.assumptions) indented(out, "rests on: " + clean(assumption), 2);
  }
}

}  // namespace sallyport::show
