// The tables of IAM: prefixes, actions, resource types, condition keys.
#include <algorithm>
#include <set>

#include "tsv.h"

namespace embed {
namespace {

struct Type {
  std::string word;
  bool multivalued;
};

Type type_of(const Tsv& table, std::string cell) {
  static const Words words = {{"String", "KeyType::string"}, {"ARN", "KeyType::arn"},
                              {"Bool", "KeyType::boolean"},  {"Numeric", "KeyType::numeric"},
                              {"Date", "KeyType::date"},     {"IPAddress", "KeyType::ip_address"}};
  const bool many = cell.starts_with("ArrayOf");
  if (many) cell = cell.substr(7);
  return {word(table, words, cell), many};
}

// Lists of numbers, each list once.
class Numbers {
 public:
  std::uint32_t at(const std::vector<std::uint32_t>& list) {
    const auto [it, added] = at_.try_emplace(list, static_cast<std::uint32_t>(all_.size()));
    if (added) all_.insert(all_.end(), list.begin(), list.end());
    return it->second;
  }
  const std::vector<std::uint32_t>& all() const { return all_; }

 private:
  std::map<std::vector<std::uint32_t>, std::uint32_t> at_;
  std::vector<std::uint32_t> all_;
};

// Condition keys, numbered by (name, type). An action names a key; its type is the
// one that its own service gives it, else the global one, else that of any service.
class Keys {
 public:
  std::uint32_t number(const std::string& prefix, const std::string& name, const Type& type) {
    const auto [it, added] =
        numbers_.try_emplace({lower(name), type.word, type.multivalued}, static_cast<std::uint32_t>(rows_.size()));
    if (added) rows_.push_back({name, type});
    by_name_.try_emplace({prefix, lower(name)}, it->second);
    by_name_.try_emplace({"", lower(name)}, it->second);
    return it->second;
  }
  std::uint32_t used(const std::string& prefix, const std::string& name) {
    for (const std::string& owner : {prefix, std::string("aws"), std::string()})
      if (const auto it = by_name_.find({owner, lower(name)}); it != by_name_.end()) return it->second;
    return number(prefix, name, {"KeyType::string", false});
  }
  std::vector<std::string> rows(Pool& pool) const {
    std::vector<std::string> out;
    for (const auto& [name, type] : rows_)
      out.push_back("{" + pool.slice(name) + "," + type.word + "," + (type.multivalued ? "true" : "false") + "}");
    return out;
  }
  const std::string& name(std::uint32_t number) const { return rows_[number].first; }

 private:
  std::map<std::tuple<std::string, std::string, bool>, std::uint32_t> numbers_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> by_name_;
  std::vector<std::pair<std::string, Type>> rows_;
};

// `@SourceVpc` -> `aws:SourceVpc`, `:prefix` -> `s3:prefix`.
std::string full_key(const std::string& prefix, const std::string& cell) {
  return cell[0] == '@' ? "aws:" + cell.substr(1) : cell[0] == ':' ? prefix + cell : cell;
}

void sort_by(std::vector<std::vector<std::string>>& rows) {
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return std::pair(a[0], lower(a[1])) < std::pair(b[0], lower(b[1])); });
}

}  // namespace

