#include "facts/actions.h"

#include "facts/search.h"
#include "facts/tables.h"

namespace sallyport::facts {
namespace {

using tables::PrefixRow;
using tables::view;

// The row of a service prefix; the row behind it (there is always one) holds the ends.
const PrefixRow* find_prefix(std::string_view prefix) {
  const std::span<const PrefixRow> all = tables::prefixes.first(tables::prefixes.size() - 1);
  const auto found = rows_of(all, prefix, [](const PrefixRow& row) { return view(row.name); });
  return found.empty() ? nullptr : &*found.begin();
}

template <class Item>
Numbers<Item> numbers(std::uint32_t at, std::uint32_t size) {
  return {tables::numbers.data() + at, size};
}

// `aws:RequestTag/team` -> `aws:RequestTag/${TagKey}`; other names unchanged.
std::string with_tag_variable(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash == std::string_view::npos ? std::string(name) : std::string(name.substr(0, slash)) + "/${TagKey}";
}

}  // namespace

std::string_view ConditionKey::name() const { return view(tables::keys[number_].name); }
KeyType ConditionKey::type() const { return tables::keys[number_].type; }
bool ConditionKey::multivalued() const { return tables::keys[number_].multivalued; }

std::string_view ResourceType::prefix() const { return view(tables::prefixes[tables::resources[number_].prefix].name); }
std::string_view ResourceType::name() const { return view(tables::resources[number_].name); }
std::string_view ResourceType::arn() const { return view(tables::resources[number_].arn); }
Numbers<ConditionKey> ResourceType::keys() const {
  const tables::ResourceRow& row = tables::resources[number_];
  return numbers<ConditionKey>(row.keys_at, row.keys_size);
}

std::string_view Action::prefix() const { return view(tables::prefixes[tables::actions[number_].prefix].name); }
std::string_view Action::name() const { return view(tables::actions[number_].name); }
std::string Action::full_name() const { return std::string(prefix()) + ":" + std::string(name()); }
AccessLevel Action::access() const { return tables::actions[number_].access; }
Numbers<ResourceUse> Action::resources() const {
  const tables::ActionRow& row = tables::actions[number_];
  return numbers<ResourceUse>(row.resources_at, row.resources_size);
}
Numbers<ConditionKey> Action::keys() const {
  const tables::ActionRow& row = tables::actions[number_];
  return numbers<ConditionKey>(row.keys_at, row.keys_size);
}

std::uint32_t action_count() { return static_cast<std::uint32_t>(tables::actions.size()); }
Range<Action> actions() { return {0, action_count()}; }

Range<Action> actions(std::string_view prefix) {
  const PrefixRow* row = find_prefix(prefix);
  return row ? Range<Action>(row->first_action, row[1].first_action) : Range<Action>(0, 0);
}

std::optional<Action> action(std::string_view full_name) {
  const std::size_t colon = full_name.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const PrefixRow* row = find_prefix(full_name.substr(0, colon));
  if (!row) return std::nullopt;
  const auto own = tables::actions.subspan(row->first_action, row[1].first_action - row->first_action);
  const auto found = rows_of(own, full_name.substr(colon + 1), [](const tables::ActionRow& a) { return view(a.name); });
  if (found.empty()) return std::nullopt;
  return Action(row->first_action + static_cast<std::uint32_t>(found.begin() - own.begin()));
}

bool is_action_prefix(std::string_view prefix) { return find_prefix(prefix) != nullptr; }

Range<ResourceType> resource_types(std::string_view prefix) {
  const PrefixRow* row = find_prefix(prefix);
  return row ? Range<ResourceType>(row->first_resource, row[1].first_resource) : Range<ResourceType>(0, 0);
}

Numbers<ConditionKey> condition_keys(std::string_view prefix) {
  const PrefixRow* row = find_prefix(prefix);
  return row ? numbers<ConditionKey>(row->keys_at, row->keys_size) : numbers<ConditionKey>(0, 0);
}

std::optional<ConditionKey> condition_key(std::string_view prefix, std::string_view name) {
  const PrefixRow* row = find_prefix(prefix);
  if (!row) return std::nullopt;
  const auto own = tables::numbers.subspan(row->keys_at, row->keys_size);
  for (const std::string& key : {std::string(name), with_tag_variable(name)}) {
    const auto found = rows_of(own, key, [](std::uint32_t n) { return view(tables::keys[n].name); });
    if (!found.empty()) return ConditionKey(*found.begin());
  }
  return std::nullopt;
}

}  // namespace sallyport::facts
