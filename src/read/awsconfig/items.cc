#include "read/awsconfig/items.h"

#include <cstdlib>

#include "read/json/parse.h"
#include "read/json/text.h"

namespace sallyport::read::awsconfig {
namespace {

using json::Kind;
using json::Node;

// The first of two spellings: files and the API differ.
Node either(Node item, const char* first, const char* second) {
  const Node node = item[first];
  return node.absent() ? item[second] : node;
}

std::string account_of(Node node) {
  std::string digits(node.scalar());
  if (node.is(Kind::number) && digits.size() < 12) digits.insert(0, 12 - digits.size(), '0');
  return digits;
}

// JSON, or a text that holds some: the same JSON.
std::string json_of(Node node) {
  if (node.absent()) return {};
  if (node.is(Kind::string)) {
    const std::string_view text = node.text();
    return text == "null" ? std::string() : std::string(text);
  }
  return json::to_text(node);
}

Status status_of(Node item) {
  const std::string_view status = item["configurationItemStatus"].text();
  if (status.starts_with("ResourceDeleted")) return Status::deleted;
  return status == "ResourceNotRecorded" ? Status::not_recorded : Status::recorded;
}

Item item_of(Node node, const Where& where, Origin origin) {
  Item item;
  item.type = node["resourceType"].text();
  item.id = node["resourceId"].text();
  item.name = node["resourceName"].text();
  item.arn = either(node, "arn", "ARN").text();
  item.account = account_of(either(node, "accountId", "awsAccountId"));
  if (item.account.empty()) item.account = where.account;
  const Node region = node["awsRegion"];
  item.region = region.text().empty() ? where.region : std::string(region.text());
  item.of_all_regions = item.region == "global";
  if (item.of_all_regions) item.region.clear();
  item.status = status_of(node);
  item.captured = seconds_of(node["configurationItemCaptureTime"]);
  item.configuration = json_of(node["configuration"]);
  item.supplementary = json_of(node["supplementaryConfiguration"]);
  item.tags = json_of(node["tags"]);
  item.file = where.file;
  item.origin = origin;
  return item;
}

// What a select asked for: `configuration`, `configuration.routes`, `configuration.state.name`.
std::set<std::string> asked(Node root, bool& all) {
  std::set<std::string> whole;
  all = false;
  for (const Node field : root["QueryInfo"]["SelectFields"].items()) {
    constexpr std::string_view prefix = "configuration.";
    const std::string_view name = field["Name"].text();
    all = all || name == "configuration";
    if (!name.starts_with(prefix)) continue;
    const std::string_view member = name.substr(prefix.size());
    if (member.find('.') == std::string_view::npos) whole.emplace(member);
    // One state, and no list of which parts could be left out.
    if (member == "state.name" || member == "state.value" || member == "state.code") whole.emplace("state");
  }
  return whole;
}

class Collector {
 public:
  Collector(const Where& where, std::vector<NoItem>& none, Diagnostics& diagnostics)
      : where_(where), none_(none), diagnostics_(diagnostics) {}

  std::vector<Item> items;

  void add_list(Node list) {
    for (const Node node : list.items()) add(item_of(node, where_, node.origin()), node);
  }

  void add_results(Node root) {
    bool all = false;
    const std::set<std::string> whole = asked(root, all);
    for (const Node result : root["Results"].items()) {
      const auto tree = json::parse(std::string(result.text()));
      Item item = tree ? item_of(tree->root(), where_, result.origin()) : Item();
      item.in_part = !all;
      item.whole = whole;
      add(std::move(item), result);
    }
  }

 private:
  void add(Item item, Node node) {
    const bool placed = !item.region.empty() || item.of_all_regions;
    if (!item.type.empty() && !item.id.empty() && placed) return items.push_back(std::move(item));
    none_.push_back({item.type, node.origin()});
    diagnostics_.push_back({Severity::warning, "not-an-item",
                            "`" + where_.file + "` holds " + json::with_article(node.kind()) +
                                " that is no configuration item: it lacks `resourceType`, `resourceId` or `awsRegion`",
                            node.origin()});
  }

  const Where& where_;
  std::vector<NoItem>& none_;
  Diagnostics& diagnostics_;
};

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// Days from 1970-01-01 in the Gregorian calendar.
long days_from_civil(long year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const long era = year / 400;
  const long of_era = year - era * 400;
  const long of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

}  // namespace

bool is_config(Node root) {
  if (root["configurationItems"].is(Kind::array) || root["baseConfigurationItems"].is(Kind::array)) return true;
  if (root["ConfigurationRecorders"].is(Kind::array)) return true;
  const Node results = root["Results"];
  return results.is(Kind::array) && (root["QueryInfo"] || results.at(0).text().starts_with('{'));
}

std::vector<Item> items_of(Node root, const Where& where, std::vector<NoItem>& none, Diagnostics& diagnostics) {
  Collector collector(where, none, diagnostics);
  collector.add_list(root["configurationItems"]);
  collector.add_list(root["baseConfigurationItems"]);
  if (root["Results"]) collector.add_results(root);
  return std::move(collector.items);
}

double seconds_of(Node time) {
  if (const auto number = time.number()) return *number > 0 ? *number : 0;
  const std::string_view text = time.text();
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || hour < 0 || minute < 0 || second < 0) return 0;
  double seconds = static_cast<double>(days_from_civil(year, month, day)) * 86400 + hour * 3600 + minute * 60 + second;
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    double part = 0.1;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, part /= 10)
      seconds += (text[at] - '0') * part;
  }
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
    const int hours = digits(text, at + 1, 2);
    const int minutes = digits(text, at + (text.substr(at).size() > 5 ? 4 : 3), 2);
    if (hours >= 0) seconds -= (text[at] == '+' ? 1 : -1) * (hours * 3600 + (minutes > 0 ? minutes : 0) * 60);
  }
  return seconds > 0 ? seconds : 0;
}

}  // namespace sallyport::read::awsconfig
