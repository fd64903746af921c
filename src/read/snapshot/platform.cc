#include "read/snapshot/platform.h"

#include "base/wildcard.h"
#include "read/snapshot/arn.h"

namespace sallyport::read::snapshot {

PlatformWorkload begin_workload(const Answer& answer, Kind what, std::string_view arn, std::string_view name,
                                Node node) {
  const Arn parts = split_arn(arn);
  PlatformWorkload row;
  row.id =
      answer.id_in<PlatformWorkloadId>(parts.partition.empty() ? answer.partition : answer.text(parts.partition), arn);
  row.head = answer.head(node, {}, name);
  if (!parts.account.empty()) row.head.account = answer.text(parts.account);
  if (!parts.region.empty()) row.head.region = answer.text(parts.region);
  row.what = what;
  return row;
}

std::string made_arn(const Answer& answer, std::string_view service, std::string_view rest) {
  const TextPool& texts = answer.registry().texts;
  return "arn:" + texts.string(answer.partition) + ":" + std::string(service) + ":" + texts.string(answer.region) +
         ":" + texts.string(answer.account) + ":" + std::string(rest);
}

Value<RoleId> role_or_none(const Answer& answer, Node arn) {
  if (split_arn(arn.text()).service != "iam") return RoleId();
  return answer.id_in<RoleId>(answer.text(split_arn(arn.text()).partition), arn.text());
}

Value<RoleId> role_of(const Answer& answer, Node arn, std::string_view about) {
  if (split_arn(arn.text()).service == "iam") return role_or_none(answer, arn);
  return answer.lacking(about, "a role", arn);
}

Value<State> state_of(const Answer& answer, Node word, std::string_view about, std::initializer_list<const char*> good,
                      std::initializer_list<const char*> bad) {
  for (const char* g : good) {
    if (equals_ignoring_case(word.text(), g)) return State::working;
  }
  for (const char* b : bad) {
    if (equals_ignoring_case(word.text(), b)) return State::not_working;
  }
  return answer.lacking(about, "the state", word);
}

std::uint16_t port_or(Node node, std::uint16_t otherwise) {
  const auto port = node.integer();
  return port && *port > 0 && *port <= 0xFFFF ? static_cast<std::uint16_t>(*port) : otherwise;
}

Text host_of(const Answer& answer, std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of(":/"));
  if (url.ends_with('.')) url.remove_suffix(1);
  std::string host(url);
  for (char& c : host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return answer.text(host);
}

namespace {

Claim begin_claim(const PlatformWorkload& row) {
  Claim claim;
  claim.workload = row.id;
  claim.account = row.head.account;
  claim.region = row.head.region;
  return claim;
}

}  // namespace

void claim_interface(const Answer& answer, const PlatformWorkload& row, Node id) {
  if (id.text().empty()) return;
  Claim claim = begin_claim(row);
  claim.interface = answer.id_in<InterfaceId>(row.head.region, id.text());
  answer.work().platform.claims.push_back(std::move(claim));
}

void claim_described(const Answer& answer, const PlatformWorkload& row, std::string description) {
  Claim claim = begin_claim(row);
  claim.description = answer.text(description);
  answer.work().platform.claims.push_back(std::move(claim));
}

void claim_alike(const Answer& answer, const PlatformWorkload& row, std::string_view description, Text zone) {
  Claim claim = begin_claim(row);
  claim.description = answer.text(description);
  claim.only_alike = true;
  claim.zone = zone;
  answer.work().platform.claims.push_back(std::move(claim));
}

void claim_address(const Answer& answer, const PlatformWorkload& row, VpcId vpc, Node address) {
  if (address.text().empty()) return;
  Claim claim = begin_claim(row);
  claim.vpc = vpc;
  claim.address = answer.address(address, answer.registry().view(row.head.name));
  claim.has_address = true;
  answer.work().platform.claims.push_back(std::move(claim));
}

void name_only(Answer& answer, Kind what, std::string arn, std::string_view name, std::string remedy, Node node) {
  answer.work().platform.named.push_back(
      {what, std::move(arn), std::string(name), std::move(remedy), answer.account, answer.region, node.origin()});
}

}  // namespace sallyport::read::snapshot