void write_iam(std::ostream& out, const std::string& folder, Pool& pool) {
  static const Words access = {{"L", "AccessLevel::list"},
                               {"R", "AccessLevel::read"},
                               {"W", "AccessLevel::write"},
                               {"T", "AccessLevel::tagging"},
                               {"P", "AccessLevel::permissions"}};
  Tsv services(folder, "iam_services", 2), actions(folder, "iam_actions", 5), resources(folder, "iam_resources", 4),
      keys(folder, "iam_keys", 3), global(folder, "global_keys", 3), rcp(folder, "rcp_services", 1),
      endpoint(folder, "endpoint_keys", 3);
  std::sort(services.rows.begin(), services.rows.end());
  sort_by(actions.rows);
  sort_by(resources.rows);

  std::map<std::string, std::uint32_t> prefix_number;
  for (const auto& row : services.rows) prefix_number.emplace(row[0], prefix_number.size());

  Keys pool_of_keys;
  std::vector<std::pair<std::string, std::string>> globals;  // lower-case name, row
  for (const auto& row : global.rows) {
    const Type type = type_of(global, row[2]);
    pool_of_keys.number("aws", row[0], type);
    globals.emplace_back(lower(row[0]), "{" + literal(row[0]) + "," + literal(row[1]) + "," + type.word + "," +
                                            (type.multivalued ? "true" : "false") + "}");
  }
  std::sort(globals.begin(), globals.end());
  std::map<std::string, std::set<std::pair<std::string, std::uint32_t>>> keys_of;  // prefix -> (lower name, number)
  for (const auto& row : keys.rows)
    keys_of[row[0]].emplace(lower(row[1]), pool_of_keys.number(row[0], row[1], type_of(keys, row[2])));

  Numbers numbers;
  const auto key_list = [&](const std::string& prefix, const std::string& cell) {
    std::vector<std::uint32_t> list;
    for (const std::string& key : split(cell, ',')) list.push_back(pool_of_keys.used(prefix, full_key(prefix, key)));
    return list;
  };

  std::vector<std::string> resource_rows;
  std::map<std::pair<std::string, std::string>, std::uint32_t> resource_number;
  std::map<std::string, std::uint32_t> first_resource, first_action;
  for (const auto& row : resources.rows) {
    const auto n = static_cast<std::uint32_t>(resource_rows.size());
    first_resource.try_emplace(row[0], n);
    resource_number[{row[0], row[1]}] = n;
    const auto list = key_list(row[0], row[3]);
    resource_rows.push_back("{" + pool.slice(row[1]) + "," + pool.slice(row[2]) + "," +
                            std::to_string(numbers.at(list)) + "," + std::to_string(list.size()) + "," +
                            std::to_string(prefix_number.at(row[0])) + "}");
  }

  std::vector<std::string> action_rows;
  for (const auto& row : actions.rows) {
    if (!prefix_number.contains(row[0])) stop(actions.path, "prefix `" + row[0] + "` is not in iam_services.tsv");
    first_action.try_emplace(row[0], static_cast<std::uint32_t>(action_rows.size()));
    std::vector<std::uint32_t> uses;
    for (std::string name : split(row[3], ',')) {
      const bool required = name.ends_with('!');
      if (required) name.pop_back();
      const auto it = resource_number.find({row[0], name});
      if (it == resource_number.end())
        stop(actions.path, "`" + row[0] + ":" + row[1] + "`: no resource `" + name + "`");
      uses.push_back(it->second << 1 | (required ? 1U : 0U));
    }
    const auto list = key_list(row[0], row[4]);
    action_rows.push_back("{" + pool.slice(row[1]) + "," + std::to_string(numbers.at(uses)) + "," +
                          std::to_string(numbers.at(list)) + "," + std::to_string(uses.size()) + "," +
                          std::to_string(list.size()) + "," + std::to_string(prefix_number.at(row[0])) + "," +
                          word(actions, access, row[2]) + "}");
  }

  // Prefixes from the last to the first, so that one without actions starts where
  // the next one does.
  std::vector<std::string> prefix_rows;
  auto action_end = static_cast<std::uint32_t>(action_rows.size());
  auto resource_end = static_cast<std::uint32_t>(resource_rows.size());
  prefix_rows.push_back("{{0,0}," + std::to_string(action_end) + "," + std::to_string(resource_end) + ",0,0}");
  for (auto row = services.rows.rbegin(); row != services.rows.rend(); ++row) {
    const std::string& prefix = (*row)[0];
    if (const auto it = first_action.find(prefix); it != first_action.end()) action_end = it->second;
    if (const auto it = first_resource.find(prefix); it != first_resource.end()) resource_end = it->second;
    std::vector<std::uint32_t> list;
    for (const auto& [name, number] : keys_of[prefix]) list.push_back(number);
    prefix_rows.push_back("{" + pool.slice(prefix) + "," + std::to_string(action_end) + "," +
                          std::to_string(resource_end) + "," + std::to_string(numbers.at(list)) + "," +
                          std::to_string(list.size()) + "}");
  }
  std::reverse(prefix_rows.begin(), prefix_rows.end());

  array(out, "PrefixRow", "prefixes", prefix_rows);
  array(out, "ActionRow", "actions", action_rows);
  array(out, "ResourceRow", "resources", resource_rows);
  array(out, "KeyRow", "keys", pool_of_keys.rows(pool));
  std::vector<std::string> rows;
  for (const std::uint32_t n : numbers.all()) rows.push_back(std::to_string(n));
  array(out, "std::uint32_t", "numbers", rows);
  rows.clear();
  for (const auto& [name, row] : globals) rows.push_back(row);
  array(out, "GlobalKey", "global_keys", rows);

  std::sort(rcp.rows.begin(), rcp.rows.end());
  rows.clear();
  for (const auto& row : rcp.rows) rows.push_back(literal(row[0]));
  array(out, "std::string_view", "rcp_prefixes", rows);

  std::map<std::pair<std::string, std::string>, bool> present;
  for (const auto& row : endpoint.rows) present[{lower(row[0]), lower(row[1])}] = yes(endpoint, row[2]);
  rows.clear();
  for (const auto& [key, there] : present)
    rows.push_back("{" + pool.slice(key.first) + "," + pool.slice(key.second) + "," + (there ? "true" : "false") + "}");
  array(out, "EndpointKeyRow", "endpoint_keys", rows);
}

}  // namespace embed
