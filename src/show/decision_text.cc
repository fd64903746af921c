#include <fmt/format.h>

#include <algorithm>

#include "iam/condition.h"
#include "show/decision.h"
#include "show/flow.h"
#include "show/table.h"
#include "show/text.h"

namespace sallyport::show {
namespace {

constexpr std::size_t few_ranges = 4;

}  // namespace

Ink ink(iam::Outcome outcome) {
  switch (outcome) {
    case iam::Outcome::allowed: return Ink::green;
    case iam::Outcome::denied: return Ink::red;
    case iam::Outcome::conditional: return Ink::blue;
    case iam::Outcome::unknown: return Ink::yellow;
  }
  return Ink::plain;
}

std::string statement_text(Page& page, const iam::By& by) {
  if (by.policy == nullptr) {
    return by.effect == Effect::allow ? "no statement allows it" : "no statement";
  }
  std::string text = fmt::format("statement {}", by.statement + 1);
  if (!by.sid.empty()) text += fmt::format(" `{}`", clean(page.cloud().view(by.sid)));
  text += fmt::format(" of `{}` {}", clean(by.policy->label()), by.effect == Effect::allow ? "allows" : "denies");
  if (by.applies == iam::Match::conditional) text += ", if its condition holds";
  if (by.applies == iam::Match::unknown) text += ", perhaps";
  return text;
}

std::string condition_text(Page& page, const iam::OpenCondition& open) {
  const std::string condition = open.condition == nullptr
                                    ? std::string("a variable in `Resource`")
                                    : clean(iam::show(*open.condition, page.cloud().registry().texts));
  return fmt::format("{} if {} ({}, statement {})", open.effect == Effect::allow ? "allowed" : "denied", condition,
                     iam::name(open.layer), open.statement + 1);
}

std::vector<std::string> allowed_if_text(const iam::sets::Conditions* conditions) {
  constexpr std::size_t most = 8;
  std::vector<std::string> lines;
  if (conditions == nullptr) return lines;
  for (const std::vector<std::string>& way : conditions->ways) {
    if (lines.size() == most) {
      lines.push_back(
          fmt::format("or in {}{} more ways", conditions->ways.size() - most, conditions->complete ? "" : " and"));
      return lines;
    }
    std::string line = lines.empty() ? "allowed if " : "or if ";
    for (std::size_t i = 0; i < way.size(); ++i) line += (i == 0 ? "" : ", and ") + clean(way[i]);
    lines.push_back(std::move(line));
  }
  if (!conditions->complete && !lines.empty()) lines.emplace_back("or in more ways");
  return lines;
}

namespace {

Ink ink(iam::Say say) {
  switch (say) {
    case iam::Say::allow: return Ink::green;
    case iam::Say::deny: return Ink::red;
    case iam::Say::conditional: return Ink::blue;
    case iam::Say::unknown: return Ink::yellow;
    case iam::Say::none:
    case iam::Say::absent: return Ink::plain;
  }
  return Ink::plain;
}

bool same_statement(const iam::By& a, const iam::By& b) {
  return a.layer == b.layer && a.policy == b.policy && a.policy != nullptr && a.statement == b.statement &&
         a.effect == b.effect && a.applies == b.applies;
}

void print_layers(std::string& out, Page& page, const iam::Decision& decision) {
  Table table({"LAYER", "SAYS", "BY"});
  for (std::size_t i = 0; i < iam::layer_count; ++i) {
    const auto layer = static_cast<iam::Layer>(i);
    if (decision.say(layer) == iam::Say::absent) continue;
    std::string name = iam::name(layer);
    Cell says{iam::name(decision.say(layer)), ink(decision.say(layer))};
    bool first = true;
    for (std::size_t at = 0; at < decision.by.size(); ++at) {
      const iam::By& by = decision.by[at];
      if (by.layer != layer) continue;
      // One statement that stands at several levels of the organization is one line.
      std::size_t levels = 1;
      for (; at + 1 < decision.by.size() && same_statement(decision.by[at + 1], by); ++at) ++levels;
      const std::string at_levels = levels == 1 ? "" : fmt::format(", at {} levels", levels);
      table.row({first ? name : "", first ? says : Cell(""), statement_text(page, by) + at_levels});
      if (by.origin) table.row({"", "", {clean(page.place(by.origin)), Ink::dim}});
      first = false;
    }
    if (first) table.row({name, says, ""});
  }
  if (!table.empty()) {
    out += '\n';
    table.print(out, page.style(), 2);
  }
}

// What the caller has to send; where that is too much to say, the conditions one by one.
void print_conditions(std::string& out, Page& page, const access::CanAnswer& answer, const iam::Decision& decision) {
  if (decision.conditions.empty()) return;
  out += "\n  it depends on what the caller sends:\n";
  const std::vector<std::string> ways = allowed_if_text(answer.allowed_if.get());
  for (const std::string& line : ways) out += fmt::format("    {}\n", line);
  if (!ways.empty()) return;
  for (const iam::OpenCondition& open : decision.conditions) {
    out += fmt::format("    {}\n", condition_text(page, open));
  }
}

std::string value_text(const Page& page, const iam::KeyValue& value) {
  switch (value.state) {
    case iam::KeyState::known: {
      std::string all;
      for (const std::string& v : value.values) all += (all.empty() ? "" : ", ") + clean(v);
      return value.values.empty() ? "present, empty" : all;
    }
    case iam::KeyState::absent: return "absent";
    case iam::KeyState::open: return value.present ? "the caller's choice" : "the caller's choice, or absent";
    case iam::KeyState::addresses:
      if (!value.by_caller) return some_addresses(value.addresses);
      return value.addresses.intervals().size() > few_ranges
                 ? "any public address, as the caller likes"
                 : "as the caller likes: " + some_addresses(value.addresses);
    case iam::KeyState::unknown:
      return value.gap ? "not known: " + clean(page.cloud().registry().gaps[value.gap].what) : "not known";
  }
  return {};
}

void print_context(std::string& out, const Page& page, const iam::Context& context) {
  if (context.entries().empty()) return;
  Table table({"", ""});
  for (const iam::Context::Entry& entry : context.entries()) {
    const bool absent = entry.value.state == iam::KeyState::absent;
    table.row({{clean(entry.name), absent ? Ink::dim : Ink::plain},
               {value_text(page, entry.value), absent ? Ink::dim : Ink::plain}});
  }
  out += "\n  condition keys:\n";
  table.print(out, page.style(), 4);
}

std::string way_text(const Page& page, const access::Arrival& arrival) {
  switch (arrival.by) {
    case access::Arrival::By::endpoint: return "through endpoint " + page.object(arrival.endpoint);
    case access::Arrival::By::publicly: {
      const std::string object = page.object(arrival.door.object);
      return fmt::format("by public address, through {}{}{}", net::name(arrival.door.kind), object.empty() ? "" : " ",
                         object);
    }
    case access::Arrival::By::unknown: return "by a way that is not known";
  }
  return {};
}

}  // namespace

std::string some_addresses(const AddressSet& set) {
  if (set.empty()) return "addresses that are not known";
  std::vector<Interval<Address>> first;
  const auto& all = set.intervals();
  for (std::size_t i = 0; i < all.size() && i < few_ranges; ++i) first.push_back(all[i]);
  const std::string more =
      all.size() > few_ranges ? fmt::format(" and {} more", count(all.size() - few_ranges, "range")) : "";
  return to_string(AddressSet::of(std::move(first))) + more;
}

void can_text(std::string& out, Page& page, const access::CanAnswer& answer) {
  out += fmt::format("{} on {}\n", clean(answer.action), clean(answer.resource));
  out += fmt::format("by {}", clean(answer.principal));
  if (answer.from) out += fmt::format(", from {}", with_kind(*answer.from));
  out += '\n';

  out += fmt::format("\n  {}", page.paint(ink(answer.outcome), iam::name(answer.outcome)));
  if (!answer.denied_by.empty()) {
    std::string layers;
    for (const std::string& layer : answer.denied_by) layers += (layers.empty() ? "" : ", ") + layer;
    out += " by " + layers;
  }
  out += '\n';
  if (answer.path && answer.alternatives.empty()) {
    out += fmt::format("  it does not arrive: {}\n", door_or_reason(page, *answer.path));
    for (const std::string& line : wrap(clean(answer.path->reason.message), 96)) out += "  " + line + '\n';
  }
  for (std::size_t i = 0; i < answer.alternatives.size(); ++i) {
    const access::Alternative& way = answer.alternatives[i];
    out += fmt::format("  {}", way_text(page, way.arrival));
    if (answer.alternatives.size() > 1) out += fmt::format(": {}", iam::name(way.decision.outcome));
    if (!way.arrival.certain) out += " (it may not get through)";
    out += '\n';
  }

  if (const iam::Decision* decision = answer.decision()) {
    print_layers(out, page, *decision);
    if (answer.outcome == iam::Outcome::conditional) print_conditions(out, page, answer, *decision);
  }
  if (!answer.gaps.empty()) {
    out += '\n';
    print_gaps(out, page, answer.gaps, 2);
  }
  if (const iam::Context* context = answer.context()) print_context(out, page, *context);
  for (const std::string& note : answer.notes) out += fmt::format("\n  note: {}\n", clean(note));
  for (const std::string& assumption : answer.assumptions) out += fmt::format("\n  rests on: {}\n", clean(assumption));
}

}  // namespace sallyport::show
