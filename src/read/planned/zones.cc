#include "read/planned/zones.h"

namespace sallyport::read::planned {

std::string plain_domain(std::string_view written) {
  std::string name;
  bool in_symbol = false;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (c == '\xFF') in_symbol = true;
    if (c == '\xFE') in_symbol = false;
    if (written.substr(i).starts_with("\\052")) {
      name += '*';
      i += 3;
    } else {
      name += !in_symbol && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (name.ends_with('.')) name.pop_back();
  return name;
}

void put_unseen_rule(Work& work, ResolverRuleId id, Head head, const Value<VpcId>& vpc, GapId gap) {
  ResolverRule some;
  some.id = id;
  some.head = std::move(head);
  some.head.gap = gap;
  some.type = gap;
  if (vpc.known()) {
    some.vpcs.items.push_back(*vpc);
  } else {
    some.vpcs.open = vpc.gap();
  }
  work.put(work.change.put.resolver_rules, std::move(some));
}

void add_record(Work& work, HostedZone& zone, const WrittenRecord& written) {
  Registry& registry = work.registry;
  const auto has_symbol = [&](Text t) { return registry.texts.has_symbol(t); };
  if (!written.name.known() || !written.type.known() || has_symbol(*written.name) || has_symbol(*written.type)) {
    zone.records.open = !written.name.known()   ? written.name.gap()
                        : !written.type.known() ? written.type.gap()
                                                : written.no_name;
    return;
  }
  DnsRecord record;
  record.name = registry.text(plain_domain(registry.view(*written.name)));
  record.type = *written.type;
  record.values.open = written.values.open;
  for (const Text value : written.values) {
    if (has_symbol(value)) {
      record.values.open = written.no_value;
    } else {
      record.values.items.push_back(registry.text(plain_domain(registry.view(value))));
    }
  }
  if (!written.alias.known()) {
    record.values.open = written.alias.gap();
  } else if (has_symbol(*written.alias)) {
    record.values.open = written.no_alias;
  } else {
    record.alias = registry.text(plain_domain(registry.view(*written.alias)));
  }
  zone.records.items.push_back(std::move(record));
}

}  // namespace sallyport::read::planned
