#include "read/snapshot/answer.h"

#include "base/wildcard.h"
#include "read/snapshot/said.h"

namespace sallyport::read::snapshot {
GapId Answer::gap(GapKind kind, std::string what, std::string remedy, Node at) const {
  return registry().gaps.add({kind, std::move(what), std::move(remedy), at ? at.origin() : root_.origin()});
}

void say(Work& work, Severity severity, const char* code, std::string message, Origin at) {
  if (++work.said[code] > said_per_code) return;
  work.change.diagnostics.push_back({severity, code, std::move(message), at});
}

void Answer::say(Severity severity, const char* code, std::string message, Node at) const {
  snapshot::say(work_, severity, code, std::move(message), at ? at.origin() : root_.origin());
}

void Answer::unread() const {
  auto& entry = work_.unread[told];
  if (entry.files++ == 0) entry.first = root_.origin();
}

GapId Answer::lacking(std::string_view about, std::string_view member, Node at) const {
  const std::string whose = "`" + std::string(member) + "` of `" + std::string(about) + "`";
  if (at.absent()) {
    return gap(GapKind::not_collected, whose + " is not in the answer", "collect it again, with no --query", at);
  }
  if (recorded && at.text() == not_recorded) {
    const std::size_t dash = told.find('-');
    const std::string remedy =
        dash == std::string::npos ? "" : "aws " + told.substr(0, dash) + " " + told.substr(dash + 1);
    return gap(GapKind::not_collected, "AWS Config did not record " + whose, remedy, at);
  }
  const std::string what = whose + " is " + json::with_article(at.kind()) + " that is not understood";
  say(Severity::warning, "wrong-type", what, at);
  return gap(GapKind::not_readable, what, "collect it again", at);
}

Value<bool> Answer::flag(Node object, std::string_view member, std::string_view about) const {
  const Node node = object[member];
  if (const auto b = node.boolean()) return *b;
  if (equals_ignoring_case(node.text(), "true")) return true;
  if (equals_ignoring_case(node.text(), "false")) return false;
  return lacking(about, member, node);
}

Value<bool> Answer::flag_or(Node object, std::string_view member, std::string_view about, bool if_missing) const {
  if (object[member].absent()) return if_missing;
  return flag(object, member, about);
}

Value<Prefix> Answer::prefix(Node node, std::string_view about) const {
  if (node.text().empty()) return lacking(about, "a CIDR block", node);
  const Result<Prefix> p = parse_prefix(node.text());
  if (p) return *p;
  const std::string what = "`" + std::string(node.text()) + "` in `" + std::string(about) + "` is no CIDR block";
  say(Severity::warning, "bad-value", what + ": " + p.error().message, node);
  return gap(GapKind::not_readable, what, "collect it again", node);
}

Value<Address> Answer::address(Node node, std::string_view about) const {
  if (node.text().empty()) return lacking(about, "an address", node);
  const Result<Address> a = parse_address(node.text());
  if (a) return *a;
  const std::string what = "`" + std::string(node.text()) + "` in `" + std::string(about) + "` is no address";
  say(Severity::warning, "bad-value", what + ": " + a.error().message, node);
  return gap(GapKind::not_readable, what, "collect it again", node);
}

Node Answer::list(Node object, std::string_view member, std::string_view about, GapId& open) const {
  const Node node = object[member];
  if (node.is(json::Kind::array)) return node;
  open = lacking(about, member, node);
  return {};
}

Node Answer::optional_list(Node object, std::string_view member, std::string_view about, GapId& open) const {
  const Node node = object[member];
  return node.absent() ? Node() : list(object, member, about, open);
}

Text Answer::account_id(Node node) const {
  const std::string_view digits = node.scalar();
  if (!node.is(json::Kind::number) || digits.size() >= 12) return text(digits);
  return text(std::string(12 - digits.size(), '0').append(digits));
}

Head Answer::head(Node object, Node tags, std::string_view fallback_name) const {
  Head head;
  head.name = text(fallback_name);
  for (const Node tag : tags.items()) {
    if (tag["Key"].text() == "Name") head.name = text(tag["Value"]);
  }
  head.account = account;
  if (const Node owner = object["OwnerId"]; !owner.scalar().empty()) head.account = account_id(owner);
  head.region = region;
  head.origin = object.origin();
  return head;
}

void cover(Work& work, Kind kind, Text account, Text region, GapId gap) {
  const auto [entry, is_new] = work.coverage.try_emplace({kind, account, region}, gap);
  if (!is_new && gap) entry->second = gap;
}

}  // namespace sallyport::read::snapshot
