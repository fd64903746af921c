// Plans and templates as large as they come: bytes into a change, against the bare parsers of
// their formats on the same bytes.
#include <simdjson.h>
#include <yaml.h>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "read/cloudformation/cloudformation.h"
#include "read/json/parse.h"
#include "read/terraform/terraform.h"
#include "rows.h"

namespace sallyport::bench {
namespace {

constexpr std::size_t plan_bytes = 200'000'000;
constexpr std::size_t template_bytes = 5'000'000;

// A plan of many subnets, each with a table, a route and an association, as Terraform prints them:
// most of it is attributes that nobody asks for.
std::string large_plan() {
  const std::string filler(1500, 'x');
  std::string changes, blocks;
  const auto add = [&](const std::string& type, const std::string& name, const std::string& after,
                       const std::string& unknown, const std::string& expressions) {
    const std::string comma = changes.empty() ? "" : ",";
    const std::string address = type + "." + name;
    changes += comma + R"({"address":")" + address + R"(","mode":"managed","type":")" + type + R"(","name":")" + name +
               R"(","provider_name":"hashicorp/aws","change":{"actions":["create"],"before":null,)" + R"("after":{)" +
               after + R"(,"tags_all":{"Name":")" + name + R"(","Description":")" + filler +
               R"("},"timeouts":null},"after_unknown":{"id":true,"arn":true,"owner_id":true)" + unknown +
               R"(},"before_sensitive":false,"after_sensitive":{"tags_all":{}}}})";
    blocks += comma + R"({"address":")" + address + R"(","mode":"managed","type":")" + type + R"(","name":")" + name +
              R"(","provider_config_key":"aws","expressions":{)" + expressions + R"(},"schema_version":1})";
  };
  const auto refers = [](const std::string& to) { return R"({"references":[")" + to + R"(.id",")" + to + R"("]})"; };
  add("aws_vpc", "v", R"("cidr_block":"10.0.0.0/8")", R"(,"default_route_table_id":true)", "");
  for (int i = 0; changes.size() + blocks.size() < plan_bytes; ++i) {
    const std::string n = "n" + std::to_string(i);
    const std::string cidr = fmt::format("10.{}.{}.{}/28", (i >> 12) & 255, (i >> 4) & 255, (i & 15) * 16);
    add("aws_subnet", n, R"("cidr_block":")" + cidr + R"(","availability_zone":"eu-central-1a")", R"(,"vpc_id":true)",
        R"("vpc_id":)" + refers("aws_vpc.v"));
    add("aws_route_table", n, R"("route":[])", R"(,"vpc_id":true)", R"("vpc_id":)" + refers("aws_vpc.v"));
    add("aws_route", n, R"("destination_cidr_block":"0.0.0.0/0","gateway_id":"igw-1")", R"(,"route_table_id":true)",
        R"("gateway_id":{},"route_table_id":)" + refers("aws_route_table." + n));
    add("aws_route_table_association", n, R"("gateway_id":null)", R"(,"route_table_id":true,"subnet_id":true)",
        R"("route_table_id":)" + refers("aws_route_table." + n) + R"(,"subnet_id":)" + refers("aws_subnet." + n));
  }
  return R"({"format_version":"1.2","resource_changes":[)" + changes +
         R"(],"configuration":{"provider_config":{"aws":{"name":"aws","expressions":{"region":{"constant_value":"eu-central-1"}}}},)" +
         R"("root_module":{"resources":[)" + blocks + "]}}}";
}

// A template as people write them: long lists, short tags.
std::string large_template() {
  std::string text = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: 10.0.0.0/8}\n";
  for (int i = 0; text.size() < template_bytes; ++i) {
    text += fmt::format(
        "  Subnet{0}:\n    Type: AWS::EC2::Subnet\n    Properties:\n      VpcId: !Ref Vpc\n"
        "      CidrBlock: 10.{1}.{2}.0/24\n      AvailabilityZone: eu-central-1a\n      Tags:\n"
        "        - Key: Name\n          Value: !Sub '${{AWS::StackName}}-{0}'\n        - Key: Owner\n"
        "          Value: somebody who is responsible for the subnet with the number {0}\n",
        i, (i >> 8) & 255, i & 255);
  }
  return text;
}

// All events of the text. False: it is not YAML.
bool events_of(const std::string& text) {
  yaml_parser_t parser;
  if (yaml_parser_initialize(&parser) == 0) return false;
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  bool whole = true;
  for (bool end = false; whole && !end;) {
    yaml_event_t event;
    whole = yaml_parser_parse(&parser, &event) != 0;
    end = whole && event.type == YAML_STREAM_END_EVENT;
    if (whole) yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return whole;
}

}  // namespace

Row reading_plan() {
  Row row{"plan: 200 MB into a change",
          "MB/s",
          {},
          {},
          {},
          0.2,
          true,
          "rival: simdjson DOM; both parsers reused, the bytes in the buffer of each"};
  const std::string plan = large_plan();
  bool whole = true;
  std::size_t subnets = 0;
  read::json::Parser parser;
  // The program reads a file into the parser's buffer, so no copy is its part.
  std::string buffer;
  const auto fill = [&] { buffer = parser.buffer(plan.size()), buffer = plan; };
  const auto ours = [&] {
    const auto registry = std::make_shared<Registry>();
    const auto tree = parser.parse(std::move(buffer));
    whole = tree.has_value() && whole;
    if (tree) subnets = read::read_terraform(Cloud(registry), *tree).put.subnets.size();
  };
  simdjson::dom::parser dom;
  const simdjson::padded_string padded(plan);
  const auto rival = [&] {
    simdjson::dom::element root;
    whole = dom.parse(padded).get(root) == simdjson::SUCCESS && whole;
  };
  fill(), ours(), rival();  // once for warmth
  const double mega = static_cast<double>(plan.size()) / 1e6;
  std::vector<double> own, other;  // by turns: the machine's speed varies
  for (int n = 0; n < 5; ++n) {
    fill();
    own.push_back(median_seconds(1, ours));
    other.push_back(median_seconds(1, rival));
  }
  std::sort(own.begin(), own.end()), std::sort(other.begin(), other.end());
  row.ours = mega / own[own.size() / 2];
  row.rival = mega / other[other.size() / 2];
  row.ratio = *row.ours / *row.rival;
  row.holds = whole && subnets > 10'000 && *row.ratio >= *row.floor;
  if (!whole) row.note = "it did not parse";
  return row;
}

Row reading_template() {
  Row row{"template: 5 MB of YAML into a tree", "MB/s", {}, {}, {}, 0.5, true, "rival: libyaml's bare events"};
  const std::string text = large_template();
  bool whole = true;
  const auto ours = [&] { whole = read::parse_template(std::string(text), {}).has_value() && whole; };
  const auto rival = [&] { whole = events_of(text) && whole; };
  ours(), rival();
  const double mega = static_cast<double>(text.size()) / 1e6;
  row.ours = mega / median_seconds(5, ours);
  row.rival = mega / median_seconds(5, rival);
  row.ratio = *row.ours / *row.rival;
  row.holds = whole && *row.ratio >= *row.floor;
  if (!whole) row.note = "it did not parse";
  return row;
}

}  // namespace sallyport::bench
